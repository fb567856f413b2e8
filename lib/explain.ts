import { relative, resolve } from 'node:path';
import { openEngine } from './engine/index.js';
import { UserError } from './errors.js';
import { readFrame, withoutGuard } from './frames/csv.js';
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

/** @param part of the bytes that have to be read, 0 to 1; @param path the file at hand */
type OnProgress = (part: number, path: string) => void;

/** Of a mail, the lines that say what it counts for, beside the one where it begins. */
const telling = /^(?:Date|Subject):/i;
/** Lines of a mail within which its headers are looked for. */
const mailReach = 60;

/**
 * The raw lines behind one cell of a statistic, read again from the source files.
 * @param key first column of the row as the statistic's CSV prints it, where that is a rank the second
 * @throws UserError when the key has no rows, or when a source file is no longer there
 */
export async function* explain(
  frames: string,
  id: string,
  key: string,
  onProgress: OnProgress = () => {},
): AsyncGenerator<RawLine> {
  const statistic = statisticById(id);
  const engine = await openEngine(frames);
  const { rows } = await engine
    .query(statistic.traceSql(engine.site, withoutGuard(key)))
    .finally(() => engine.close());
  if (rows.length === 0)
    throw new UserError(`${id}: no rows behind "${key}"; see: npx banbook stat ${id} --frames ${frames}`);
  const located = rows.map(({ source, line, count }) => ({
    source: String(source),
    line: Number(line),
    count: Number(count),
  }));
  yield* locate(frames, located, onProgress);
}

/**
 * Reads rows of a frame again from the source files, in the order of the files.
 * @param located `source` and `line` as the frames hold them
 * @throws UserError when a source file is no longer there
 */
export async function* locate(
  frames: string,
  located: readonly { readonly source: string; readonly line: number; readonly count: number }[],
  onProgress: OnProgress = () => {},
): AsyncGenerator<RawLine> {
  const wanted = new Map<string, Map<number, number>>();
  for (const { source, line, count } of located) {
    const lines = wanted.get(source) ?? new Map<number, number>();
    lines.set(line, (lines.get(line) ?? 0) + count);
    wanted.set(source, lines);
  }
  const sources = (await readFrame(frames, 'sources')).filter(({ id }) => wanted.has(id));
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { id, path, kind, bytes } of sources) {
    const shown = relative(process.cwd(), resolve(frames, path));
    const report = (read: number) => onProgress((done + read) / (total || 1), shown);
    yield* rawLines(shown, kind !== 'log', wanted.get(id) ?? new Map(), report);
    done += bytes;
  }
}

async function* rawLines(
  path: string,
  isMail: boolean,
  wanted: ReadonlyMap<number, number>,
  onRead: (bytes: number) => void,
): AsyncGenerator<RawLine> {
  // Not Math.max(...keys): a month may have more lines than a call may have arguments.
  let last = 0;
  for (const line of wanted.keys()) last = Math.max(last, line);
  let mail = 0;
  try {
    const bytes = readBytes(path);
    for await (const { first, lines } of readLines(bytes.content)) {
      onRead(bytes.position());
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
