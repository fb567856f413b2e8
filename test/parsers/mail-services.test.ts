import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDovecot } from '../../lib/parsers/dovecot.js';
import { parsePam } from '../../lib/parsers/pam.js';
import { parsePostfix } from '../../lib/parsers/postfix.js';

test('a password never reaches a row or a template', () => {
  const secret = `s3cret (x,198.51.100.9): 'unknown user" )`;
  for (const head of ['auth: sql(', 'auth-worker(4): Info: pam(', 'dovecot: auth(default): passwd-file('])
    for (const said of [
      'unknown user',
      'Password mismatch',
      'a wording of the future',
      'CRYPT(x,192.0.2.7): new',
    ])
      for (const hash of ['given password:', 'SHA1 of given password:']) {
        const parsed = parseDovecot(
          'dovecot',
          `${head}admin,192.0.2.1,<aB3+/x>): ${said} (${hash} ${secret})`,
        );
        assert.ok(parsed?.class === 'event', 'as an unknown line it would be shown');
        assert.doesNotMatch(JSON.stringify(parsed), /s3cret|198\.51/);
      }
});

test('long hostile lines are read in linear time', () => {
  const long = (unit: string) => unit.repeat(Math.ceil(65_536 / unit.length));
  const start = performance.now();
  for (const unit of [
    ...[
      ': user=<',
      '>, rip=',
      '>, method=',
      ' rhost=',
      ' rhost=a  user=',
      ',1.2.3.4): ',
      ',1.2.3.4,<',
      '[',
      ']: ',
      ' ',
      '<',
      '>: ',
    ],
    ...[
      ' from a[192.0.2.1]; from=<',
      ' from ',
      ' helo=<',
      ' using ',
      'Service unavailable; ',
      ', sasl_username=',
      ' authentication failed: ',
      'a',
    ],
    ...['(auth failed, 1', 'hostname a ', 'proxy(', ' authentication aborted', '1', 'blocked '],
  ]) {
    const text = long(unit);
    for (const head of [
      '',
      'warning: ',
      'NOQUEUE: reject: RCPT from a[192.0.2.1]: 554 5.7.1 <',
      '3F2A4C0E11: reject: header ',
      'warning: a[192.0.2.1]: SASL ',
      'warning: a[192.0.2.1]: SASL LOGIN authentication failed: ',
      '3F2A4C0E11: client=a[192.0.2.1], sasl_method=PLAIN, sasl_username=',
      'lost connection after ',
      'warning: hostname ',
    ]) {
      parsePostfix('postfix/smtpd', head + text);
      parsePostfix('postfix/cleanup', head + text);
    }
    for (const head of [
      '',
      'imap-login: ',
      'imap-login: Disconnected: user=<',
      'auth: pam(',
      'auth(',
      'imap-login: proxy(',
    ])
      parseDovecot('dovecot', head + text);
    for (const head of [
      '',
      'pam_unix(',
      'pam_unix(x:auth): authentication failure; logname= uid=0 euid=0 tty= ruser=',
      'pam_unix(x:auth): check pass; user (',
    ])
      parsePam('vsftpd', head + text);
  }
  assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
});

test('a word that every object has is no pattern', () => {
  for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.equal(parsePostfix('postfix/smtpd', `${word} x`), null);
    assert.equal(parseDovecot('dovecot', `${word}-login: Login: user=<a>, rip=192.0.2.1`), null);
  }
  const message =
    'pam_unix(constructor:auth): authentication failure; logname= uid=0 euid=0 tty= ruser= rhost=192.0.2.1';
  const parsed = parsePam('x', message);
  assert.ok(parsed?.class === 'event' && parsed.frame === 'auth');
  assert.equal(parsed.row.service, 'other');
  assert.equal(parsed.row.method, 'pam:constructor');
});
