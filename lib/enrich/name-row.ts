import type { Row } from '../schema.js';
import type { NameAnswer } from './known-names.js';

/** A row of the addresses frame with what the cache knows of its name. What a log said at the time stays. */
export function nameRow(row: Row<'addresses'>, answer: NameAnswer | undefined): Row<'addresses'> {
  if (row.name_source !== null && row.name_source !== 'dns') return row;
  return {
    ...row,
    name: answer?.name ?? null,
    name_status: answer?.status ?? null,
    name_source: answer?.source ?? null,
    name_asked_at: answer?.asked_at ?? null,
  };
}
