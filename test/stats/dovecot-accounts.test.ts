import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver, type FileRow } from '../engine/frames.js';
import { failed, saidOf, valuesOf } from './cases.js';

/** A failed login at a mail service; `mail` is dovecot's auth process. */
const mail = (day: string, account: string, address: string, service: string, more: FileRow = {}): FileRow =>
  failed(`2019-02-${day}T10:00:00`, account, address, {
    service,
    method: '',
    ...(service === 'mail' ? { event: 'passdb_failure' } : {}),
    ...more,
  });

test('an attempt that two lines tell of counts once, by the fuller telling of its address and day', async (t) => {
  const auth = [
    // Three attempts in one connection: the auth process has each name, the login process the last alone.
    mail('01', 'info', '192.0.2.1', 'mail'),
    mail('01', 'sales', '192.0.2.1', 'mail', { event: 'invalid_user' }),
    mail('01', 'test', '192.0.2.1', 'mail'),
    mail('01', 'test', '192.0.2.1', 'imap', { count: '3' }),
    // The same address on a day without lines of the auth process.
    mail('02', 'info', '192.0.2.1', 'pop3', { count: '2' }),
    // Postfix names no account here, dovecot's auth process does.
    mail('03', 'admin', '192.0.2.2', 'mail', { count: '4' }),
    mail('03', '', '192.0.2.2', 'smtp', { count: '4' }),
    // Postfix names it.
    mail('04', 'info', '192.0.2.3', 'smtp'),
    // No address on either line.
    mail('05', 'admin', '', 'mail'),
    mail('05', 'admin', '', 'imap'),
    // Not counted: what PAM says of the same, other ends of a connection, ssh.
    mail('01', 'info', '192.0.2.1', 'mail', { event: 'pam_failure' }),
    mail('01', 'info', '192.0.2.1', 'imap', { event: 'aborted' }),
    mail('01', 'info', '192.0.2.1', 'imap', { event: 'accepted' }),
    failed('2019-02-01T10:00:00', 'info', '192.0.2.1'),
  ];
  const { statistic, table } = await runStatistic(await engineOver(t, { auth }), 'dovecot-accounts');
  // admin 4 + 1, info 1 + 2 + 1, sales and test once.
  assert.deepEqual(valuesOf(table), [
    [1, 'admin', 5, 5 / 11, 1],
    [2, 'info', 4, 4 / 11, 2],
    [3, 'sales', 1, 1 / 11, 1],
    [4, 'test', 1, 1 / 11, 1],
  ]);
  assert.deepEqual(saidOf(statistic.findings(table, defaultSite)), {
    total: '11',
    top_account: 'admin',
    top_failures: '5',
    top_share: '0.454545',
    shown_share: '1.000000',
  });
});

test('how few names take how many tries', async (t) => {
  // ssh: one name 90 times and ten names once; mail: 20 names five times each.
  const auth = [
    failed('2019-02-01T10:00:00', 'admin', '192.0.2.1', { count: '90' }),
    ...Array.from({ length: 10 }, (_, i) => failed('2019-02-01T10:00:00', `a${i}`, '192.0.2.1')),
    ...Array.from({ length: 20 }, (_, i) => mail('01', `m${i}`, '192.0.2.1', 'imap', { count: '5' })),
    failed('2019-02-01T10:00:00', 'root', '192.0.2.1', { count: '900' }),
  ];
  const engine = await engineOver(t, { auth });
  const { statistic, table } = await runStatistic(engine, 'account-concentration');
  const [ssh, mails] = table.rows;
  // Gini of 90, 1 × 10: (12 - 2 × (1 × 90 + 2 + … + 11) / 100) / 11; a tenth of 11 names is two of them.
  assert.ok(Math.abs(Number(ssh?.gini) - (12 - (2 * (90 + 65)) / 100) / 11) < 1e-12);
  assert.deepEqual(
    { ...ssh, gini: 0 },
    {
      service: 'ssh',
      failures: 100,
      accounts: 11,
      top_1_share: 0.9,
      top_10_share: 0.99,
      top_100_share: 1,
      top_tenth_share: 0.91,
      accounts_for_half: 1,
      gini: 0,
    },
  );
  assert.ok(Math.abs(Number(mails?.gini)) < 1e-12);
  assert.deepEqual([mails?.accounts, mails?.accounts_for_half, mails?.top_tenth_share], [20, 10, 0.1]);
  const said = saidOf(statistic.findings(table, engine.site));
  assert.deepEqual([said.total, said.ssh_gini, said.mail_gini], ['200', '0.809', '0.000']);
  assert.throws(() => statisticById('account-concentration').traceSql(defaultSite, 'imap'), {
    name: 'UserError',
    message: /expected ssh or mail, got "imap"/,
  });
});
