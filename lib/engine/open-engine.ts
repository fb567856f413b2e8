import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, type DuckDBResultReader } from '@duckdb/node-api';
import { messageOf, UserError } from '../errors.js';
import { framesAsWritten, readDatapackage } from '../frames/datapackage.js';
import { type FrameName, schema } from '../schema.js';
import { checkFrame } from './check-frame.js';
import { columnarCopies } from './columnar-copies.js';
import type { Engine } from './engine.js';
import { engineSettings } from './engine-settings.js';
import { asPattern, frameView, literal } from './frame-view.js';
import { tableOf } from './table-of.js';

/**
 * Makes a view of each frame.
 * @returns the Parquet copies that they read
 */
async function makeViews(
  connection: DuckDBConnection,
  framesDir: string,
  trusted: ReadonlySet<FrameName>,
): Promise<string[]> {
  const copies = await columnarCopies(framesDir, trusted);
  for (const frame of Object.keys(schema) as FrameName[]) {
    const path = join(framesDir, `${frame}.csv`);
    const found = existsSync(path);
    if (found && !trusted.has(frame)) checkFrame(path, frame);
    // banbook writes no end of a line into a cell of these; a path of a source may have one.
    const lineIsRow = trusted.has(frame) && frame !== 'sources';
    await connection.run(frameView(frame, found ? path : null, lineIsRow, copies.get(frame)));
  }
  return [...copies.values()];
}

/** From here on nothing but the folder of the frames can be reached, and no setting changed. */
async function lock(connection: DuckDBConnection, framesDir: string): Promise<void> {
  const allowed = [framesDir, asPattern(framesDir)].map((path) => literal(`${path}/`));
  await connection.run(`SET allowed_directories = [${allowed.join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/**
 * Opens a folder of frames for SQL: one table a frame, named and typed as in lib/schema.ts, empty where the
 * file is missing. A file that was changed since banbook wrote it is held against the schema first.
 * @param trusted frames whose files are as banbook wrote them; found out by their hashes where it is not given
 * @throws UserError when the folder has no frames or a row does not fit its columns
 */
export async function openEngine(framesDir: string, trusted?: ReadonlySet<FrameName>): Promise<Engine> {
  const { site, synthetic, period } = readDatapackage(framesDir);
  const folder = resolve(framesDir);
  const instance = await DuckDBInstance.create(':memory:', engineSettings());
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  let copies: readonly string[];
  try {
    copies = await makeViews(connection, folder, trusted ?? framesAsWritten(folder));
    await lock(connection, folder);
  } catch (error) {
    close();
    throw error;
  }
  const run = async (sql: string): Promise<DuckDBResultReader> => {
    try {
      return await connection.runAndReadAll(sql);
    } catch (error) {
      // The frames were made anew meanwhile: the query is answered from those that are there now.
      if (copies.every((copy) => existsSync(copy)))
        throw new UserError(`the query failed: ${messageOf(error).slice(0, 2000)}`);
      copies = await makeViews(connection, folder, framesAsWritten(folder));
      return run(sql);
    }
  };
  return { site, synthetic, period, close, query: async (sql) => tableOf(await run(sql)) };
}
