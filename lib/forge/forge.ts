import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zoneClock } from '../zone.js';
import { botnets } from './campaigns.js';
import { distributed } from './distributed.js';
import { ignored, siteBans } from './jails.js';
import { checkOptions, type ForgeOptions } from './options.js';
import { prepareFolder } from './out-folder.js';
import { segments } from './period.js';
import { planOf } from './plan.js';
import { random } from './random.js';
import { storyOf } from './story.js';
import { timeline } from './timeline.js';
import { Campaigns, type Truth, TruthCounter } from './truth.js';
import { stubborn } from './visitors.js';
import { Writer } from './writer.js';

export interface ForgeSummary {
  /** What was written, in the order of names. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly truth: Truth;
}

/**
 * Writes a synthetic period of one server: in raw/ its rotated logs, fail2ban.log and the mailboxes of fail2ban's
 * and logwatch's mails, in cache/ the answers of reverse DNS; beside them the site settings, and truth.json with
 * what a reader has to find. The same options give the same bytes.
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
  const span = { start: parts[0]?.start ?? 0, end: parts.at(-1)?.end ?? 1 };
  const story = storyOf(parts, clock);
  const nets = botnets(random(seed, 5), span);
  const campaigns = new Campaigns();
  prepareFolder(out);

  const truth = new TruthCounter(clock, story);
  const writer = new Writer({ ...options, clock, segments: parts, story, truth });
  const plan = planOf(parts, scale, story.outage);
  const year = { seed, home, scale, segments: parts, plan, story, botnets: nets, clock, campaigns };
  for (const item of timeline(year)) {
    writer.write(item);
    onProgress((item.at - span.start) / (span.end - span.start));
  }
  const names = writer.close();

  const counted = truth.result();
  const json = (name: string, value: unknown) =>
    writeFileSync(join(out, name), `${compact(JSON.stringify(value, null, 2))}\n`);
  json('site.json', { zone, home, period: { from, to }, own: [ignored], bans: siteBans });
  const settings = { scale, from, to, zone, home };
  json('truth.json', {
    synthetic: true,
    seed,
    options: settings,
    ...counted,
    campaigns: campaigns.result([...nets, distributed, stubborn]),
  });
  const files = [...names, 'site.json', 'truth.json'].sort();
  return { files: files.map((name) => ({ name, bytes: statSync(join(out, name)).size })), truth: counted };
}

/** Lists and objects that hold nothing nested, and are short, in one line each. */
const compact = (json: string): string =>
  json.replace(/([[{])\n\s+([^[\]{}]{1,900}?)\n\s+([\]}])/g, (_, open, inner, close) => {
    const line = inner.replaceAll(/\n\s+/g, ' ');
    return open === '{' ? `{ ${line} ${close}` : `[${line}${close}`;
  });
