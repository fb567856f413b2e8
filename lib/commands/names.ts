import { progressLabel } from '../enrich/risk-texts.js';
import { UserError } from '../errors.js';
import { hostOf, lookUpNames } from '../look-up-names.js';
import { progressBar } from '../progress.js';
import { type Command, defaultCache, frameOptions } from './command.js';
import { untilInterrupted } from './until-interrupted.js';

const usage = `npx banbook names --frames DIR [--cache DIR] [--server ADDRESS[:PORT]] [--offline] [--concurrency N]

Asks reverse DNS for the host names of the addresses in the frames that the logs do not have, follows each name back to
its address, keeps each answer in the cache as it comes, and brings the frames up to date. A run that was stopped goes
on where it was.

  --frames DIR      folder of the frames
  --cache DIR       folder of the answers (default: $BANBOOK_CACHE, else data/cache)
  --server ADDRESS  name server to ask (default: the system's)
  --offline         asks nobody; the frames get what the cache has
  --concurrency N   addresses at once (default: 20)
  --timeout MS      milliseconds for a question, which is asked twice (default: 3000)

A name server learns from this which addresses your logs hold. Private and reserved ones are not asked for. Synthetic
frames are never asked about outside loopback.

Exit status: 0; 3 when some addresses got no answer; 1 when another run is asking with the same cache; 2 for a wrong call.`;

export const namesCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('names', argv, {
      cache: { type: 'string', default: defaultCache },
      server: { type: 'string' },
      offline: { type: 'boolean', default: false },
      concurrency: { type: 'string', default: '20' },
      timeout: { type: 'string', default: '3000' },
    });
    for (const option of ['concurrency', 'timeout'] as const)
      if (!/^[1-9]\d{0,6}$/.test(values[option]))
        throw new UserError(`names: --${option} must be a whole number above 0, got "${values[option]}"`, 2);
    if (values.server !== undefined) hostOf(values.server);
    const bar = progressBar();
    const label = progressLabel();
    const { cache, server, offline } = values;
    const { plan, run } = await untilInterrupted((signal) =>
      lookUpNames(frames, cache, {
        server: server ?? null,
        offline,
        concurrency: Number(values.concurrency),
        timeoutMs: Number(values.timeout),
        signal,
        onPlan: ({ addresses, logged, known, closed, toAsk }) =>
          process.stdout.write(
            `${addresses} addresses: ${logged} with a name in the logs, ${known} answered in the cache, ${closed} private or reserved (not asked), ${toAsk.length} to ask\n`,
          ),
        onProgress: (at) => bar.update(at.done / at.total, label(at)),
      }),
    ).finally(bar.done);
    if (!run) return 0;
    const counts = Object.entries(run).map(([status, n]) => `${n} ${status}`);
    process.stdout.write(`${counts.join(', ')}\n`);
    const answered = run.confirmed + run.unconfirmed + run.none;
    if (answered === plan.toAsk.length) return 0;
    process.stdout.write('what has no answer is asked for again by the next run\n');
    return 3;
  },
};
