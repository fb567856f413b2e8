/** banbook's one public entry, in the order of the flow. */
export { UserError } from './errors.js';
// Showing in a notebook
export {
  type Figure,
  show,
  showLines,
  showSql,
  showTable,
  showText,
  type Table,
  type TableOptions,
} from './figures/show.js';
export { type Finding, type FrameName, type Row, schema } from './schema.js';
export { readSite, type Site } from './site.js';
