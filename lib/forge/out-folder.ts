import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';

const ours =
  /^(raw\/(?:secure|maillog|messages|dovecot\.log)-\d{8}(?:\.gz)?|raw\/(?:fail2ban\.(?:mbox|log)|logwatch\.mbox)|cache\/names\.jsonl|site\.json)$/;
const mark = '"synthetic": true';

/**
 * Makes the folder ready: takes away what an earlier forge left, so that two periods never mix.
 * @throws UserError when it holds data that no forge made
 */
export function prepareFolder(out: string): void {
  const truth = join(out, 'truth.json');
  try {
    for (const folder of ['raw', 'cache']) mkdirSync(join(out, folder), { recursive: true });
    const old = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => ours.test(name));
    const forged = existsSync(truth) && readFileSync(truth, 'utf8').includes(mark);
    if (old.length > 0 && !forged)
      throw new UserError(`${out}: holds ${old[0]}, which forge did not make; give a folder without data`, 2);
    // An interrupted run leaves this mark, so that the next one knows the files as forged.
    writeFileSync(truth, `{ ${mark} }\n`);
    for (const name of old) rmSync(join(out, name));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${out}: cannot write into this folder (${messageOf(error)})`);
  }
}
