import type { Row } from '../schema.js';
import type { RiskRow } from './known-risks.js';

/** The rows of the risk frame that belong to the rows of the addresses frame, which come one by one. */
export interface RiskRows {
  /** Passes rows of the addresses frame through. */
  noting(rows: Iterable<Row<'addresses'>>): Generator<Row<'addresses'>>;
  /** Risk of the names and addresses that have passed, in the order of their text. */
  noted(): RiskRow[];
}

/** @param known risk by host name or address */
export function riskRows(known: ReadonlyMap<string, RiskRow>): RiskRows {
  const keys = new Set<string>();
  return {
    *noting(rows) {
      for (const row of rows) {
        if (known.has(row.address)) keys.add(row.address);
        if (row.name !== null && known.has(row.name)) keys.add(row.name);
        yield row;
      }
    },
    noted: () => [...keys].sort().flatMap((key) => known.get(key) ?? []),
  };
}
