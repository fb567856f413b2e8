/** banbook's one public entry, in the order of the flow. */
export { UserError } from './errors.js';
export { type Finding, type FrameName, type Row, schema } from './schema.js';
export { readSite, type Site } from './site.js';
