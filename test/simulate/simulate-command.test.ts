import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { siteOf } from '../../lib/site.js';
import { framesOf } from '../frames/frames-of.js';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

const failed = (host: string, minute: number, address: string) =>
  `2019-06-01T12:${String(minute).padStart(2, '0')}:00Z ${host} sshd[7]: Failed password for root from ${address} port 5 ssh2\n`;
const ban = (jail: string, minute: number, address: string) =>
  `2019-06-01 12:${String(minute).padStart(2, '0')}:01,000 fail2ban.actions [99]: NOTICE [${jail}] Ban ${address}\n`;

/** Frames of servers on each of which one address fails four times and is banned at the third. */
async function frames(t: TestContext, hosts: readonly string[], jail: string): Promise<string> {
  const lines = hosts.flatMap((host, at) =>
    [0, 1, 2, 9].map((minute) => failed(host, 10 * at + minute, `192.0.2.${at + 1}`)),
  );
  const bans = hosts.map((_, at) => ban(jail, 10 * at + 2, `192.0.2.${at + 1}`));
  const files = { secure: lines.join(''), 'fail2ban.log': bans.join('') };
  const { out } = await framesOf(t, files, siteOf({ jails: { MySSH: 'ssh' } }, 'x'));
  return out;
}

function simulate(folder: string, ...args: string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [cli, 'simulate', '--frames', folder, ...args],
    { encoding: 'utf8' },
  );
  return { stdout, stderr, status };
}

test('jails are spelled as in fail2ban’s log, however they are asked for', async (t) => {
  const folder = await frames(t, ['host1'], 'MySSH');
  for (const args of [[], ['--jail', 'MySSH'], ['--jail', 'MYSSH']])
    assert.match(simulate(folder, '--jail-local', ...args).stdout, /^\[MySSH\]\n/);
  assert.match(simulate(folder, '--check', '--jail', 'myssh').stdout, /^MySSH of host1: 3 failures/);
  const unseen = simulate(folder, '--jail-local', '--jail', 'SSH-IPTABLES');
  assert.match(unseen.stdout, /^\[ssh-iptables\]\n/);
});

test('of several servers it says which it takes', async (t) => {
  const folder = await frames(t, ['host1', 'host2'], 'sshd');
  const first = simulate(folder, '--jail-local');
  assert.equal(first.stderr.split('\n')[0], 'plays sshd of host1; --jail and --host take sshd of host2');
  assert.match(first.stdout, /^\[sshd\]\n# for the server host1\n/);
  const second = simulate(folder, '--jail-local', '--host', 'host2');
  assert.match(second.stdout, /^\[sshd\]\n# for the server host2\n/);
  assert.doesNotMatch(second.stderr, /plays/);
  const checked = (...args: string[]) => simulate(folder, '--check', ...args).stdout.match(/^sshd of \w+/gm);
  assert.deepEqual(checked(), ['sshd of host1', 'sshd of host2']);
  assert.deepEqual(checked('--host', 'host2'), ['sshd of host2']);
  for (const args of [['--check'], []])
    assert.deepEqual(simulate(folder, '--host', 'host3', ...args), {
      stdout: '',
      stderr:
        'banbook: the auth frame has no row that a jail counts of a server "host3"; its servers: host1, host2\n',
      status: 2,
    });
});

test('options that do not go with --check are refused', async (t) => {
  const folder = await frames(t, ['host1'], 'sshd');
  for (const [name, ...value] of [
    ['maxretry', 'abc'],
    ['findtime', '10m'],
    ['bantime', '1h'],
    ['known-good', 'root'],
    ['threads', '2'],
    ['jail-local'],
  ])
    assert.deepEqual(simulate(folder, '--check', `--${name}`, ...value), {
      stdout: '',
      stderr: `banbook: simulate: --check takes --jail and --host, and no --${name}\n`,
      status: 2,
    });
});
