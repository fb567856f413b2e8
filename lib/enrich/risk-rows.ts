import type { Row } from '../schema.js';
import { askedFor, type RiskRow } from './known-risks.js';

/** The rows of the risk frame that belong to the rows of the addresses frame, which come one by one. */
export interface RiskRows {
  /** Passes rows of the addresses frame through. */
  noting(rows: Iterable<Row<'addresses'>>): Iterable<Row<'addresses'>>;
  /** Risk of the names and addresses that have passed, in the order of their text. */
  noted(): RiskRow[];
}

/** @param known risks, see knownRisks */
export function riskRows(known: Iterable<RiskRow>): RiskRows {
  const byKey = new Map<string, RiskRow[]>();
  for (const risk of known) byKey.set(askedFor(risk), [...(byKey.get(askedFor(risk)) ?? []), risk]);
  const keys = new Set<string>();
  function* noting(rows: Iterable<Row<'addresses'>>): Generator<Row<'addresses'>> {
    for (const row of rows) {
      if (byKey.has(row.address)) keys.add(row.address);
      if (row.name !== null && byKey.has(row.name)) keys.add(row.name);
      yield row;
    }
  }
  return {
    noting: byKey.size === 0 ? (rows) => rows : noting,
    noted: () => [...keys].sort().flatMap((key) => byKey.get(key) ?? []),
  };
}
