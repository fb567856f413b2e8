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

test('the committed settings are valid', () => {
  for (const path of ['data/site.json', 'data/sample/site.json'])
    assert.doesNotThrow(() => siteOf(JSON.parse(readFileSync(path, 'utf8')), path));
});

const wrong: [unknown, RegExp][] = [
  [[], /x: expected a JSON object of settings/],
  [{ zoen: 'UTC' }, /x: unknown setting "zoen"; known: zone, home, period, lists, jails/],
  [{ zone: 'Tokyo' }, /x: "zone" must be an IANA zone such as "Asia\/Tokyo", got "Tokyo"/],
  [{ home: 'Japan' }, /x: "home" must be two capital letters/],
  [{ period: { from: '2019-12-01', to: '2018-12-01' } }, /x: "period" must be null or/],
  [{ period: '2019' }, /x: "period" must be null or/],
  [{ lists: ['zen.spamhaus.org'] }, /x: "lists" must be null or two domains/],
  [{ jails: { sshd: 'telnet' } }, /x: "jails" must be an object of jail name to ssh, smtp, imap, pop3/],
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
