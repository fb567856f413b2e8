import { type AuditReport, audit, type Mismatch } from '../audit/audit.js';
import { UserError } from '../errors.js';
import { cut, escapeControls } from '../printable.js';
import { progressBar } from '../progress.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook audit --frames DIR [--cells N] [--seed N]

Takes numbers of the statistics at random and counts each again from all raw lines, by another way than the import.
Countries, names and risk of addresses are taken from addresses.csv and risk.csv, and the year in which a log begins from sources.csv.

  --frames DIR  folder of the frames; their sources have to be as they were
  --cells N     how many numbers (default 1000; all, where there are fewer)
  --seed N      whole number; another one takes others (default 1)

Exit status: 0 when all agree; 1 when one does not, or a source is gone or was changed; 2 for a wrong call.`;

export const auditCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('audit', argv, {
      cells: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
    });
    for (const [name, value] of Object.entries({ cells: values.cells, seed: values.seed }))
      if (!/^\d{1,9}$/.test(value))
        throw new UserError(`audit: --${name} must be a whole number, got "${value}"`, 2);
    if (Number(values.cells) === 0) throw new UserError('audit: --cells must be at least 1, got "0"', 2);
    const bar = progressBar();
    const options = { cells: Number(values.cells), seed: Number(values.seed), onProgress: bar.update };
    const report = await audit(frames, options).finally(bar.done);
    process.stdout.write(`${[summary(report), ...shown(report.mismatches)].join('\n')}\n`);
    for (const name of report.notAudited)
      process.stdout.write(`not audited: ${name} has no second way of counting\n`);
    return report.mismatches.length === 0 ? 0 : 1;
  },
};

function summary({ cells, of, observations, mismatches }: AuditReport): string {
  const taken = cells === of ? `all ${of} numbers` : `${cells} of ${of} numbers`;
  const wrong = mismatches.length === 1 ? '1 mismatch' : `${mismatches.length} mismatches`;
  return `${taken} counted again from ${observations} raw failures, bans and refusals: ${wrong}`;
}

/** The lines of a row are shown below the first of its numbers. */
function shown(mismatches: readonly Mismatch[]): string[] {
  const none = (number: number | null): string => (number === null ? 'no number' : String(number));
  const rows = new Set<string>();
  return mismatches.flatMap(({ statistic, key, column, value, recounted, lines }) => {
    const row = `${statistic} ${escapeControls(key) || '""'}`;
    const isFirst = !rows.has(row);
    rows.add(row);
    return [
      `${row} ${column}: ${none(value)} in the frames, ${none(recounted)} counted again`,
      ...(isFirst ? lines : []).map(
        ({ path, line, text, inFrames, recounted: again }) =>
          `  ${path === null ? '' : `${escapeControls(path)}:${line}: `}${cut(escapeControls(text), 200)} (${inFrames} in the frames, ${again} counted again)`,
      ),
    ];
  });
}
