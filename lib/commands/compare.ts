import { type Compared, compareFrames } from '../compare.js';
import { UserError } from '../errors.js';
import { csvLine } from '../frames/csv.js';
import { escapeControls } from '../printable.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook compare --frames DIR --before DIR [--json]

Prints the findings of two years side by side as CSV: before, value, change and, for counts and shares, its interval of
95 %. Counts change by a part of what they were (0.1: a tenth more), by covered day where both say how many days they
cover; shares and other numbers by a difference.

  --frames DIR  frames of the later year
  --before DIR  frames of the earlier year
  --json        all of it as JSON, with the periods of the two`;

const columns: readonly (keyof Compared)[] = [
  'statistic',
  'key',
  'unit',
  'before',
  'value',
  'change',
  'change_low',
  'change_high',
  'measure',
];

/** Four digits behind the point say all that the counts do. */
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(6)));

export const compareCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('compare', argv, {
      before: { type: 'string' },
      json: { type: 'boolean' },
    });
    const { before } = values;
    if (before === undefined) throw new UserError('compare: expected --frames DIR and --before DIR', 2);
    const comparison = await compareFrames(before, frames);
    for (const { en } of comparison.cautions) process.stderr.write(`${escapeControls(en)}\n`);
    const rows = comparison.rows.map((row) => ({
      ...row,
      change: rounded(row.change),
      change_low: rounded(row.change_low),
      change_high: rounded(row.change_high),
    }));
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ ...comparison, rows }, null, 2)}\n`
        : [`${columns.join(',')}\n`, ...rows.map((row) => csvLine(columns, row))].join(''),
    );
    return 0;
  },
};
