import type { Table } from '../engine/index.js';
import type { Column, Finding, FrameName } from '../schema.js';
import type { Site } from '../site.js';
import type { BannedService } from './ban-source.js';

/** The same text for each language of the article. */
export interface Text {
  readonly en: string;
  readonly ja: string;
}

export interface StatisticColumn {
  readonly type: Column['type'];
  readonly unit?: string;
  readonly meaning: string;
}

/** One statistic of the article: what is asked, how it is defined, the SQL that answers, and the way back to the lines. */
export interface Statistic {
  readonly id: string;
  readonly title: Text;
  readonly question: Text;
  /** One sentence. */
  readonly definition: Text;
  /** Input that has to cover a date for the statistic to say anything about it; of bans, where mails report any. */
  readonly kind: 'log' | 'mail';
  /** Whose bans it counts. */
  readonly service?: BannedService;
  /** The counted frame first. */
  readonly frames: readonly FrameName[];
  /** Columns of the table, in order. */
  readonly columns: Readonly<Record<string, StatisticColumn>>;
  /** SQL that DuckDB and Trino both run, with the site's period and home filled in. */
  sql(site: Site): string;
  /**
   * SQL for the rows (source, line, count) that one row of the table counts.
   * @param key the row's key as the CSV of the table prints it: the first column, or where that is a rank the second
   * @throws UserError when no row can have that key
   */
  traceSql(site: Site, key: string): string;
  /** SQL of what each condition leaves of the counted frame; see exclusionsSql. */
  exclusions?(site: Site): string;
  /** The numbers that the article's text quotes, the total first; null where the table cannot say. */
  findings(table: Table, site: Site): Finding[];
}
