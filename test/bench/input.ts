import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rotated } from './write-log.js';
import { writeMailbox } from './write-mailbox.js';
import { writeMaillog } from './write-maillog.js';
import { writeSshdLog } from './write-sshd-log.js';

/** One generated file and what a reader has to find in it. */
export interface Input {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly lines: number;
  readonly addresses: number;
  /** Failed logins of a log, ban mails of a mailbox. */
  readonly events: number;
}

export interface Inputs {
  readonly sshd: Input;
  readonly maillog: Input;
  readonly mails: Input;
  /** Ten times the sshd log, where it is asked for. */
  readonly grown: Input | null;
}

/** Sizes of scale 1: 305 MB, 115 MB and the article's year of ban mails. */
const full = { sshd: 2_800_000, maillog: 850_000, mails: 65_507 };
export const growth = 10;

/** Makes what is not there yet or was made by another scale or generator. @param folder of all inputs */
export async function makeInputs(folder: string, scale: number, withGrowth: boolean): Promise<Inputs> {
  const size = (lines: number): number => Math.max(1000, Math.round(lines * scale));
  const log = (write: typeof writeSshdLog, lines: number) => async (path: string) => {
    const { failures, ...facts } = await write(path, lines);
    return { ...facts, events: failures };
  };
  const { sshd, maillog, mails } = full;
  return {
    // The date of rotation tells the year, as it does for a user's logs.
    sshd: await made(folder, `secure-${rotated}`, size(sshd), log(writeSshdLog, size(sshd))),
    maillog: await made(folder, `maillog-${rotated}`, size(maillog), log(writeMaillog, size(maillog))),
    mails: await made(folder, 'fail2ban.mbox', size(mails), async (path) => {
      const { mails: events, ...facts } = await writeMailbox(path, size(mails));
      return { ...facts, events };
    }),
    grown: withGrowth
      ? await made(
          folder,
          `grown/secure-${rotated}`,
          growth * size(sshd),
          log(writeSshdLog, growth * size(sshd)),
        )
      : null,
  };
}

type Facts = Omit<Input, 'name' | 'path' | 'bytes'>;

async function made(
  folder: string,
  name: string,
  size: number,
  write: (path: string) => Promise<Facts>,
): Promise<Input> {
  const path = join(folder, name);
  const stampFile = `${path}.made.json`;
  const stamp = `${size} ${generatorHash()}`;
  if (existsSync(path) && existsSync(stampFile)) {
    const earlier = JSON.parse(readFileSync(stampFile, 'utf8')) as { stamp: string; facts: Facts };
    if (earlier.stamp === stamp) return { name, path, bytes: statSync(path).size, ...earlier.facts };
  }
  process.stderr.write(`making ${name}\n`);
  mkdirSync(dirname(path), { recursive: true });
  rmSync(stampFile, { force: true });
  const facts = await write(path);
  writeFileSync(stampFile, JSON.stringify({ stamp, facts }));
  return { name, path, bytes: statSync(path).size, ...facts };
}

/** Hash of the code that writes the input: other code may write other bytes. */
function generatorHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['./', '../../lib/forge/']) {
    const path = fileURLToPath(new URL(folder, import.meta.url));
    for (const file of readdirSync(path).sort())
      if (/^(write-|visitors).*\.ts$/.test(file) || folder !== './') hash.update(readFileSync(path + file));
  }
  return hash.digest('hex');
}
