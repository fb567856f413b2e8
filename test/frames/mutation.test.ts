import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Random, random } from '../../lib/forge/random.js';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { rejectReasons } from '../../lib/schema.js';
import { defaultSite } from '../../lib/site.js';
import { fixtureCases } from '../fixtures.js';
import { scratch } from '../scratch.js';

/**
 * A wording that changes by one word, as the next release of a daemon may have it, is seen: its line becomes unknown,
 * or it stays what it was and the changed word stands in a column that quotes the line. It never becomes a row of
 * another kind, loses its address or touches another line.
 */
const site = { ...defaultSite, zone: 'Asia/Tokyo' };
const options = { year: 2018, threads: 1, onProgress: () => {} };
const mutantsPerLine = 2;

/** A fixture with one word of one line changed; line 0 is the fixture as it is. */
interface Mutant {
  readonly line: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

type Cells = Readonly<Record<string, unknown>>;

/** What an import says of one file. */
interface Reading {
  /** Its row of sources, without what names the file. */
  readonly source: Cells;
  /** Rows of the frames by line. */
  readonly rows: ReadonlyMap<number, readonly Cells[]>;
  /** Lines by class and template. */
  readonly coverage: ReadonlyMap<string, number>;
}

// ── mutants ─────────────────────────────────────────────────────────────────────────────────────────────────

/** A word of letters alone; a hexadecimal one may be part of an address or a queue id. */
const word = /(?<![\w.])(?![\da-f]+(?!\w))[a-z]{3,}(?![\w])/gi;

/** What stands before the words: stamp, program, what syslogd or a relay says, and the module of PAM, which names the service. */
const beginning =
  /^.{16,}?: (?:sshd\[\d+\]: )?(?:message repeated \d+ times: \[ )?(?:\(?pam_\w+\)?(?:\([^)]*\))?(?:\[\d+\])?:? )?/;

/** Other letters in the place of a word's, each in its case. */
function otherWord(text: string, dice: Random): string {
  const shift = dice.int(1, 25);
  const shifted = (letter: string) => {
    const a = letter < 'a' ? 65 : 97;
    return String.fromCharCode(a + ((letter.charCodeAt(0) - a + shift) % 26));
  };
  return [...text].map(shifted).join('');
}

function mutantsOf(text: string, dice: Random): Mutant[] {
  const lines = text.split('\n');
  const mutants: Mutant[] = [{ line: 0, from: '', to: '', text }];
  for (const [i, line] of lines.entries()) {
    // A line that is repeated stands and falls with its repetition.
    if (lines[i + 1]?.includes('last message repeated')) continue;
    const start = beginning.exec(line)?.[0].length ?? line.length;
    const words = [...line.matchAll(word)].filter(({ index }) => index >= start);
    for (let n = 0; n < mutantsPerLine && words.length > 0; n++) {
      const [found] = words.splice(dice.int(0, words.length - 1), 1);
      if (!found) break;
      const [from] = found;
      const to = otherWord(from, dice);
      const changed = line.slice(0, found.index) + to + line.slice(found.index + from.length);
      mutants.push({ line: i + 1, from, to, text: lines.with(i, changed).join('\n') });
    }
  }
  return mutants;
}

// ── imports ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Map.groupBy, which Node 20 is without. */
function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Imports all mutants at once, each as a source of its own. */
async function readingsOf(t: TestContext, mutants: readonly Mutant[]): Promise<Reading[]> {
  const name = (i: number) => join(`m${i}`, 'mutant.log');
  const folder = scratch(t, Object.fromEntries(mutants.map(({ text }, i) => [name(i), text])));
  const out = join(scratch(t), 'frames');
  await makeFrames([folder], out, site, options);
  const rows: ({ source: string; line: number } & Cells)[] = [];
  for (const frame of ['auth', 'bans', 'rejects'] as const)
    for (const row of await readFrame(out, frame)) rows.push({ frame, ...row });
  const rowsOf = groupBy(rows, ({ source }) => source);
  const coverageOf = groupBy(await readFrame(out, 'coverage'), ({ source }) => source);
  const sources = new Map((await readFrame(out, 'sources')).map((row) => [row.path.split('/').at(-2), row]));
  return mutants.map((_, i) => {
    const source = sources.get(`m${i}`);
    assert.ok(source, `mutant ${i} is no source`);
    const coverage = new Map<string, number>();
    for (const { class: kind, template, lines } of coverageOf.get(source.id) ?? [])
      coverage.set(`${kind} ${template}`, (coverage.get(`${kind} ${template}`) ?? 0) + lines);
    const own = (rowsOf.get(source.id) ?? []).map((row) => ({ ...row, source: 'the mutant' }));
    return {
      source: { ...source, id: null, path: null, sha256: null },
      rows: groupBy(own, ({ line }) => line),
      coverage,
    };
  });
}

// ── what may change ─────────────────────────────────────────────────────────────────────────────────────────

/** Columns that quote the line. */
const quoting = ['account', 'method', 'name', 'helo', 'stage', 'action', 'list', 'jail'];

/** Columns that follow from a column that quotes the line, and say no more where that is not known. */
const following: Readonly<Record<string, readonly unknown[]>> = {
  account_exists: [null],
  service: [null, 'other'],
};

/**
 * What the words of a reply tell beside the refusal. A server's administrator may put it in any words, by which the
 * reason is told, and by the reason the list. A tail that is not known has no helo and no status.
 */
const ofReply: Readonly<Record<string, readonly unknown[]>> = {
  reason: rejectReasons,
  list: [null],
  helo: [null],
  status: [null],
};

/** Patterns that take over from a narrower one. What they say is true of the line as well, and coverage names them. */
const wider = new Map([
  // The library's words for a failure, of which any stands behind the colon.
  ['event postfix.sasl_mechanism', 'event postfix.sasl_failed'],
  ['noise postfix.sasl_server', 'event postfix.sasl_failed'],
  ['event dovecot.auth_unknown_user', 'event dovecot.auth_failure|event dovecot.auth_password'],
  // How a connection ended, in any words, before or behind the cause.
  ['event dovecot.login_timeout', 'event dovecot.login_closed|event dovecot.login_unfinished'],
  ['event dovecot.login_tls', 'event dovecot.login_no_attempt'],
  // A failure that is logged with its password is one in any words.
  ['event dovecot.auth_failure', 'event dovecot.auth_password'],
]);

/** Columns that another line of the connection may fill. */
const joins = ['account', 'address', 'joined_line'];

const changed = (was: Cells, is: Cells): string[] =>
  Object.keys({ ...was, ...is }).filter((column) => was[column] !== is[column]);

/** What is wrong with the row of the changed line. */
function rowFaults(was: Cells, is: Cells, { to }: Mutant, unclear: boolean): string[] {
  const columns = changed(was, is);
  const isQuote = (column: string) => quoting.includes(column) && `${is[column]}`.includes(to);
  const quoted = columns.some(isQuote);
  // What such a line no longer says, another of its connection may.
  const joined = unclear && is.joined_line !== null;
  return columns
    .filter(
      (column) =>
        !isQuote(column) &&
        !(quoted && following[column]?.includes(is[column])) &&
        !(is.frame === 'rejects' && ofReply[column]?.includes(is[column])) &&
        !(unclear && is[column] === null) &&
        !(joined && joins.includes(column)),
    )
    .map((column) => `${column} was ${was[column]}, is ${is[column]}`);
}

/** What is wrong with the changed line. */
function lineFaults(was: Reading, is: Reading, mutant: Mutant): string[] {
  const keys = [...new Set([...was.coverage.keys(), ...is.coverage.keys()])];
  const more = (key: string) => (is.coverage.get(key) ?? 0) - (was.coverage.get(key) ?? 0);
  const lost = keys.filter((key) => more(key) < 0);
  const gained = keys.filter((key) => more(key) > 0);
  const moved = `${lost} became ${gained}`;
  if (lost.length > 1 || gained.length > 1 || keys.some((key) => Math.abs(more(key)) > 1)) return [moved];
  const [rowWas, rowIs] = [was, is].map(({ rows }) => rows.get(mutant.line)?.[0]);
  const [from = '', to = ''] = [lost[0], gained[0]];
  if (to.startsWith('unknown ')) return rowIs ? ['an unknown line with a row'] : [];
  if (wider.get(from)?.split('|').includes(to)) return [];
  if (!rowWas && !rowIs) return [];
  if (!rowWas || !rowIs) return [`${moved}: a row ${rowIs ? 'more' : 'less'}`];
  return rowFaults(rowWas, rowIs, mutant, to.endsWith('_unclear')).map((said) => `${moved}: ${said}`);
}

/** What is wrong with the other lines. What they have from the changed line, they may lack. */
function otherFaults(was: Reading, is: Reading, { line }: Mutant): string[] {
  const faults = [];
  for (const other of new Set([...was.rows.keys(), ...is.rows.keys()])) {
    const [a = {}, b = {}] = [was, is].map(({ rows }) => rows.get(other)?.[0]);
    const columns = other === line ? [] : changed(a, b);
    const joined = [a, b].some((row) => row.joined_line === line);
    if (columns.some((column) => !joined || !joins.includes(column)))
      faults.push(`line ${other} changed too: ${columns}`);
  }
  return faults;
}

function faultsOf(was: Reading, is: Reading, mutant: Mutant): string[] {
  const lines = [...is.coverage.values()].reduce((sum, n) => sum + n, 0);
  const source = changed(was.source, is.source).map((column) => `sources: ${column}`);
  const sum = lines === is.source.lines ? [] : [`coverage has ${lines} of ${is.source.lines} lines`];
  const many = [...is.rows.values()].some((rows) => rows.length > 1) ? ['a line with two rows'] : [];
  const faults = [
    ...source,
    ...sum,
    ...many,
    ...lineFaults(was, is, mutant),
    ...otherFaults(was, is, mutant),
  ];
  return faults.map((fault) => `line ${mutant.line}, ${mutant.from} for ${mutant.to}: ${fault}`);
}

// In hostile names a client imitates the words around them: which are the daemon's is not to be told by one word.
const fixtures = ['sshd', 'postfix', 'dovecot', 'pam', 'fail2ban-log']
  .flatMap((parser) => fixtureCases(parser))
  .filter(({ name }) => !/unknown|hostile/.test(name));

for (const [stream, { name, input }] of fixtures.entries())
  test(`a changed word is seen: ${name}`, async (t) => {
    const mutants = mutantsOf(readFileSync(input, 'utf8'), random(20181201, stream));
    const [was, ...readings] = await readingsOf(t, mutants);
    assert.ok(was && readings.length > 0, `${name} has no words`);
    const faults = readings.flatMap((is, i) => faultsOf(was, is, mutants[i + 1] as Mutant));
    const seen = readings.filter(({ coverage }) =>
      [...coverage.keys()].some((key) => key.startsWith('unknown ')),
    );
    t.diagnostic(
      `${name}: ${seen.length} of ${readings.length} changed lines became unknown, the others stay what they were`,
    );
    assert.deepEqual(faults, []);
  });
