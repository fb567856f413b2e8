import type { Engine } from '../engine/index.js';
import type { JailWatcher } from './jail.js';
import { type BanAt, type CheckedVia, matchBans, tolerance } from './match-bans.js';
import { allFailures } from './ordered-failures.js';
import { type Failures, type Keys, newKeys } from './read-failures.js';
import { replayWatch, rowsFor } from './replay-watch.js';
import { ofWatch, secondsOf, type Watch, watchesOf } from './watches.js';

/** What the replay of one jail says beside what really happened. */
export interface Check {
  readonly watch: Watch;
  readonly predicted: readonly BanAt[];
  /** By where the real bans stand: mails, fail2ban's log, both together. */
  readonly vias: readonly CheckedVia[];
  /** What the replay says if the jail counts by the other filter. */
  readonly otherFilter: {
    readonly filter: Watch['filter'];
    readonly predicted: readonly BanAt[];
    readonly vias: readonly CheckedVia[];
  };
  /** Long spans without a line of the service. */
  readonly silences: readonly { readonly from: number; readonly to: number }[];
  /** Rows of the address of a miss that the jail counted within a findtime before it. */
  rowsBefore(ban: BanAt): { readonly source: string; readonly line: number; readonly count: number }[];
}

const both = ['mail', 'log'] as const;

/**
 * Replays each jail with the site's own settings and holds the bans against those of mails and of fail2ban's log.
 * @param jail null checks all
 */
export async function check(
  engine: Engine,
  folder: string,
  jail: string | null,
  random: () => number,
): Promise<Check[]> {
  const keys = newKeys();
  const rows = allFailures(folder, keys, null);
  const checks: Check[] = [];
  for (const watch of await watchesOf(engine, jail))
    checks.push(await checkOne(engine, watch, rows, keys, random));
  return checks;
}

async function checkOne(
  engine: Engine,
  watch: Watch,
  rows: Failures,
  keys: Keys,
  random: () => number,
): Promise<Check> {
  const bansBy = (filter: Watch['filter']): BanAt[] => {
    const bans: BanAt[] = [];
    const textOf = (address: number) => keys.addresses.textOf(address);
    const watcher: JailWatcher = {
      ban: (_, { address }, time) => bans.push({ address: textOf(address), time }),
    };
    replayWatch({ ...watch, filter }, keys, watcher, random)(rows);
    return bans;
  };
  const real = await realBans(engine, watch);
  const predicted = bansBy(watch.filter);
  const viasOf = (bans: readonly BanAt[]) =>
    both
      .map((via) => ({ via, known: real.filter((ban) => ban.via === via) }))
      .filter(({ known }) => known.length > 0)
      .map(({ via, known }) => matchBans(via, bans, known));
  const filter = watch.filter === 'fail2ban' ? 'passwords' : 'fail2ban';
  const other = bansBy(filter);
  return {
    ...{ watch, predicted, vias: viasOf(predicted), silences: silencesOf(watch, rows, keys) },
    otherFilter: { filter, predicted: other, vias: viasOf(other) },
    rowsBefore: (ban) => rowsBefore(ban, watch, rows, keys),
  };
}

async function realBans(
  engine: Engine,
  { jails, host }: Watch,
): Promise<(BanAt & { via: 'mail' | 'log' })[]> {
  const { rows } = await engine.query(
    `SELECT address, time, via, source, line FROM bans WHERE event = 'ban' AND address IS NOT NULL AND ${ofWatch(jails, host)} ORDER BY time, source, line`,
  );
  return rows.map(({ address, time, via, source, line }) => ({
    address: String(address),
    time: secondsOf(time),
    via: via === 'mail' ? 'mail' : 'log',
    source: String(source),
    line: Number(line),
  }));
}

function rowsBefore({ address, time }: BanAt, watch: Watch, rows: Failures, keys: Keys) {
  const id = keys.addresses.of(address);
  const select = rowsFor(watch, keys);
  const found: { source: string; line: number; count: number }[] = [];
  for (let at = 0; at < rows.length; at++) {
    const when = rows.time[at] ?? 0;
    if (
      rows.address[at] !== id ||
      when < time - watch.settings.findtime - tolerance ||
      when > time + tolerance
    )
      continue;
    if (select.isOf(rows, at) && select.failuresAt(rows, at) > 0)
      found.push({ source: keys.sources[rows.source[at] ?? 0] ?? '', line: rows.line[at] ?? 0, count: 1 });
  }
  return found;
}

/** Silence that is longer than this is a gap of the log: seconds, and so many times the usual distance of lines. */
const longSilence = { seconds: 6 * 3600, times: 20 };

function silencesOf(watch: Watch, rows: Failures, keys: Keys): { from: number; to: number }[] {
  const select = rowsFor(watch, keys);
  const gaps: { from: number; to: number }[] = [];
  let before: number | null = null;
  let [first, lines] = [0, 0];
  for (let at = 0; at < rows.length; at++) {
    if (!select.isOf(rows, at)) continue;
    const time = rows.time[at] ?? 0;
    if (before === null) first = time;
    else if (time - before > longSilence.seconds) gaps.push({ from: before, to: time });
    before = Math.max(before ?? 0, time);
    lines += 1;
  }
  const usual = ((before ?? 0) - first) / Math.max(1, lines);
  return gaps.filter(({ from, to }) => to - from > longSilence.times * usual);
}
