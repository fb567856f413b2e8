import type { Row } from '../schema.js';
import type { NameAnswer } from './known-names.js';

/**
 * A row of the addresses frame with what the cache knows of its name. What a log said at the time stays, and so does a
 * name that this cache knows nothing of.
 */
export function nameRow(row: Row<'addresses'>, answer: NameAnswer | undefined): Row<'addresses'> {
  const logged = row.name_source !== null && row.name_source !== 'dns';
  if (logged || !answer) return row;
  const { name, status, source, asked_at } = answer;
  return { ...row, name, name_status: status, name_source: source, name_asked_at: asked_at };
}
