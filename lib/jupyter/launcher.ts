import { trackLines } from './cell-lines.js';

/** Started by kernel.json with the connection file. tslab is loaded only after its TypeScript has been prepared. */
const [connectionFile] = process.argv.slice(2);
if (connectionFile === undefined) {
  process.stderr.write('launcher: Jupyter starts this file; it needs the path of a connection file\n');
  process.exitCode = 2;
} else {
  const lines = trackLines();
  const { startKernel } = await import('./kernel.js');
  await startKernel(connectionFile, lines);
}
