import type { Row } from '../schema.js';
import { csvCell } from './csv.js';

/**
 * Rows of the addresses frame as lines of CSV, their columns in the order of the schema (a test compares them with
 * csvLine). As in authLine one long template: a year has some hundred thousand addresses, and the general way took a
 * third of the time between the last line of a log and the end.
 */
export function addressLine(): (row: Row<'addresses'>) => string {
  let before: Row<'addresses'> | null = null;
  let data = '';
  return (row) => {
    // From row to row these are the same.
    if (row.country_source !== before?.country_source || row.country_as_of !== before.country_as_of)
      data = `${csvCell(row.country_source)},${csvCell(row.country_as_of)}`;
    before = row;
    return `${csvCell(row.address)},${row.version},${csvCell(row.country)},${csvCell(row.country_reason)},${data},${csvCell(row.mmdb_country)},${csvCell(row.mmdb_source)},${csvCell(row.mmdb_as_of)},${row.as_number ?? ''},${csvCell(row.as_organization)},${csvCell(row.name)},${csvCell(row.name_status)},${csvCell(row.name_source)},${csvCell(row.name_asked_at)},${row.first_seen},${row.last_seen}\n`;
  };
}
