import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { writeMailbox } from '../bench/write-mailbox.js';
import { scratch } from '../scratch.js';

/** A log of more than the 16 MB from which on threads are used, in which every line is another one. */
function longLog(): string {
  const lines: string[] = [];
  const messages = [
    (n: number) =>
      `Failed password for invalid user u${n % 50} from 192.0.2.${n % 250} port ${n % 65_536} ssh2`,
    () => 'Disconnecting: Too many authentication failures [preauth]',
    (n: number) => `a wording ${'of nobody '.repeat(n % 3)}that is not known`,
    () => 'Received signal 15; terminating.',
  ];
  for (let n = 0; n < 190_000; n++) {
    const stamp = new Date(Date.UTC(2018, 11, 1) + n * 100_000).toUTCString();
    const [, day, month, , time] = stamp.split(' ');
    const text = n % 97 === 0 ? 'last message repeated 2 times' : `sshd[${n >> 2}]: ${messages[n % 4]?.(n)}`;
    lines.push(`${month} ${day?.replace(/^0/, ' ')} ${time} host${n % 3}.example ${text}`);
  }
  return `${lines.join('\n')}\n`;
}

test('frames do not depend on how many threads make them', async (t) => {
  // What has been built: Node 20 cannot begin a thread with a file of TypeScript.
  const path = new URL('../../dist/make-frames.js', import.meta.url).href;
  const { makeFrames } = (await import(path)) as typeof import('../../lib/make-frames.js');
  const log = longLog();
  assert.ok(log.length > 16 * 1024 * 1024);
  const folder = scratch(t, { 'in/secure-20190701': log, 'out/x': '' });
  const mbox = join(folder, 'in', 'mbox');
  await writeMailbox(mbox, 3200);
  // The same mails again, as they came to an alias.
  const again = readFileSync(mbox, 'latin1').replace(/^Delivered-To: root@/gm, 'Delivered-To: alias@');
  writeFileSync(`${mbox}-of-alias`, again, 'latin1');
  let begun = 0;
  const count = (): void => {
    begun++;
  };
  process.on('worker', count);
  t.after(() => process.off('worker', count));
  const made = async (threads: number) => {
    const out = join(folder, 'out', `frames${threads}`);
    await makeFrames([join(folder, 'in')], out, defaultSite, {
      year: null,
      threads,
      findings: false,
      onProgress: () => {},
    });
    return readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]);
  };
  const one = await made(1);
  assert.equal(begun, 0);
  assert.ok(one.some(([name, text]) => name === 'auth.csv' && (text?.length ?? 0) > 1_000_000));
  const bans = one.find(([name]) => name === 'bans.csv')?.[1]?.match(/,ban,.*,mail,/g);
  assert.equal(bans?.length, 3200, 'each mail counts once');
  assert.deepEqual(await made(2), one);
  assert.equal(begun, 2);
  assert.deepEqual(await made(5), one);
  assert.equal(begun, 7);
});
