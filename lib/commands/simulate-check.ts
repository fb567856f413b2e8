import type { Engine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { locate } from '../explain.js';
import { cut, escapeControls } from '../printable.js';
import {
  type BanAt,
  type Check,
  type CheckedVia,
  check,
  middle,
  type Which,
  whyNotPredicted,
  whyNotReal,
} from '../simulate/index.js';
import { isoUtc } from '../zone.js';

/** A ban that one side alone has. */
interface Miss {
  readonly ban: BanAt;
  readonly says: string;
  readonly why: string | null;
  readonly rows: readonly { readonly source: string; readonly line: number; readonly count: number }[];
}

/** Prints how the replay of each jail compares. @returns 1 when a miss has no explanation, else 0 */
export async function printCheck(engine: Engine, frames: string, which: Which): Promise<number> {
  let unexplained = 0;
  for (const one of await check(engine, frames, which, middle)) {
    const { watch, predicted } = one;
    const { maxretry, findtime, bantime } = watch.settings;
    const of = watch.host === '' ? '' : ` of ${escapeControls(watch.host)}`;
    say(
      `${watch.jails.join(', ')}${of}: ${maxretry} failures (${watch.filter === 'fail2ban' ? 'as fail2ban’s filter counts them' : 'failed passwords'}) within ${findtime} s ban for ${bantime === -1 ? 'ever' : `${bantime} s`}; ${predicted.length} bans in the replay, ${watch.restarts.length} restarts`,
    );
    if (one.vias.length === 0) say('  no real ban to hold them against');
    for (const [index, via] of one.vias.entries()) {
      const other = one.otherFilter.vias[index];
      say(`  ${summary(via)}`);
      if (other && other.matched > via.matched)
        say(
          `  with "filter": "${one.otherFilter.filter}" in site.json, ${other.matched} of ${other.real} (recall ${percent(other.recall)}), precision ${percent(other.precision)}: this jail seems to count so`,
        );
      const misses = missesOf(via, one);
      unexplained += misses.filter(({ why }) => why === null).length;
      await printMisses(misses, frames);
    }
  }
  if (unexplained > 0) say(`${unexplained} misses without an explanation`);
  return unexplained === 0 ? 0 : 1;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

function summary({ via, real, matched, precision, recall, differences }: CheckedVia): string {
  const witness = via === 'mail' ? 'ban mails' : "fail2ban's log";
  const at = (part: number) =>
    differences[Math.min(differences.length - 1, Math.floor(part * differences.length))];
  const times =
    differences.length === 0
      ? ''
      : `; real bans ${at(0)} to ${at(1)} s after, half of them within ${at(0.25)} to ${at(0.75)} s`;
  return `${witness}: ${matched} of ${real} bans in the replay (recall ${percent(recall)}), precision ${percent(precision)}${times}`;
}

function missesOf(via: CheckedVia, one: Check): Miss[] {
  const real = via.notPredicted.map((ban) => ({
    ban,
    says: 'not in the replay',
    why: whyNotPredicted(ban, via, one),
    rows: [...lineOf(ban), ...one.rowsBefore(ban)],
  }));
  const replayed = via.notReal.map((ban) => ({
    ban,
    says: via.via === 'mail' ? 'no mail of it' : "not in fail2ban's log",
    why: whyNotReal(ban, via, one),
    rows: one.rowsBefore(ban),
  }));
  return [...real, ...replayed].sort((a, b) => a.ban.time - b.ban.time);
}

const lineOf = ({ source, line }: BanAt) =>
  source === undefined || line === undefined ? [] : [{ source, line, count: 1 }];

async function printMisses(misses: readonly Miss[], frames: string): Promise<void> {
  const texts = await textsOf(
    misses.flatMap(({ rows }) => rows),
    frames,
  );
  for (const { ban, says, why, rows } of misses) {
    say(`    ${isoUtc(1000 * ban.time)} ${ban.address} ${says}: ${why ?? 'no explanation is known'}`);
    for (const { source, line } of rows)
      say(`      ${texts.get(`${source} ${line}`) ?? `${source}:${line}`}`);
  }
}

/** The raw lines by source and line; none where the sources are gone. */
async function textsOf(rows: Miss['rows'], frames: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  try {
    for (const source of new Set(rows.map((row) => row.source)))
      for await (const { path, line, text, count } of locate(
        frames,
        rows.filter((row) => row.source === source),
      ))
        if (count !== null)
          texts.set(`${source} ${line}`, `${path}:${line}: ${cut(escapeControls(text), 200)}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  return texts;
}
