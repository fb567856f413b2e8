import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBResultReader,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import { UserError } from '../errors.js';
import type { Cell, Table, TableColumn } from './engine.js';

const types: Partial<Record<DuckDBTypeId, TableColumn['type']>> = {
  [DuckDBTypeId.VARCHAR]: 'string',
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.TINYINT]: 'integer',
  [DuckDBTypeId.SMALLINT]: 'integer',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'integer',
  [DuckDBTypeId.HUGEINT]: 'integer',
  [DuckDBTypeId.UTINYINT]: 'integer',
  [DuckDBTypeId.USMALLINT]: 'integer',
  [DuckDBTypeId.UINTEGER]: 'integer',
  [DuckDBTypeId.UBIGINT]: 'integer',
  [DuckDBTypeId.UHUGEINT]: 'integer',
  [DuckDBTypeId.FLOAT]: 'number',
  [DuckDBTypeId.DOUBLE]: 'number',
  [DuckDBTypeId.DECIMAL]: 'number',
  [DuckDBTypeId.TIMESTAMP]: 'datetime',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'datetime',
  [DuckDBTypeId.DATE]: 'date',
};

function columnOf(name: string, type: DuckDBType): TableColumn {
  const known = types[type.typeId];
  if (known) return { name, type: known };
  throw new UserError(
    `column "${name}" is ${type}, which a table cannot hold: cast it, for example to varchar`,
  );
}

function isoTime(micros: bigint): string {
  const fraction = String(((micros % 1_000_000n) + 1_000_000n) % 1_000_000n).padStart(6, '0');
  const milliseconds = (micros - BigInt(fraction)) / 1000n;
  const text = new Date(Number(milliseconds)).toISOString().slice(0, 19);
  return fraction === '000000' ? text : `${text}.${fraction}`;
}

function safe(value: bigint, scale = 0): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError('is too large for a JS number');
  return number / 10 ** scale;
}

function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return safe(value);
  if (value instanceof DuckDBDecimalValue) return safe(value.value, value.scale);
  if (value instanceof DuckDBTimestampValue) return isoTime(value.micros);
  if (value instanceof DuckDBTimestampTZValue) return `${isoTime(value.micros)}Z`;
  if (value instanceof DuckDBDateValue) return isoTime(BigInt(value.days) * 86_400_000_000n).slice(0, 10);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new RangeError('is not a finite number');
}

/** The one place where DuckDB's values become a Table's. @throws UserError when a value or a type has no place there */
export function tableOf(result: DuckDBResultReader): Table {
  const names = result.columnNames();
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UserError(`two columns are named "${twice}": give one another name with AS`);
  const resultTypes = result.columnTypes();
  const columns = names.map((name, index) => {
    const type = resultTypes[index];
    if (!type) throw new Error(`DuckDB gave no type for column "${name}"`);
    return columnOf(name, type);
  });
  const rows = result.getRows().map((values, row) =>
    Object.fromEntries(
      names.map((name, index) => {
        try {
          return [name, cellOf(values[index] ?? null)];
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          throw new UserError(`column "${name}", row ${row + 1}: ${values[index]} ${error.message}`);
        }
      }),
    ),
  );
  return { columns, rows };
}
