import { audit } from '../audit/audit.js';
import { UserError } from '../errors.js';
import { escapeControls } from '../printable.js';
import { type Command, parseOptions } from './command.js';
import { progressBar } from './progress.js';

const usage = `npx banbook audit --frames DIR [--cells N] [--seed N]

Takes numbers of the statistics at random and counts each again from the raw lines, by another way than the import.

  --frames DIR  folder of the frames; their sources have to be as they were
  --cells N     how many numbers (default 1000; all, where there are fewer)
  --seed N      whole number; another one takes others (default 1)

Exit status: 0 when all agree; 1 when one does not; 2 for a wrong call.`;

export const auditCommand: Command = {
  usage,
  run: async (argv) => {
    const { values, positionals } = parseOptions({
      args: argv,
      allowPositionals: true,
      options: {
        frames: { type: 'string' },
        cells: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
      },
    });
    if (values.frames === undefined || positionals.length > 0)
      throw new UserError('audit: expected --frames DIR and nothing else', 2);
    for (const [name, value] of Object.entries({ cells: values.cells, seed: values.seed }))
      if (!/^\d{1,9}$/.test(value))
        throw new UserError(`audit: --${name} must be a whole number, got "${value}"`, 2);
    const bar = progressBar();
    const options = { cells: Number(values.cells), seed: Number(values.seed), onProgress: bar.update };
    const report = await audit(values.frames, options).finally(bar.done);
    const { cells, of, lines, mismatches, notAudited } = report;
    process.stdout.write(
      `${cells} of ${of} numbers counted again from ${lines} raw failures and bans: ${mismatches.length} mismatches\n`,
    );
    for (const { statistic, key, column, value, recounted, why } of mismatches)
      process.stdout.write(
        `  ${statistic} ${escapeControls(key)} ${column}: ${value} in the frames, ${recounted} counted again (${why})\n`,
      );
    if (notAudited.length > 0) process.stdout.write(`not audited: ${notAudited.join(', ')}\n`);
    return mismatches.length === 0 ? 0 : 1;
  },
};
