import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, frameColumns } from '../../lib/frames/csv.js';
import { banLine, type Told } from '../../lib/frames/write-ban.js';
import type { BanFields } from '../../lib/parsers/parsed.js';

const when = { time: '2018-11-30T15:03:11Z', local_time: '2018-12-01T00:03:11', time_flag: null };
const ban: BanFields = { jail: 'sshd', event: 'ban', address: '192.0.2.1', failures: 5 };
const told: Told = {
  log_lines: null,
  whois_country: 'DE',
  whois_netname: 'EXAMPLE-NET',
  whois_range: '192.0.2.0 - 192.0.2.255',
};
const bare: BanFields = { jail: '', event: 'stop', address: null, failures: null };

test('a ban is written as csvLine writes it', () => {
  for (const [host, row, more, time_flag] of [
    ['host1.example', ban, told, null],
    [null, bare, { ...told, whois_country: null, whois_netname: null, whois_range: null }, null],
    ['host1.example', { ...ban, failures: 0 }, { ...told, log_lines: 0 }, 'repeated'],
    ['=cmd', { ...ban, jail: 'a,"b"' }, { ...told, whois_netname: '+1', whois_range: ' -' }, null],
    [
      'h',
      { ...ban, address: '2001:db8::1' },
      { ...told, whois_netname: '例', whois_range: '2001:db8::/32' },
      null,
    ],
  ] as const) {
    const stamp = { ...when, time_flag };
    const wanted = {
      ...stamp,
      host,
      ...row,
      ...more,
      service: 'ssh',
      via: 'mail',
      source: 'source',
      line: 7,
    };
    assert.equal(
      banLine(stamp, host, row, 'ssh', 'mail', more, 'source', 7),
      csvLine(frameColumns('bans'), { ...wanted, count: 1 }),
    );
  }
});

test('control characters and texts without end do not reach a row of bans', () => {
  const hostile = { ...told, whois_netname: 'x'.repeat(5000), whois_range: 'a\nb' };
  const line = banLine(when, 'a\u001b[2J', ban, null, 'mail', hostile, 'source', 7);
  assert.match(line, /,a#033\[2J,sshd,,ban,/);
  assert.ok(line.length < 1500);
  assert.equal(line.indexOf('\n'), line.length - 1);
});
