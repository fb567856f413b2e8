import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, frameColumns } from '../../lib/frames/csv.js';
import { type Ban, banLine } from '../../lib/frames/write-ban.js';

const when = { time: '2018-11-30T15:03:11Z', local_time: '2018-12-01T00:03:11', time_flag: null };
const ban: Ban = {
  ...when,
  host: 'host1.example',
  jail: 'sshd',
  event: 'ban',
  address: '192.0.2.1',
  failures: 5,
  log_lines: null,
  via: 'mail',
  whois_country: 'DE',
  whois_netname: 'EXAMPLE-NET',
  whois_range: '192.0.2.0 - 192.0.2.255',
  line: 7,
};
const bare: Ban = {
  ...when,
  host: null,
  jail: '',
  event: 'stop',
  address: null,
  failures: null,
  via: 'log',
  line: 1,
};

test('a ban is written as csvLine writes it', () => {
  for (const row of [
    ban,
    bare,
    { ...ban, time_flag: 'repeated' as const, log_lines: 0, failures: 0 },
    { ...ban, host: '=cmd', jail: 'a,"b"', whois_netname: '+1', whois_range: ' -' },
    { ...ban, address: '2001:db8::1', whois_netname: '例', whois_range: '2001:db8::/32' },
  ]) {
    const { log_lines = null, whois_country = null, whois_netname = null, whois_range = null } = row;
    const wanted = { ...row, service: 'ssh', log_lines, whois_country, whois_netname, whois_range };
    assert.equal(
      banLine(row, row.jail, 'ssh', 'source'),
      csvLine(frameColumns('bans'), { ...wanted, source: 'source', count: 1 }),
    );
  }
});

test('control characters and texts without end do not reach a row of bans', () => {
  const line = banLine(
    { ...ban, host: 'a\u001b[2J', whois_netname: 'x'.repeat(5000), whois_range: 'a\nb' },
    'sshd',
    null,
    'source',
  );
  assert.match(line, /,a#033\[2J,sshd,,ban,/);
  assert.ok(line.length < 1500);
  assert.equal(line.indexOf('\n'), line.length - 1);
});
