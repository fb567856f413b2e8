import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { messageOf, UserError } from '../errors.js';
import { framesAsWritten, readDatapackage } from '../frames/datapackage.js';
import { type FrameName, schema } from '../schema.js';
import { checkFrame } from './check-frame.js';
import type { Engine } from './engine.js';
import { asPattern, frameView, literal } from './frame-view.js';
import { tableOf } from './table-of.js';

/** Views over the frames; after that nothing but their folder can be reached, and no setting changed. */
async function prepare(
  connection: DuckDBConnection,
  framesDir: string,
  trusted: ReadonlySet<FrameName>,
): Promise<void> {
  for (const frame of Object.keys(schema) as FrameName[]) {
    const path = join(framesDir, `${frame}.csv`);
    const found = existsSync(path);
    if (found && !trusted.has(frame)) checkFrame(path, frame);
    // banbook writes no end of a line into a cell of these; a path of a source may have one.
    const lineIsRow = trusted.has(frame) && frame !== 'sources';
    await connection.run(frameView(frame, found ? path : null, lineIsRow));
  }
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
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // DuckDB would take most of the machine's memory for the buffers of large frames; with less it is as quick. With
    // 128 MB, one of the many queries of an audit of a whole year failed once.
    memory_limit: '512MB',
  });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await prepare(connection, resolve(framesDir), trusted ?? framesAsWritten(framesDir));
  } catch (error) {
    close();
    throw error;
  }
  return {
    site,
    synthetic,
    period,
    close,
    query: async (sql) => {
      let result: Awaited<ReturnType<DuckDBConnection['runAndReadAll']>>;
      try {
        result = await connection.runAndReadAll(sql);
      } catch (error) {
        throw new UserError(`the query failed: ${messageOf(error).slice(0, 2000)}`);
      }
      return tableOf(result);
    },
  };
}
