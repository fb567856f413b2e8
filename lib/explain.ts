import { relative, resolve } from 'node:path';
import { openEngine } from './engine/index.js';
import { UserError } from './errors.js';
import { readFrame } from './frames/csv.js';
import { readBytes } from './sources/read-bytes.js';
import { readLines } from './sources/read-lines.js';
import { statisticById } from './stats/index.js';

/** A raw line behind a number. */
export interface RawLine {
  readonly path: string;
  readonly line: number;
  readonly text: string;
  /** How many events the record counts for; null for the further lines that show of a mail. */
  readonly count: number | null;
}

/** Of a mail, the lines that say what it counts for, beside the one where it begins. */
const telling = /^(?:Date|Subject):/i;
/** Lines of a mail within which its headers are looked for. */
const mailReach = 60;

/**
 * The raw lines behind one cell of a statistic, read again from the source files.
 * @param key first column of the row as the statistic's CSV prints it
 * @throws UserError when the key has no rows, or when a source file is no longer there
 */
export async function* explain(frames: string, id: string, key: string): AsyncGenerator<RawLine> {
  const statistic = statisticById(id);
  const engine = await openEngine(frames);
  const { rows } = await engine.query(statistic.traceSql(engine.site, key)).finally(() => engine.close());
  if (rows.length === 0)
    throw new UserError(
      `${id}: no rows behind "${key}"; see the first column of: npx banbook stat ${id} --frames ${frames}`,
    );
  const located = rows.map(({ source, line, count }) => ({
    source: String(source),
    line: Number(line),
    count: Number(count),
  }));
  yield* locate(frames, located);
}

/**
 * Reads rows of a frame again from the source files, in the order of the files.
 * @param located `source` and `line` as the frames hold them
 * @throws UserError when a source file is no longer there
 */
export async function* locate(
  frames: string,
  located: readonly { readonly source: string; readonly line: number; readonly count: number }[],
): AsyncGenerator<RawLine> {
  const wanted = new Map<string, Map<number, number>>();
  for (const { source, line, count } of located) {
    const lines = wanted.get(source) ?? new Map<number, number>();
    lines.set(line, (lines.get(line) ?? 0) + count);
    wanted.set(source, lines);
  }
  for (const source of await readFrame(frames, 'sources')) {
    const lines = wanted.get(source.id);
    const path = relative(process.cwd(), resolve(frames, source.path));
    if (lines) yield* rawLines(path, source.kind !== 'log', lines);
  }
}

async function* rawLines(
  path: string,
  isMail: boolean,
  wanted: ReadonlyMap<number, number>,
): AsyncGenerator<RawLine> {
  const last = Math.max(...wanted.keys());
  let mail = 0;
  try {
    for await (const { first, lines } of readLines(readBytes(path).content)) {
      if (first > last + mailReach) return;
      for (const [i, text] of lines.entries()) {
        const line = first + i;
        const count = wanted.get(line);
        if (text === '') mail = 0;
        if (count !== undefined) {
          if (isMail) mail = line;
          yield { path, line, text, count };
        } else if (mail > 0 && telling.test(text)) yield { path, line, text, count: null };
      }
    }
  } catch (error) {
    throw new UserError(
      `${path}: cannot be read again (${(error as Error).message}); are the sources still there?`,
    );
  }
}
