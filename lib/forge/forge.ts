import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zoneClock } from '../zone.js';
import { banMail, months } from './ban-mail.js';
import { type LogLine, second } from './log-line.js';
import { checkOptions, type ForgeOptions } from './options.js';
import { prepareFolder } from './out-folder.js';
import { bansOfTheYear, type Segment, segments } from './period.js';
import { random } from './random.js';
import { textFile } from './text-file.js';
import { timeline } from './timeline.js';
import { type Truth, truthCounter } from './truth.js';

export interface ForgeSummary {
  /** What was written, in the order of names. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly truth: Truth;
}

const host = 'host1.example';

/**
 * Writes a synthetic period of one server: in raw/ the rotated sshd logs and the mailbox of fail2ban's mails; beside it
 * the site settings, and truth.json with what a reader has to find. The same options give the same bytes.
 * @throws UserError when an option is wrong or the folder cannot be used
 */
export async function forge(
  options: ForgeOptions,
  onProgress: (part: number) => void = () => {},
): Promise<ForgeSummary> {
  checkOptions(options);
  const { out, seed, scale, from, to, zone, home } = options;
  const clock = zoneClock(zone);
  const parts = segments(from, to, clock);
  // Rounded, so that the shares of a whole year add up to 1 and not to a hair less.
  const year = Number(parts.reduce((sum, part) => sum + part.share, 0).toFixed(9));
  const bans = Math.round(bansOfTheYear * scale * year);
  prepareFolder(out);

  const truth = truthCounter(clock);
  const logName = (part: Segment) => `raw/secure-${part.rotated}.gz`;
  const mailboxName = 'raw/fail2ban.mbox';
  const stamp = (at: number) => syslogStamp(clock.toLocal(at));
  const mailSettings = { host, seed, clock, random: random(seed, 2) };
  const mbox = textFile(join(out, mailboxName));
  let delivered = 0;
  const items = timeline({ seed, home, bans, segments: parts, clock });
  let item = items.next();
  const [begin, end] = [parts[0]?.start ?? 0, parts.at(-1)?.end ?? 1];
  for (const part of parts) {
    const log = textFile(join(out, logName(part)));
    // Readers know the data as synthetic by this line, so each log begins with it.
    await log.write(`${stamp(part.start)} ${host} banbook-forge[1]: synthetic data, seed ${seed}\n`);
    for (; !item.done && item.value.at < part.end; item = items.next()) {
      truth.add(item.value);
      onProgress((item.value.at - begin) / (end - begin));
      if (item.value.kind === 'line') {
        await log.write(`${stamp(item.value.at)} ${logText(item.value)}\n`);
      } else {
        // Mails are sent one after the other, each when its whois query has been answered.
        delivered = Math.max(delivered, item.value.at + mailSettings.random.int(0, 3) * second);
        await mbox.write(banMail(item.value, delivered, mailSettings));
      }
    }
    await log.close();
  }
  await mbox.close();

  const counted = truth.result();
  const json = (name: string, value: unknown) =>
    writeFileSync(join(out, name), `${JSON.stringify(value, null, 2)}\n`);
  json('site.json', { zone, home, period: { from, to } });
  json('truth.json', { synthetic: true, seed, options: { scale, from, to, zone, home }, ...counted });
  const names = [mailboxName, ...parts.map(logName), 'site.json', 'truth.json'];
  return { files: names.map((name) => ({ name, bytes: statSync(join(out, name)).size })), truth: counted };
}

const logText = (line: LogLine): string => `${host} sshd[${line.pid}]: ${line.text}`;

/** `Dec  1 00:00:00`: syslog has no year and fills the day with a blank. */
function syslogStamp(wall: number): string {
  const date = new Date(wall);
  const day = String(date.getUTCDate()).padStart(2);
  return `${months[date.getUTCMonth()]} ${day} ${date.toISOString().slice(11, 19)}`;
}
