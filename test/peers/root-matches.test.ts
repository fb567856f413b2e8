import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openEngine } from '../../lib/engine/index.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { runStatistic } from '../../lib/stats/index.js';
import { scratch } from '../scratch.js';

const regex = ['/usr/bin/fail2ban-regex', '/usr/local/bin/fail2ban-regex'].find(existsSync);

/** What sshd and PAM write of root, a connection at a time. */
const lines = [
  // One failed password with PAM's line before it, and twice more by a repeated line.
  'sshd[11]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=root',
  'sshd[11]: Failed password for root from 192.0.2.1 port 4001 ssh2',
  'sshd[11]: message repeated 2 times: [ Failed password for root from 192.0.2.1 port 4001 ssh2]',
  'sshd[11]: error: maximum authentication attempts exceeded for root from 192.0.2.1 port 4001 ssh2 [preauth]',
  'sshd[11]: Disconnecting: Too many authentication failures [preauth]',
  'sshd[11]: PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.1  user=root',
  // A key is an offer; the two other methods count.
  'sshd[12]: Failed publickey for root from 192.0.2.2 port 4002 ssh2',
  'sshd[12]: Failed none for root from 192.0.2.2 port 4002 ssh2',
  'sshd[12]: Failed keyboard-interactive/pam for root from 192.0.2.2 port 4002 ssh2',
  'sshd[13]: User root from 192.0.2.3 not allowed because not listed in AllowUsers',
  'sshd[14]: ROOT LOGIN REFUSED FROM 192.0.2.4',
];

test("fail2ban's own filter counts the lines of root that the statistic says it counts", async (t) => {
  if (regex === undefined) {
    assert.ok(!process.env.CI, 'fail2ban is not installed: apt-get install fail2ban');
    t.skip('fail2ban is not installed: apt-get install fail2ban');
    return;
  }
  const text = lines.map((line, i) => `Jun  1 12:00:${String(10 + i)} host1 ${line}\n`).join('');
  const input = scratch(t, { 'secure-20190701': text });
  const printed = execFileSync(regex, [join(input, 'secure-20190701'), 'sshd'], { encoding: 'utf8' });
  const matched = Number(/^Lines: \d+ lines, \d+ ignored, (\d+) matched/m.exec(printed)?.[1]);
  const out = join(scratch(t), 'frames');
  await makeFrames([input], out, defaultSite, { year: null, threads: 1, onProgress: () => {} });
  const engine = await openEngine(out);
  t.after(() => engine.close());
  const { table } = await runStatistic(engine, 'root-failures-by-month');
  const { failures, pam_failures, connections, fail2ban_matches } = table.rows[0] ?? {};
  assert.deepEqual([failures, pam_failures, connections], [3, 3, 1]);
  assert.equal(fail2ban_matches, matched, printed);
});
