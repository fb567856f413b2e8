import { createHash, randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { writtenFrames } from '../frames/datapackage.js';
import type { FrameName } from '../schema.js';
import { engineSettings } from './engine-settings.js';
import { csvQuery, literal } from './frame-view.js';

/** A smaller frame is read from its CSV as quickly. */
const worthCopy = 1 << 20;

/** The CSV's hash and the query that reads it are in the name: a copy of other content, or of an older schema, has another. */
function pathOf(folder: string, frame: FrameName, hash: string): string {
  const key = createHash('sha256')
    .update(hash)
    .update(csvQuery(frame, '', true))
    .digest('hex');
  return join(folder, `.${frame}.${key.slice(0, 16)}.parquet`);
}

/**
 * Parquet copies of the large frames, kept beside their CSV and made where they are missing. The CSV stays what counts;
 * a copy is read because a statistic over it takes a tenth of the time. It appears at once under its name, so that of
 * several processes each finds none or a whole one. Where none can be written, the frame has none.
 * @param trusted frames whose files are as banbook wrote them
 */
export async function columnarCopies(
  folder: string,
  trusted: ReadonlySet<FrameName>,
): Promise<ReadonlyMap<FrameName, string>> {
  const written = Object.entries(writtenFrames(folder)) as [FrameName, { bytes: number; hash: string }][];
  const large = written.filter(([frame, { bytes }]) => trusted.has(frame) && bytes >= worthCopy);
  const paths = new Map(large.map(([frame, { hash }]) => [frame, pathOf(folder, frame, hash)]));
  const missing = [...paths].filter(([, path]) => !existsSync(path));
  if (missing.length > 0) await makeCopies(folder, missing);
  return new Map([...paths].filter(([, path]) => existsSync(path)));
}

/** One thread and small groups of rows: the copies take a third of the memory, and hardly more time. */
async function makeCopies(folder: string, missing: readonly (readonly [FrameName, string])[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', engineSettings({ threads: '1' }));
  const connection = await instance.connect();
  try {
    for (const [frame, path] of missing) {
      const part = `${path}.${randomUUID()}`;
      try {
        const rows = csvQuery(frame, join(folder, `${frame}.csv`), true);
        await connection.run(`COPY (${rows}) TO ${literal(part)} (FORMAT parquet, ROW_GROUP_SIZE 30720)`);
        renameSync(part, path);
      } catch {
        // A folder that cannot be written, a full disk: the frame is read from its CSV, which says what is wrong with it.
        rmSync(part, { force: true });
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
