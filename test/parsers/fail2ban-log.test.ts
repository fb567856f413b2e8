import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isFail2ban, parseFail2ban } from '../../lib/parsers/fail2ban-log.js';

test('programs of fail2ban', () => {
  for (const program of [
    'fail2ban',
    'fail2ban-server',
    'fail2ban-client',
    'fail2ban.actions',
    'fail2ban.server.actions',
  ])
    assert.ok(isFail2ban(program), program);
  for (const program of ['fail2ban-regex-evil', 'xfail2ban', 'sshd', 'fail2ban.'])
    assert.ok(!isFail2ban(program), program);
});

test('long lines take no more than linear time', () => {
  const begun = performance.now();
  for (const line of [
    `NOTICE ${' '.repeat(65_000)}x`,
    `fail2ban${'.'.repeat(65_000)}`,
    `NOTICE [sshd] Found ${'x'.repeat(65_000)} y`,
    `NOTICE [sshd] Increase Ban ${'(1 # a -> '.repeat(6500)}`,
    `NOTICE Jail '${"' started".repeat(7000)} x`,
    `NOTICE ${'-'.repeat(65_000)} x`,
  ])
    parseFail2ban('fail2ban', line);
  assert.ok(performance.now() - begun < 200);
});
