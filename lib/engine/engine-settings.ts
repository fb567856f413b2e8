import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Settings with which DuckDB is started. */
export const engineSettings = (more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  // DuckDB would take most of the machine's memory for the buffers of large frames; with less it is as quick. With
  // 128 MB, one of the many queries of an audit of a whole year failed once.
  memory_limit: '512MB',
  // What does not fit goes to a folder of this engine's own; DuckDB's default is one in the working directory, which
  // all processes there would share.
  temp_directory: join(tmpdir(), `banbook-${randomUUID()}`),
  ...more,
});
