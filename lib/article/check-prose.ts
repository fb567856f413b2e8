import { UserError } from '../errors.js';
import type { Locale } from '../figures/figure.js';
import { escapeHtml } from '../figures/html.js';
import type { Material } from './facts.js';
import { sections } from './sections.js';
import { headSentences, texts } from './texts.js';
import { lookupOf, writeSection } from './write-section.js';

/**
 * Holds the paragraphs of an article's page against the findings: each has to be a sentence that they give.
 * @throws UserError that quotes the paragraphs that they do not give, such as one with a changed digit
 */
export function checkProse(html: string, material: Material, locale: Locale): void {
  const find = lookupOf(material);
  const given = new Set(
    [
      ...headSentences(material.synthetic, locale, find),
      texts.changes[locale],
      texts.classes[locale],
      ...sections.flatMap((section) => writeSection(section, locale, find)),
    ].map(escapeHtml),
  );
  const said = [...html.matchAll(/<p class="banbook-prose banbook-claim">([\s\S]*?)<\/p>/g)].map(
    ([, text = '']) => text,
  );
  if (said.length === 0) throw new UserError('the article has no sentence');
  const wrong = said.filter((text) => !given.has(text));
  if (wrong.length > 0)
    throw new UserError(`the article says what the findings do not:\n${wrong.join('\n')}`);
}
