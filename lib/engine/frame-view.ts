import { type Column, type FrameName, schema } from '../schema.js';

const sqlTypes: Record<Column['type'], string> = {
  string: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  date: 'DATE',
};

/** A string as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A path as the reader wants it, which takes *, ? and [ for patterns. */
export const asPattern = (path: string): string => path.replace(/[*?[]/g, '[$&]');

/** Nothing is left to the reader's guesses. */
const readerOptions = [
  'auto_detect=false',
  'header=true',
  'skip=0',
  "comment=''",
  "delim=','",
  `quote='"'`,
  `escape='"'`,
  "new_line='\\n'",
  // An empty cell is null, but "" is the empty string: an account name that was tried.
  "nullstr=''",
  'allow_quoted_nulls=false',
  'strict_mode=true',
  'null_padding=false',
  'ignore_errors=false',
  // The default takes 32 MB a thread and is no faster. A line may have 2 MB.
  'buffer_size=4194304',
].join(', ');

/** Takes off the quote that keeps a spreadsheet from running a cell as a formula. */
const unguarded = (name: string): string =>
  `CASE WHEN regexp_matches("${name}", '^''+[=+\\-@\\t\\r]') THEN substr("${name}", 2) ELSE "${name}" END AS "${name}"`;

/** `CAST(NULL AS …)` for each column, and no row. */
function emptyQuery(frame: FrameName): string {
  const columns = Object.entries<Column>(schema[frame].columns);
  const nulls = columns.map(([name, { type }]) => `CAST(NULL AS ${sqlTypes[type]}) AS "${name}"`);
  return `SELECT ${nulls.join(', ')} WHERE false`;
}

/**
 * DuckDB SQL that reads a frame's CSV file.
 * @param lineIsRow true where no cell holds the end of a line, so that several threads may begin in the middle
 */
export function csvQuery(frame: FrameName, path: string, lineIsRow: boolean): string {
  const columns = Object.entries<Column>(schema[frame].columns);
  const types = columns.map(([name, { type }]) => `${literal(name)}: '${sqlTypes[type]}'`);
  // A column of a closed list of values cannot hold a guarded cell.
  const cells = columns.map(([name, { type, values }]) =>
    type === 'string' && !values ? unguarded(name) : `"${name}"`,
  );
  return `SELECT ${cells.join(', ')}
FROM read_csv(${literal(asPattern(path))}, ${readerOptions}, parallel=${lineIsRow}, columns={${types.join(', ')}})`;
}

/**
 * DuckDB SQL that makes one frame a view.
 * @param path of its CSV file; null makes an empty view
 * @param copy of its Parquet copy, which is read in place of the CSV
 */
export function frameView(
  frame: FrameName,
  path: string | null,
  lineIsRow: boolean,
  copy?: string | undefined,
): string {
  const rows =
    path === null
      ? emptyQuery(frame)
      : copy === undefined
        ? csvQuery(frame, path, lineIsRow)
        : `SELECT * FROM read_parquet(${literal(asPattern(copy))})`;
  return `CREATE OR REPLACE VIEW ${frame} AS ${rows}`;
}
