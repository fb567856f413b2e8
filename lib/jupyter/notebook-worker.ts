import { trackLines } from './cell-lines.js';

/**
 * Started by run-notebooks.ts, one for each kernel that runs beside the others. It runs the notebooks that it is sent,
 * one after the other, in the warm kernel. tslab is loaded only after its TypeScript has been prepared.
 */
const lines = trackLines();
const { serveNotebooks } = await import('./serve-notebooks.js');
serveNotebooks(lines);
