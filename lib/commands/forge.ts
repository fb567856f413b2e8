import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { stampFile } from '../enrich/cache-stamp.js';
import { forgeApart } from '../forge/forge-apart.js';
import { progressBar } from '../progress.js';
import { articleYear } from '../site.js';
import { codeHash } from '../version.js';
import { type Command, parseOptions } from './command.js';
import { isCurrent } from './input-stamp.js';

const usage = `Usage: banbook forge [options]

Writes a synthetic year of one server whose files agree with each other: in raw/ the rotated logs of sshd,
postfix, dovecot and the system, fail2ban.log, the mails of fail2ban and of logwatch; in cache/ the answers of
reverse DNS; site.json, and truth.json with the true counts and what is hidden. The same options give the same data.

  --out DIR     folder to write into (data/forged)
  --seed N      whole number; another one gives another year (1)
  --scale N     size, 0.001 to 100; 1 is the article's year of 65507 ssh bans (1)
  --year YYYY   the article's year of that name: 2020 is 2019-12-01 to 2020-12-01 (2019)
  --from DATE   first local date, in place of --year
  --to DATE     local date after the last, in place of --year
  --zone ZONE   IANA zone of the server's clock (Asia/Tokyo)
  --home CC     country of the server, 26th among the sources (JP)
  --if-changed  does nothing when DIR was made by the same code with the same options
  --gzip        rotated logs are gzipped, as those of the sample in data/sample:
                banbook forge --out data/sample --scale 0.01 --gzip
`;

const options = {
  out: { type: 'string', default: 'data/forged' },
  seed: { type: 'string', default: '1' },
  scale: { type: 'string', default: '1' },
  year: { type: 'string', default: '2019' },
  from: { type: 'string' },
  to: { type: 'string' },
  zone: { type: 'string', default: 'Asia/Tokyo' },
  home: { type: 'string', default: 'JP' },
  gzip: { type: 'boolean', default: false },
  'if-changed': { type: 'boolean', default: false },
} as const;

/** Number() reads an empty text as 0, which nobody means. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** A hash of the options and of the code that makes a year of them. */
function forgeStamp(values: object): string {
  const code = codeHash(/^(forge|zone|time-queue|site)\b/);
  return createHash('sha256').update(JSON.stringify(values)).update(code).digest('hex');
}

/** `npx banbook forge`: makes a synthetic year. */
export const forgeCommand: Command = {
  usage,
  run: async (argv) => {
    const given = parseOptions({ args: argv, options }).values;
    const { year, from, to, 'if-changed': ifChanged, ...values } = given;
    const seed = numberOf(values.seed);
    const scale = numberOf(values.scale);
    const period = articleYear(year, 'forge: --year');
    const stamp = forgeStamp({ ...values, year, from, to });
    if (ifChanged && isCurrent(values.out, stamp)) {
      console.log(`${values.out}: synthetic year unchanged`);
      return 0;
    }
    const bar = progressBar();
    const { files, truth } = await forgeApart(
      { ...values, seed, scale, from: from ?? period.from, to: to ?? period.to },
      (part) => bar.update(part, values.out),
    ).finally(bar.done);
    for (const { name, bytes } of files) console.log(`${String(bytes).padStart(12)}  ${name}`);
    writeFileSync(stampFile(values.out), stamp);
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    console.log(`${String(total).padStart(12)}  bytes in ${values.out}`);
    console.log(
      `${truth.bans} ssh bans, ${truth.mailBans} mail bans, ${truth.reports} reports; synthetic, seed ${seed}`,
    );
    return 0;
  },
};
