import type { Input } from './input.js';
import type { Result } from './results.js';
import type { Verdict } from './targets.js';

const head = ['', 'wall s', 'spread', 'CPU s', 'peak MB', 'ratio'];
const digits = (value: number): string => value.toFixed(value < 100 ? 2 : 0);

/** One input with a row for each contender. */
function section(input: Input, results: readonly Result[]): string[][] {
  const title = `${input.name}: ${thousands(input.lines)} lines, ${(input.bytes / 1e6).toFixed(1)} MB, ${thousands(input.addresses)} addresses`;
  return [[title], ...results.filter((row) => row.input === input.name).map(cellsOf)];
}

function cellsOf({ name, apt, part, wall, spread, cpu, peak, ratio }: Result): string[] {
  if (wall === null || !spread || cpu === null || peak === null || ratio === null)
    return [`  ${name}`, `missing: apt install ${apt}`];
  const scaled = part < 1 ? ` (read 1/${Number((1 / part).toFixed(1))}, scaled)` : '';
  return [
    `  ${name}${scaled}`,
    digits(wall),
    `${digits(spread[0])}-${digits(spread[1])}`,
    digits(cpu),
    peak.toFixed(0),
    ratio.toFixed(2),
  ];
}

/** All as aligned text. */
export function tableText(
  facts: readonly string[],
  inputs: readonly Input[],
  results: readonly Result[],
  verdicts: readonly Verdict[],
): string {
  const rows = [head, ...inputs.flatMap((input) => section(input, results))];
  const full = rows.filter((row) => row.length === head.length);
  const widths = head.map((_, i) => Math.max(...full.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) =>
        i === 0 && row.length > 1
          ? cell.padEnd(widths[0] ?? 0)
          : row.length === head.length
            ? cell.padStart(widths[i] ?? 0)
            : cell,
      )
      .join('  ')
      .trimEnd(),
  );
  const word = (met: boolean | null): string => (met === null ? 'not measured' : met ? 'met' : 'NOT MET');
  return [
    ...facts,
    '',
    ...lines,
    '',
    'ratio: how many times as long as banbook it takes; below 1 it is faster',
    '',
    ...verdicts.map(({ claim, met, found }) => `${word(met).padEnd(12)}  ${claim}: ${found}`),
    '',
  ].join('\n');
}

const thousands = (value: number): string => value.toLocaleString('en-US');
