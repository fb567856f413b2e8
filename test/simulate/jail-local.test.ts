import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { type BanIncrement, fail2banDefaults, incrementDefaults } from '../../lib/ban-settings.js';
import { figureNames, jailLocal, type SettingFigures } from '../../lib/simulate/index.js';
import { scratch } from '../scratch.js';

const none = Object.fromEntries(figureNames.map((name) => [name, { lower: 0, upper: 0 }])) as SettingFigures;

/** As jail.local comes out for one setting, beside what fail2ban needs to start a jail. */
function fragment(jail: string, increment: Partial<BanIncrement>): string {
  const settings = { ...fail2banDefaults, increment: { ...incrementDefaults, ...increment } };
  const rest = 'enabled = true\nfilter = sshd\nbackend = polling\nlogpath = /dev/null\n';
  return jailLocal(jail, [{ settings, figures: none }]) + rest;
}

/** What fail2ban makes of jail.local: options of the jail, by name. */
function readByFail2ban(folder: string, jail: string, text: string): Record<string, unknown> {
  cpSync('/etc/fail2ban', folder, { recursive: true });
  for (const other of ['jail.d', 'fail2ban.d', 'jail.local', 'fail2ban.local'])
    rmSync(`${folder}/${other}`, { recursive: true, force: true });
  writeFileSync(`${folder}/jail.local`, text);
  const run = (option: string) => spawnSync('fail2ban-client', ['-c', folder, option], { encoding: 'utf8' });
  const tested = run('-t');
  assert.equal(tested.status, 0, tested.stdout + tested.stderr);
  const script = [
    'import ast, json, sys',
    'rows = [ast.literal_eval(line) for line in sys.stdin if line.startswith("[\'set\'")]',
    'print(json.dumps({row[2]: row[3] for row in rows if row[1] == sys.argv[1]}))',
  ].join('\n');
  const { stdout } = spawnSync('python3', ['-c', script, jail], {
    input: run('-d').stdout,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

for (const [jail, increment, wanted] of [
  [
    'sshd',
    { formula: 'ban.Time * (1 if ban.Count % 3 else 2)' },
    { 'bantime.formula': 'ban.Time * (1 if ban.Count % 3 else 2)' },
  ],
  [
    'sshd',
    { factor: '7 % 4', multipliers: [1, 2, 4] },
    { 'bantime.factor': '7 % 4', 'bantime.multipliers': '1 2 4' },
  ],
  [
    'MySSH',
    { formula: 'ban.Time*100 if 1 <ban.Count> 0 else 5 %4' },
    { 'bantime.formula': 'ban.Time*100 if 1 <ban.Count> 0 else 5 %4' },
  ],
  [
    'SSH-IPTABLES',
    { maxtime: 604_800, rndtime: 60, overalljails: true },
    { 'bantime.maxtime': '604800', 'bantime.rndtime': '60', 'bantime.overalljails': true },
  ],
] as const)
  test(`fail2ban reads ${jail} with ${JSON.stringify(increment)} as it is meant`, (t) => {
    if (!existsSync('/etc/fail2ban/jail.conf')) {
      assert.ok(!process.env.CI, 'fail2ban is not installed: apt-get install fail2ban');
      t.skip('fail2ban is not installed: apt-get install fail2ban');
      return;
    }
    const options = readByFail2ban(scratch(t), jail, fragment(jail, increment));
    assert.equal(options['bantime.increment'], true);
    for (const [name, value] of Object.entries(wanted)) assert.equal(String(options[name]), String(value));
  });
