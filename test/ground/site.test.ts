import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaultSite, readSite, siteOf } from '../../lib/site.js';
import { scratch } from '../scratch.js';

test('every field has a default; jail names do not care for case', () => {
  assert.deepEqual(siteOf({}, 'x'), defaultSite);
  const { jails, zone } = siteOf({ zone: 'Asia/Tokyo', jails: { 'My-SSH': 'ssh' } }, 'x');
  assert.deepEqual([zone, jails['my-ssh'], jails.sshd], ['Asia/Tokyo', 'ssh', 'ssh']);
});

test('each jail has ban settings: those given, else those of its service', () => {
  const { bans } = siteOf({ jails: { web: 'imap' }, bans: { SSHD: { bantime: -1 } } }, 'x');
  assert.deepEqual(bans.sshd, { bantime: -1, findtime: 1800, maxretry: 3 });
  assert.deepEqual(bans['ssh-iptables'], { bantime: 360_000, findtime: 1800, maxretry: 3 });
  assert.deepEqual(bans['postfix-sasl'], { bantime: 360_000, findtime: 5400, maxretry: 2 });
  assert.deepEqual(bans.web, { bantime: 360_000, findtime: 5400, maxretry: 2 });
});

test('own addresses and networks, hosts and languages', () => {
  const given = {
    own: ['192.0.2.1', '198.51.100.0/24', '10.0.0.0/8', '2001:db8::1', '2001:db8::/32'],
    hosts: ['host1'],
    languages: ['ja'],
  };
  const { own, hosts, languages } = siteOf(given, 'x');
  assert.deepEqual({ own, hosts, languages }, given);
});

test('the committed settings are valid', () => {
  for (const path of ['data/site.json', 'data/sample/site.json'])
    assert.doesNotThrow(() => siteOf(JSON.parse(readFileSync(path, 'utf8')), path));
});

const wrong: [unknown, RegExp][] = [
  [[], /x: expected a JSON object of settings/],
  [{ zoen: 'UTC' }, /x: unknown setting "zoen"; known: zone, home, period, lists, jails, bans, hosts, own/],
  [{ zone: 'Tokyo' }, /x: "zone" must be an IANA zone such as "Asia\/Tokyo", got "Tokyo"/],
  [{ home: 'Japan' }, /x: "home" must be two capital letters/],
  [{ period: { from: '2019-12-01', to: '2018-12-01' } }, /x: "period" must be null or/],
  [{ period: '2019' }, /x: "period" must be null or/],
  [{ lists: ['zen.spamhaus.org'] }, /x: "lists" must be null or two domains/],
  [{ jails: { sshd: 'telnet' } }, /x: "jails" must be an object of jail name to ssh, smtp, imap, pop3/],
  [{ bans: { sshd: { bantime: 0 } } }, /x: "bans" must be an object of jail name to/],
  [{ bans: { sshd: { bantime: '1h' } } }, /x: "bans" must be/],
  [{ bans: { sshd: { maxretry: -1 } } }, /x: "bans" must be/],
  [{ bans: { sshd: { ban: 5 } } }, /x: "bans" must be/],
  [{ bans: { web: { bantime: 5 } } }, /x: "bans" has the jail "web", to which "jails" gives no service/],
  [{ hosts: [] }, /x: "hosts" must be null or a list of server names/],
  [{ own: ['host1'] }, /x: "own" must be a list of addresses and networks/],
  [{ own: ['192.0.2.0/4'] }, /x: "own" must be/],
  [{ own: ['192.0.2.0/33'] }, /x: "own" must be/],
  [{ own: ['192.0.2.0/24/1'] }, /x: "own" must be/],
  [{ own: ['2001:db8::/40'] }, /x: "own" must be/],
  [{ own: ['2001:db8::/48'] }, /x: "own" must be/],
  [{ languages: [] }, /x: "languages" must be a list of "en" and "ja"/],
  [{ languages: ['de'] }, /x: "languages" must be/],
];
for (const [settings, message] of wrong)
  test(`refused: ${JSON.stringify(settings)}`, () => {
    assert.throws(() => siteOf(settings, 'x'), { name: 'UserError', exitCode: 2, message });
  });

test('a file that is missing or not JSON is named', (t) => {
  const folder = scratch(t, { 'bad.json': '{"zone": ' });
  assert.throws(() => readSite(join(folder, 'none.json')), {
    name: 'UserError',
    message: /none\.json: cannot read/,
  });
  assert.throws(() => readSite(join(folder, 'bad.json')), {
    name: 'UserError',
    message: /bad\.json: not valid JSON/,
  });
});
