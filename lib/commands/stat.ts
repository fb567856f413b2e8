import { openEngine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { csvLine } from '../frames/csv.js';
import { runStatistic, statisticById, statistics } from '../stats/index.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook stat ID --frames DIR [--json | --sql]

Prints one statistic as CSV.

  --frames DIR  folder of the frames
  --json        as JSON: an array of rows
  --sql         prints the SQL instead of running it

Statistics:
${statistics.map(({ id, title }) => `  ${id.padEnd(24)}${title.en}`).join('\n')}`;

export const statCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values, words } = frameOptions(
      'stat',
      argv,
      { json: { type: 'boolean' }, sql: { type: 'boolean' } },
      1,
    );
    const [id] = words;
    if (id === undefined)
      throw new UserError(`stat: expected one ID of ${statistics.map((s) => s.id).join(', ')}`, 2);
    const statistic = statisticById(id);
    const engine = await openEngine(frames);
    try {
      const { sql, table } = await runStatistic(engine, statistic);
      const names = table.columns.map((column) => column.name);
      if (values.sql) process.stdout.write(`${sql}\n`);
      else if (values.json) process.stdout.write(`${JSON.stringify(table.rows, null, 2)}\n`);
      else
        process.stdout.write(
          [`${names.join(',')}\n`, ...table.rows.map((row) => csvLine(names, row))].join(''),
        );
    } finally {
      engine.close();
    }
    return 0;
  },
};
