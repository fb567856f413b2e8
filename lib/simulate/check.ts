import type { Engine } from '../engine/index.js';
import { type FailureLog, failureLog } from './failure-log.js';
import type { JailWatcher } from './jail.js';
import { type BanAt, type CheckedVia, matchBans, tolerance } from './match-bans.js';
import type { Failures } from './read-failures.js';
import { replayWatch, rowsFor } from './replay-watch.js';
import { ofWatch, secondsOf, type Watch, type Which, watchesOf } from './watches.js';

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
  /** Time of the first line of the service. */
  readonly begin: number;
  /** Long spans without a line of the service. */
  readonly silences: readonly { readonly from: number; readonly to: number }[];
  /** Rows of the address of a miss, one of those in `vias`, that the jail counted within a findtime before it. */
  rowsBefore(ban: BanAt): readonly CountedRow[];
}

/** Where a row stands that a jail counted. */
export interface CountedRow {
  readonly source: string;
  readonly line: number;
  readonly count: number;
}

const both = ['mail', 'log'] as const;

/**
 * Replays each jail with the site's own settings and holds the bans against those of mails and of fail2ban's log.
 * @throws UserError when there is nothing to check
 */
export async function check(
  engine: Engine,
  folder: string,
  which: Which,
  random: () => number,
): Promise<Check[]> {
  const failures = failureLog(folder, null);
  const checks: Check[] = [];
  for (const watch of await watchesOf(engine, which))
    checks.push(await checkOne(engine, watch, failures, random));
  return checks;
}

async function checkOne(
  engine: Engine,
  watch: Watch,
  failures: FailureLog,
  random: () => number,
): Promise<Check> {
  const { keys } = failures;
  const replayed = (filter: Watch['filter']) => {
    const bans: BanAt[] = [];
    const watcher: JailWatcher = {
      ban: (_, { address }, time) => bans.push({ address: keys.addresses.textOf(address), time }),
    };
    return { bans, play: replayWatch({ ...watch, filter }, keys, watcher, random) };
  };
  const filter = watch.filter === 'fail2ban' ? 'passwords' : 'fail2ban';
  const [own, other, silences] = [replayed(watch.filter), replayed(filter), silencesOf(watch, failures)];
  failures.walk((rows, at) => {
    own.play(rows, at);
    other.play(rows, at);
    silences.see(rows, at);
  });
  const real = await realBans(engine, watch);
  const viasOf = (bans: readonly BanAt[]) =>
    both
      .map((via) => ({ via, known: real.filter((ban) => ban.via === via) }))
      .filter(({ known }) => known.length > 0)
      .map(({ via, known }) => matchBans(via, bans, known));
  const vias = viasOf(own.bans);
  const misses = vias.flatMap(({ notPredicted, notReal }) => [...notPredicted, ...notReal]);
  const rowsOf = rowsBefore(misses, watch, failures);
  return {
    ...{ watch, predicted: own.bans, vias, begin: silences.begin(), silences: silences.found() },
    otherFilter: { filter, predicted: other.bans, vias: viasOf(other.bans) },
    rowsBefore: (ban) => rowsOf.get(ban) ?? [],
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

/** The rows before each of some bans, all found in one walk. */
function rowsBefore(bans: readonly BanAt[], watch: Watch, { keys, walk }: FailureLog) {
  const found = new Map(bans.map((ban) => [ban, [] as CountedRow[]]));
  const byAddress = new Map<number, BanAt[]>();
  for (const ban of bans) {
    const id = keys.addresses.of(ban.address);
    byAddress.set(id, [...(byAddress.get(id) ?? []), ban]);
  }
  const select = rowsFor(watch, keys);
  walk((rows, at) => {
    const mine = byAddress.get(rows.address[at] ?? 0);
    if (!mine || !select.isOf(rows, at) || select.failuresAt(rows, at) === 0) return;
    const when = rows.time[at] ?? 0;
    for (const ban of mine) {
      if (when < ban.time - watch.settings.findtime - tolerance || when > ban.time + tolerance) continue;
      const source = keys.sources[rows.source[at] ?? 0] ?? '';
      found.get(ban)?.push({ source, line: rows.line[at] ?? 0, count: 1 });
    }
  });
  return found;
}

/** Silence that is longer than this is a gap of the log: seconds, and so many times the usual distance of lines. */
const longSilence = { seconds: 6 * 3600, times: 20 };

function silencesOf(watch: Watch, { keys }: FailureLog) {
  const select = rowsFor(watch, keys);
  const gaps: { from: number; to: number }[] = [];
  let before: number | null = null;
  let [first, lines] = [0, 0];
  return {
    see: (rows: Failures, at: number): void => {
      if (!select.isOf(rows, at)) return;
      const time = rows.time[at] ?? 0;
      if (before === null) first = time;
      else if (time - before > longSilence.seconds) gaps.push({ from: before, to: time });
      before = Math.max(before ?? 0, time);
      lines += 1;
    },
    begin: () => first,
    found: () => {
      const usual = ((before ?? 0) - first) / Math.max(1, lines);
      return gaps.filter(({ from, to }) => to - from > longSilence.times * usual);
    },
  };
}
