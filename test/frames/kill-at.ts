/** A program that replaces a folder and is killed at the moment that it is told. */
import fs, { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const [place = '', moment] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

// The moments lie between calls to the file system: each of these is the last that is made.
const rename = fs.renameSync;
let renames = 0;
fs.renameSync = (from, to) => {
  rename(from, to);
  renames++;
  if (moment === 'away' && renames === 1) die();
  if (moment === 'done' && renames === 2) die();
};
syncBuiltinESMExports();

const { replaceFolder } = await import('../../lib/frames/replace-folder.js');
await replaceFolder(place, async (fresh) => {
  if (moment === 'begin') die();
  writeFileSync(join(fresh, 'datapackage.json'), '{"banbook": {}}');
  writeFileSync(join(fresh, 'auth.csv'), 'new');
  if (moment === 'filled') die();
});
