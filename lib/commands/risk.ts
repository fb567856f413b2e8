import type { InvestigateLimits } from '../enrich/investigate/investigate-provider.js';
import { planText, progressLabel, runText, waitText } from '../enrich/risk-texts.js';
import { UserError } from '../errors.js';
import { lookUpRisk } from '../look-up-risk.js';
import { progressBar } from '../progress.js';
import { type Command, defaultCache, frameOptions } from './command.js';
import { untilInterrupted } from './until-interrupted.js';

const usage = `npx banbook risk --frames DIR [--plan] [--home] [--cache DIR] [--rate N] [--per-day N]
npx banbook risk --frames DIR --provider blocklist --list FILE

Asks Cisco Umbrella Investigate for the risk scores of the host names in the frames, keeps each answer in the cache as
it comes, and brings the frames up to date. A run that was stopped goes on where it was.

  --frames DIR      folder of the frames
  --plan            says what would be asked and how long it takes, and asks nobody
  --home            only names of addresses in the home country
  --cache DIR       folder of the answers (default: $BANBOOK_CACHE, else data/cache)
  --rate N          requests a second (default: 3)
  --per-day N       requests in 24 hours; the run stops there and says when to go on (default: no limit)
  --concurrency N   requests at once (default: 8)
  --provider NAME   investigate (default) or blocklist: a file of addresses and networks, which asks nobody
  --list FILE       the block list: text or CSV, an address or network a line

The key comes from the environment: INVESTIGATE_KEY and INVESTIGATE_SECRET for the current API, INVESTIGATE_TOKEN for
the legacy one, or INVESTIGATE_KEY_FILE with the path of a file (mode 600) that has such lines. INVESTIGATE_URL is for
another host. Synthetic frames get simulated scores.

Exit status: 0; 3 when the run stopped before its end or some names got no answer; 1 when another run is asking with
the same cache; 2 for a wrong call.`;

export const riskCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('risk', argv, {
      plan: { type: 'boolean' },
      home: { type: 'boolean' },
      cache: { type: 'string', default: defaultCache },
      rate: { type: 'string' },
      'per-day': { type: 'string' },
      concurrency: { type: 'string' },
      provider: { type: 'string', default: 'investigate' },
      list: { type: 'string' },
    });
    if (values.provider !== 'investigate' && values.provider !== 'blocklist')
      throw new UserError(`risk: --provider is investigate or blocklist, got "${values.provider}"`, 2);
    if ((values.provider === 'blocklist') !== (values.list !== undefined))
      throw new UserError('risk: --provider blocklist and --list FILE belong together', 2);
    const limits = {
      ...limitOf('perSecond', '--rate', values.rate, /^\d*\.?\d+$/),
      ...limitOf('perDay', '--per-day', values['per-day'], /^\d+$/),
      ...limitOf('concurrency', '--concurrency', values.concurrency, /^\d+$/),
    };
    const bar = progressBar();
    const label = progressLabel();
    const wait = waitText();
    const { api, run } = await untilInterrupted((signal) =>
      lookUpRisk(frames, values.cache, {
        only: values.home ? 'home' : 'all',
        list: values.list,
        limits,
        env: process.env,
        signal,
        asks: () => !values.plan,
        onWait: (until) => {
          const text = wait(until);
          if (text === null) return;
          bar.done();
          process.stderr.write(`${text}\n`);
        },
        onPlan: (plan, asked) => {
          process.stdout.write(`${planText(plan, asked).join('\n')}\n`);
        },
        onProgress: (at) => bar.update(at.done / at.total, label(at)),
      }),
    ).finally(bar.done);
    if (run) process.stdout.write(`${runText(run).join('\n')}\n`);
    if (api === null && !values.plan)
      throw new UserError('risk: no API is set; npx banbook risk --help says how', 2);
    return run && (run.stopped || run.errors > 0) ? 3 : 0;
  },
};

function limitOf(
  key: keyof InvestigateLimits,
  option: string,
  text: string | undefined,
  form: RegExp,
): Partial<InvestigateLimits> {
  if (text === undefined) return {};
  if (!form.test(text) || !(Number(text) > 0))
    throw new UserError(`risk: ${option} must be a number above 0, got "${text}"`, 2);
  return { [key]: Number(text) };
}
