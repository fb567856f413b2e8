import type { RiskAnswer } from '../risk-provider.js';
import { type Caller, part } from './caller.js';
import { bulks, type Categorization, categorizationsOf, type MaybeCategorization } from './categorization.js';
import { type NamedScore, namedScores, type Volume, volumeOf } from './domain-lists.js';
import { NoAnswer } from './no-answer.js';
import { riskScoreOf } from './risk-score.js';

/** A span of time, UTC milliseconds. */
export interface Span {
  readonly start: number;
  readonly stop?: number;
}

export interface SearchOptions {
  /** UTC milliseconds, at most 30 days ago. */
  readonly start: number;
  readonly limit?: number;
  readonly offset?: number;
  readonly includeCategory?: boolean;
  readonly type?: string;
}

/** What the API tells of domains. */
export function domainMethods({ version, ask, object, list, only }: Caller) {
  const json = version === 'legacy' ? '.json' : '';
  return {
    /** Risk score of a domain and its indicators. */
    riskScore: async (domain: string): Promise<RiskAnswer | null> => {
      const value = await ask(`domains/risk-score/${part(domain)}`);
      return value === null ? null : riskScoreOf(value);
    },
    /** Status and categories. @param labels names of the categories in place of their ids */
    categorization: async (domain: string, labels = true): Promise<Categorization | null> => {
      const value = await ask(`domains/categorization/${part(domain)}`, showLabels(labels));
      return value === null ? null : (categorizationsOf(value).get(domain) ?? null);
    },
    /** The same of many domains, in as few requests as the API allows; one that fails takes no other with it. */
    categorizations: async (domains: readonly string[], labels = true): Promise<MaybeCategorization[]> => {
      const found = new Map<string, MaybeCategorization>();
      for (const names of bulks([...new Set(domains)]))
        try {
          const value = await ask('domains/categorization', showLabels(labels), names);
          for (const [name, answer] of categorizationsOf(value ?? {})) found.set(name, answer);
        } catch (error) {
          if (!(error instanceof NoAnswer)) throw error;
          for (const name of names) found.set(name, error);
        }
      return domains.map((domain) => found.get(domain) ?? null);
    },
    /** Domains that the same users ask for within a short time. */
    cooccurrences: async (domain: string): Promise<readonly NamedScore[] | null> =>
      namedScores(await ask(`recommendations/name/${part(domain)}.json`), 'pfs2'),
    /** Domains that are often asked for together with it. */
    related: async (domain: string): Promise<readonly NamedScore[] | null> =>
      namedScores(await ask(`links/name/${part(domain)}${json}`), 'tb1'),
    /** Features of a domain: its rank, its letters, its networks. */
    security: (domain: string) => object(`security/name/${part(domain)}${json}`),
    /** Queries for a domain by hour. */
    domainVolume: async (
      domain: string,
      span: Span,
      match: 'exact' | 'component' | 'all' = 'all',
    ): Promise<Volume | null> => volumeOf(await ask(`domains/volume/${part(domain)}`, { ...span, match })),
    /** Domains that were first seen lately and match a regular expression. */
    search: (expression: string, options: SearchOptions) => object(`search/${part(expression)}`, options),
    /** When a domain, an address or a URL was tagged as what. */
    timeline: (name: string) => list(`timeline/${part(name)}`),
    subdomains: (domain: string) => {
      only('v2', 'subdomains', 'it has come with the current one');
      return list(`subdomains/${part(domain)}`);
    },
    topMillion: (limit?: number) => {
      only('v2', 'topMillion', 'it has come with the current one');
      return list('topmillion', { limit });
    },
  };
}

const showLabels = (labels: boolean) => (labels ? { showLabels: true } : {});
