import type { Engine, Table } from '../engine/index.js';
import { type BannedService, banSource, daysOfBans } from './ban-source.js';
import { allOf, inPeriod, literal } from './sql-text.js';
import type { Statistic } from './statistic.js';
import { statisticById } from './statistics.js';

/** A statistic's answer, with what a reader has to know to judge it. */
export interface StatisticResult {
  readonly statistic: Statistic;
  /** The text that ran. */
  readonly sql: string;
  readonly table: Table;
  /** First and last date that the input covers within the site's period; null when it covers none. */
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Date of the newest country data behind the table; null when it uses none. */
  readonly countryAsOf: string | null;
  /** Where the bans were seen: mail, log or syslog; null when there are none, or when it counts no bans. */
  readonly banSource: string | null;
}

/** Runs one statistic over the engine's frames. @throws UserError for an unknown id or a failed query */
export async function runStatistic(engine: Engine, which: string | Statistic): Promise<StatisticResult> {
  const statistic = typeof which === 'string' ? statisticById(which) : which;
  const sql = statistic.sql(engine.site);
  const table = await engine.query(sql);
  const { service, kind } = statistic;
  const dates = service
    ? daysOfBans(service, engine.site)
    : [`kind = ${literal(kind)}`, ...inPeriod(engine.site, 'date', 'date')];
  const covered = await engine.query(
    `SELECT min(date) AS low, max(date) AS high FROM days WHERE ${allOf(dates)}`,
  );
  const { low, high } = covered.rows[0] ?? {};
  return {
    statistic,
    sql,
    table,
    period: typeof low === 'string' && typeof high === 'string' ? { from: low, to: high } : null,
    countryAsOf: /\bcountry\b/.test(sql) ? await countryAsOf(engine) : null,
    banSource: service ? await sourceOf(engine, service) : null,
  };
}

async function sourceOf(engine: Engine, service: BannedService): Promise<string | null> {
  const { rows } = await engine.query(`SELECT ${banSource(service, engine.site)} AS via`);
  return typeof rows[0]?.via === 'string' ? rows[0].via : null;
}

async function countryAsOf(engine: Engine): Promise<string | null> {
  const { rows } = await engine.query('SELECT max(country_as_of) AS day FROM addresses');
  return typeof rows[0]?.day === 'string' ? rows[0].day : null;
}
