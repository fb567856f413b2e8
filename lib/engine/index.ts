export type { Cell, Engine, Table, TableColumn } from './engine.js';
export { openEngine } from './open-engine.js';
export { toDataFrame } from './to-data-frame.js';
