import { banMail } from '../../lib/forge/ban-mail.js';
import { countryWeights } from '../../lib/forge/countries.js';
import { random } from '../../lib/forge/random.js';
import { textFile } from '../../lib/forge/text-file.js';
import { zoneClock } from '../../lib/zone.js';
import { addressSource } from './visitors.js';
import { host, period, seed } from './write-log.js';

/** One mbox of fail2ban's mails with whois, as forge words them. @param mails bans, one mail each */
export async function writeMailbox(
  path: string,
  mails: number,
): Promise<{ lines: number; mails: number; addresses: number }> {
  const draw = random(seed, 3);
  const addresses = addressSource(draw);
  const settings = { host, seed, clock: zoneClock('UTC'), random: draw };
  const { codes, weights } = countryWeights('JP');
  const file = textFile(path);
  let lines = 0;
  for (let mail = 0; mail < mails; mail++) {
    const at = period.from + Math.floor(((period.to - period.from) * mail) / mails / 1000) * 1000;
    const country = codes[draw.weighted(weights)] ?? 'JP';
    const ban = { kind: 'ban', at, address: addresses.next(), country, failures: draw.int(3, 6) } as const;
    const text = banMail(ban, at + draw.int(0, 3) * 1000, settings);
    lines += text.split('\n').length - 1;
    await file.write(text);
  }
  await file.close();
  return { lines, mails, addresses: addresses.distinct() };
}
