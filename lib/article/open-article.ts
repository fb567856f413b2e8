import type { DataFrame } from 'danfojs-node';
import type { Comparison } from '../compare.js';
import type { Locale } from '../figures/figure.js';
import { escapeHtml } from '../figures/html.js';
import { type FigureContext, figuresOf } from '../figures/index.js';
import { show, showHtml, showTable } from '../figures/show.js';
import type { Finding } from '../schema.js';
import type { StatisticResult } from '../stats/index.js';
import { comparisonTable } from './comparison-table.js';
import { headSentences, texts, titleOf } from './texts.js';
import { lookupOf, sectionOf, writeSection } from './write-section.js';

/** Open frames: a Book is one. */
export interface ArticleSource extends FigureContext {
  readonly period: { readonly first: string; readonly last: string } | null;
  allFindings(): Finding[];
  statistic(id: string): Promise<StatisticResult>;
  query(sql: string): Promise<DataFrame>;
  comparison(): Promise<Comparison | null>;
}

export interface Article {
  /** Title, period, and what kind of data it is. */
  showHead(): void;
  /** Heading, sentences and charts of a section. */
  show(id: string): Promise<void>;
  /** The main numbers beside those of an earlier year, where there are frames of one. */
  showComparison(): Promise<void>;
  /** What became of every line of the input. */
  showCoverage(): Promise<void>;
}

const coverage = `SELECT kind, class, sum(c.records) AS records, sum(c.lines) AS lines
FROM coverage c JOIN sources s ON s.id = c.source GROUP BY kind, class ORDER BY kind, class`;

/** Prose of the article, marked so that the build can hold every paragraph against the findings. */
const paragraph = (text: string): string => `<p class="banbook-prose banbook-claim">${escapeHtml(text)}</p>`;

function showParts(heading: string, sentences: readonly string[], level: 'h1' | 'h2'): void {
  const html = [`<${level}>${escapeHtml(heading)}</${level}>`, ...sentences.map(paragraph)].join('\n');
  showHtml(html, [heading, ...sentences].join('\n\n'));
}

/** The article of some frames in one language. */
export function openArticle(source: ArticleSource, locale: Locale): Article {
  const { site, synthetic, period } = source;
  const find = lookupOf({ site, synthetic, period, findings: source.allFindings() });
  return {
    showHead() {
      showParts(titleOf(locale, find), headSentences(synthetic, locale, find), 'h1');
    },
    async show(id) {
      const section = sectionOf(id);
      showParts(section.title[locale], writeSection(section, locale, find), 'h2');
      for (const statistic of section.statistics)
        for (const figure of figuresOf(await source.statistic(statistic), { ...source, locale }))
          show(figure);
    },
    async showComparison() {
      const comparison = await source.comparison();
      if (comparison === null) return;
      showParts(texts.before[locale], [texts.changes[locale]], 'h2');
      const { table, caption, cautions } = comparisonTable(comparison, locale);
      showTable(table, { caption, locale });
      if (cautions !== '') showHtml(`<p class="banbook-note">${escapeHtml(cautions)}</p>`, cautions);
    },
    async showCoverage() {
      showParts(texts.coverage[locale], [texts.classes[locale]], 'h2');
      showTable(await source.query(coverage), { caption: texts.caption[locale], locale });
      const unread = await source.query('SELECT path, note FROM sources WHERE note IS NOT NULL');
      if ((unread.shape[0] ?? 0) > 0) showTable(unread, { caption: texts.unread[locale], locale });
    },
  };
}
