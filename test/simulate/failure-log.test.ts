import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { random } from '../../lib/forge/random.js';
import { frameColumns } from '../../lib/frames/csv.js';
import { failureLog } from '../../lib/simulate/failure-log.js';
import { isoUtc } from '../../lib/zone.js';
import { scratch } from '../scratch.js';

interface Line {
  readonly source: string;
  readonly line: number;
  readonly time: number;
}

const csvLine = ({ source, line, time }: Line): string => {
  const at = isoUtc(1000 * time);
  const cells: Record<string, string | number> = {
    ...{ time: at, local_time: at.slice(0, -1), host: 'host1', service: 'ssh', event: 'failed' },
    ...{ account: 'root', address: '192.0.2.1', method: 'password', source, line, count: 1 },
  };
  return frameColumns('auth')
    .map((name) => cells[name] ?? '')
    .join();
};

/** Lines of one source; one in ten is late. */
function linesOf(source: string, start: number, count: number): Line[] {
  const numbers = random(start);
  let time = start;
  return Array.from({ length: count }, (_, line) => {
    time += numbers.int(1, 9);
    return { source, line: line + 1, time: numbers.chance(0.1) ? time - 5 : time };
  });
}

test('sources are walked side by side, over many blocks, and late lines where they stand', (t) => {
  const folder = scratch(t);
  const [begin, later] = [1_550_000_000, 1_550_020_000];
  const sources = [
    linesOf('first', begin, 20_000),
    linesOf('second', later, 9000),
    linesOf('third', begin, 17),
  ];
  const lines = sources.flat();
  writeFileSync(
    join(folder, 'auth.csv'),
    `${[frameColumns('auth').join(), ...lines.map(csvLine)].join('\n')}\n`,
  );
  const log = failureLog(folder, null);
  const walked: Line[] = [];
  log.walk((rows, at) => {
    const source = log.keys.sources[rows.source[at] ?? 0] ?? '';
    walked.push({ source, line: rows.line[at] ?? 0, time: rows.time[at] ?? 0 });
  });
  assert.equal(log.length, lines.length);
  for (const own of sources)
    assert.deepEqual(
      walked.filter(({ source }) => source === own[0]?.source),
      own,
    );
  // The latest time of its source up to a line says where the line stands.
  const clocks = new Map<string, number>();
  let before = 0;
  for (const { source, time } of walked) {
    const clock = Math.max(clocks.get(source) ?? 0, time);
    clocks.set(source, clock);
    assert.ok(clock >= before);
    before = clock;
  }
});
