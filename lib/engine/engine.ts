import type { Column } from '../schema.js';
import type { Site } from '../site.js';

export type Cell = string | number | boolean | null;

export interface TableColumn {
  readonly name: string;
  readonly type: Column['type'];
}

/**
 * What a query returns, the same from every engine: datetime as `2018-12-01T00:00:00` (with a Z only where
 * the SQL asks for a zone), date as `2018-12-01`, all numbers as JS numbers, missing as null.
 */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

/** Runs SQL over one folder of frames; each frame is a table of its own name. */
export interface Engine {
  /** Settings under which the frames were made. */
  readonly site: Site;
  /** True when any of the input came from banbook forge. */
  readonly synthetic: boolean;
  /** First and last local date of the input, or null when it has no stamp. */
  readonly period: { readonly first: string; readonly last: string } | null;
  /** @throws UserError with the engine's own message; also when a value does not fit a JS number */
  query(sql: string): Promise<Table>;
  /** Ends the engine; a query after it fails. */
  close(): void;
}
