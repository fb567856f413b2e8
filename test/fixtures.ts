import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseBanMail } from '../lib/parsers/ban-mail.js';
import { parseEnvelope } from '../lib/parsers/envelope.js';
import { parseMessage } from '../lib/parsers/parse-message.js';
import { StampClock } from '../lib/parsers/stamp-clock.js';
import { YearClock } from '../lib/parsers/year-rule.js';
import { decodeMail } from '../lib/sources/decode-mail.js';
import { mailsOf } from '../lib/sources/read-mails.js';
import { isoLocal, isoUtc, zoneClock } from '../lib/zone.js';

/** One input with its expectation beside it: `<case>.<ext>` and `<case>.json`. */
export interface FixtureCase {
  readonly name: string;
  readonly input: string;
  readonly expected: string;
}

/** Zone and year of the first line that all fixtures are read with. */
const zone = zoneClock('Asia/Tokyo');
const year = 2018;

const folder = new URL('./fixtures/', import.meta.url).pathname;

/** All cases of a parser's folder. */
export function fixtureCases(parser: string): FixtureCase[] {
  return readdirSync(join(folder, parser))
    .filter((file) => !file.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: `${parser}/${file}`,
      input: join(folder, parser, file),
      expected: join(folder, parser, file.replace(/\.[^.]+$/, '.json')),
    }));
}

const withoutNulls = (row: object) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

/** What the parsers make of a log fixture: one entry a line; columns that are null are left out. */
export function parseLogFixture(path: string): object[] {
  const clock = new StampClock(zone, new YearClock({ year, month: null }));
  const text = readFileSync(path, 'utf8').replace(/\n$/, '');
  return text.split('\n').map((line) => {
    const envelope = parseEnvelope(line);
    const minute = envelope && clock.at(envelope.stamp);
    if (!minute) return { class: 'malformed' };
    const { stamp, message, ...written } = envelope;
    const when = {
      time: isoUtc(minute.utc + stamp.second * 1000),
      local_time: isoLocal(minute.local + stamp.second * 1000),
      ...withoutNulls(written),
    };
    const parsed = parseMessage(envelope.program, message);
    if (parsed === null) return { class: 'unknown', ...when };
    const { class: kind, template } = parsed;
    return { class: kind, template, ...when, ...(kind === 'event' ? withoutNulls(parsed.row) : {}) };
  });
}

/** What the parsers make of a mailbox fixture: one entry a mail. */
export async function parseMailFixture(path: string): Promise<object[]> {
  const found: object[] = [];
  for (const raw of mailsOf(readFileSync(path), 1)) {
    const parsed = parseBanMail(await decodeMail(raw), zone.toUtc);
    const place = { class: parsed.class, template: parsed.template, line: raw.line, lines: raw.lines };
    const rows = parsed.class === 'event' ? parsed.mails.flatMap((mail) => mail.rows) : [];
    found.push({
      ...place,
      rows: rows.map(({ utc, ...row }) => ({ time: isoUtc(utc), ...withoutNulls(row) })),
    });
  }
  return found;
}
