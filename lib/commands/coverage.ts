import { type CoverageReport, coverageOf, type Example, lineClasses, unknownExamples } from '../coverage.js';
import { UserError } from '../errors.js';
import { cut, escapeControls } from '../printable.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook coverage --frames DIR [--source ID] [--unknown N] [--json]

Prints what became of every line of the input, by class and template, and the most frequent wordings that no pattern
knows, each with an example.

  --frames DIR  folder of the frames
  --source ID   one source only, see sources.csv
  --unknown N   how many unknown wordings (default 10)
  --json        all of it as JSON

Exit status: 0; 1 when the classes do not add up to the lines that were read; 2 for a wrong call.`;

export const coverageCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('coverage', argv, {
      source: { type: 'string' },
      unknown: { type: 'string', default: '10' },
      json: { type: 'boolean' },
    });
    if (!/^\d{1,4}$/.test(values.unknown))
      throw new UserError(`coverage: --unknown must be a number such as 10, got "${values.unknown}"`, 2);
    const report = await coverageOf(frames, values.source ?? null);
    const examples = await unknownExamples(frames, report.templates, Number(values.unknown));
    if (values.json) process.stdout.write(`${JSON.stringify({ ...report, examples }, null, 2)}\n`);
    else {
      const width = process.stdout.columns ?? Number.POSITIVE_INFINITY;
      process.stdout.write(`${[...table(report), ...wordings(examples, width)].join('\n')}\n`);
    }
    return 0;
  },
};

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;

function table({ lines, classes, templates }: CoverageReport): string[] {
  const rows = lineClasses.flatMap((name) => [
    ...templates
      .filter((count) => count.class === name)
      .map(({ template, lines: part, sources, from, to }) => [
        name,
        cut(escapeControls(template), 70),
        String(part),
        percent(part, lines),
        String(sources),
        from === to ? (from ?? '') : `${from} – ${to}`,
      ]),
    [name, '= all', String(classes[name]), percent(classes[name], lines), '', ''],
  ]);
  const head = ['class', 'template', 'lines', 'share', 'sources', 'months'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i >= 2 && i <= 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line), '', `${lines} lines in all: the classes add up.`];
}

/** Longest example where the lines do not end at the edge of a terminal. */
const longestText = 200;

/** @param width of the terminal; endless where the output is piped */
function wordings(examples: readonly Example[], width: number): string[] {
  if (examples.length === 0) return [];
  return [
    '',
    'Wordings that no pattern knows, with an example each:',
    ...examples.flatMap(({ count, found }) => [
      `  ${count.lines} × ${count.class}: ${cut(escapeControls(count.template), 100)}`,
      found === null
        ? `      line ${count.example.line} of source ${count.example.source}, whose file is no longer there`
        : cut(
            `      ${escapeControls(found.path)}:${count.example.line}: ${cut(escapeControls(found.text), longestText)}`,
            width,
          ),
    ]),
    'To teach banbook one: a pattern in lib/parsers/, a line in test/fixtures/. Or report it, without real names and addresses.',
  ];
}
