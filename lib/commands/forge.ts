import { forge } from '../forge/forge.js';
import { type Command, parseOptions } from './command.js';
import { progressBar } from './progress.js';

const usage = `Usage: banbook forge [options]

Writes a synthetic year of one server: rotated sshd logs, fail2ban's mails, site.json, and truth.json
with the true counts. The same options give the same data.

  --out DIR     folder to write into (data/sample)
  --seed N      whole number; another one gives another year (1)
  --scale N     size, 0.001 to 100; 1 is the article's year of 65507 ssh bans (0.01)
  --from DATE   first local date (2018-12-01)
  --to DATE     local date after the last (2019-12-01)
  --zone ZONE   IANA zone of the server's clock (Asia/Tokyo)
  --home CC     country of the server, 26th among the sources (JP)
`;

const options = {
  out: { type: 'string', default: 'data/sample' },
  seed: { type: 'string', default: '1' },
  scale: { type: 'string', default: '0.01' },
  from: { type: 'string', default: '2018-12-01' },
  to: { type: 'string', default: '2019-12-01' },
  zone: { type: 'string', default: 'Asia/Tokyo' },
  home: { type: 'string', default: 'JP' },
} as const;

/** Number() reads an empty text as 0, which nobody means. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));

/** `npx banbook forge`: makes the sample data. */
export const forgeCommand: Command = {
  usage,
  run: async (argv) => {
    const { values } = parseOptions({ args: argv, options });
    const seed = numberOf(values.seed);
    const scale = numberOf(values.scale);
    const bar = progressBar();
    const { files, truth } = await forge({ ...values, seed, scale }, (part) =>
      bar.update(part, values.out),
    ).finally(bar.done);
    for (const { name, bytes } of files) console.log(`${String(bytes).padStart(12)}  ${name}`);
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    console.log(`${String(total).padStart(12)}  bytes in ${values.out}`);
    console.log(
      `${truth.bans} bans, ${truth.logins} logins, ${truth.distinctAddresses} addresses; synthetic, seed ${seed}`,
    );
    return 0;
  },
};
