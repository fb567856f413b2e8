import { fileURLToPath } from 'node:url';
import type { Input, Inputs } from './input.js';
import { isInstalled } from './peers.js';
import { filterForLogwatch, firstLines } from './samples.js';

/** One program on one input. */
export interface Contender {
  readonly name: string;
  /** Debian's package; banbook has none. */
  readonly apt: string | null;
  readonly input: Input;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** File that is its standard input. */
  readonly stdin?: string;
  /** Lines that it read of the input's; its times are scaled to all of them. */
  readonly lines: number;
  /** Finds a number in its answer, and what that has to be: a program that skipped its work is not fast. */
  readonly answer: RegExp;
  /** null: it says no number that the input tells; the pattern has to match. */
  readonly expected: number | null;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A part for the slowest, whose time grows with the lines alone: enough that the start of the program is lost in it. */
const fail2banShare = 1 / 20;
const fewest = 20_000;

/** All, in the order of the table, those that are not installed as well. @param folder for what they write */
export function contenders(inputs: Inputs, folder: string): Contender[] {
  const { sshd, maillog, mails, grown } = inputs;
  const all = [
    banbook(sshd, folder),
    banbookWithFindings(sshd, folder),
    mawk(sshd, 'count.awk'),
    ripgrep(sshd),
    lnav(sshd),
    logwatch(sshd, folder),
    fail2ban(sshd),
    banbook(maillog, folder),
    mawk(maillog, 'count-maillog.awk'),
    lnav(maillog),
    banbook(mails, folder),
    python(mails),
  ];
  return grown ? [...all, banbook(grown, folder)] : all;
}

/** Frames and coverage: what the targets are about. */
const banbook = (input: Input, folder: string): Contender => framesOf(input, folder, ['--no-findings']);

/** As the user runs it: the statistics of findings.csv as well, for which an engine of SQL reads the frames. */
const banbookWithFindings = (input: Input, folder: string): Contender => framesOf(input, folder, []);

const framesOf = (input: Input, folder: string, options: readonly string[]): Contender => ({
  name: ['banbook frames', ...options].join(' '),
  apt: null,
  input,
  argv: [
    process.execPath,
    here('../../dist/cli.js'),
    'frames',
    ...options,
    '--out',
    `${folder}/out/frames`,
    input.path,
  ],
  lines: input.lines,
  answer: /^(\d+) lines of 1 sources/m,
  expected: input.lines,
});

const mawk = (input: Input, program: string): Contender => ({
  name: `mawk ${program}`,
  apt: 'mawk',
  input,
  argv: ['mawk', '-f', here(program), input.path],
  lines: input.lines,
  answer: /^(\d+)$/m,
  expected: input.events,
});

/** The floor: one literal, no address and no account. */
const ripgrep = (input: Input): Contender => ({
  name: "rg -c 'Failed password'",
  apt: 'ripgrep',
  input,
  argv: ['rg', '-c', 'Failed password', input.path],
  lines: input.lines,
  answer: /^(\d+)$/m,
  expected: null,
});

/** Without its screen lnav ends when it has indexed the file and answered. */
const lnav = (input: Input): Contender => ({
  name: 'lnav: index, count lines',
  apt: 'lnav',
  input,
  argv: ['lnav', '-n', '-c', ';select count(*) from syslog_log', '-c', ':write-csv-to -', input.path],
  lines: input.lines,
  answer: /^(\d+)$/m,
  expected: input.lines,
});

/**
 * Its script alone, on all lines, since its time grows faster than they do: what logwatch does to the lines before it
 * has been done and is not measured.
 */
const logwatch = (input: Input, folder: string): Contender => ({
  name: "logwatch's sshd script",
  apt: 'logwatch',
  input,
  argv: ['perl', '/usr/share/logwatch/scripts/services/sshd'],
  env: {
    PERL5LIB: '/usr/share/logwatch/lib',
    LOGWATCH_DETAIL_LEVEL: '5',
    // logwatch's own setting for sshd asks the name server for each address; those answers are not waited for here.
    LOGWATCH_NUMERIC: '1',
  },
  stdin: isInstalled('logwatch') ? filterForLogwatch(input.path, folder) : input.path,
  lines: input.lines,
  answer: /^ *Failed logins from:/m,
  expected: null,
});

const fail2ban = (input: Input): Contender => {
  const sample = firstLines(input, Math.max(fewest, Math.round(input.lines * fail2banShare)));
  return {
    name: 'fail2ban-regex FILE sshd',
    apt: 'fail2ban',
    input,
    // No names are looked up and no lines printed: both would only make it slower.
    argv: [
      'fail2ban-regex',
      '--raw',
      '--usedns=no',
      '--print-no-missed',
      '--print-no-ignored',
      sample.path,
      'sshd',
    ],
    lines: sample.lines,
    answer: /^Lines: (\d+) lines/m,
    expected: sample.lines,
  };
};

const python = (input: Input): Contender => ({
  name: 'Python mailbox and email',
  apt: 'python3',
  input,
  argv: ['python3', here('count-mails.py'), input.path],
  lines: input.lines,
  answer: /^(\d+)$/m,
  expected: input.events,
});
