import { createRequire } from 'node:module';
import type { DataFrame } from 'danfojs-node';
import { UserError } from '../errors.js';
import type { Table, TableColumn } from './engine.js';

// Loaded at the first call: it takes half a second that the command line should not pay.
const require = createRequire(import.meta.url);

/**
 * danfojs has no 64-bit dtypes. The dtype is a label only: the values stay JS numbers, exact to 2^53, as long
 * as no DataFrame arithmetic (which banbook leaves out, see lib/stubs/no-tfjs) turns them into tensors.
 */
const dtypes: Record<TableColumn['type'], string> = {
  string: 'string',
  integer: 'int32',
  number: 'float32',
  boolean: 'boolean',
  datetime: 'string',
  date: 'string',
};

/**
 * A table as a danfojs DataFrame: from an object of columns with stated dtypes, because its other ways guess
 * types and mix up columns. Nulls stay null; times and dates stay text.
 * @throws UserError when a column is named like a member of DataFrame, which it would hide
 */
export function toDataFrame(table: Table): DataFrame {
  const danfo = require('danfojs-node') as typeof import('danfojs-node');
  const names = table.columns.map((column) => column.name);
  const types = table.columns.map((column) => dtypes[column.type]);
  const hidden = names.find((name) => clashes(danfo.DataFrame.prototype, name));
  if (hidden !== undefined)
    throw new UserError(`danfojs cannot hold a column named "${hidden}": give it another name with AS`);
  // Without rows an object of columns throws "end must be greater than start"; an empty array does not.
  if (table.rows.length === 0) return new danfo.DataFrame([], { columns: names, dtypes: types });
  const columns = names.map((name) => [name, table.rows.map((row) => row[name] ?? null)] as const);
  return new danfo.DataFrame(Object.fromEntries(columns), { dtypes: types });
}

/**
 * danfojs makes each column a property of the frame: one named like a member (values, shape, head) replaces it,
 * and digits alone are moved to the front by JS, away from their dtype. Frames do have a column `count`; that
 * one was tried, and only takes the place of the method count().
 */
const clashes = (prototype: object, name: string): boolean =>
  (name in prototype && name !== 'count') || /^\$|^\d+$/.test(name);
