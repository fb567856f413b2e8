import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSite } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { ban, covered, failed, frames, saidOf, site, valuesOf } from './cases.js';

test('bans by month: a covered month without a ban is 0, a month without input null', async (t) => {
  const { statistic, table, period } = await runStatistic(await engineOver(t, frames), 'ssh-bans-by-month');
  assert.deepEqual(valuesOf(table), [
    ['2019-01-01', 4, 2, 31, 31, 4 / 31, 'mail'],
    ['2019-02-01', 1, 1, 18, 28, 1 / 18, 'mail'],
    ['2019-03-01', null, null, 0, 31, null, 'mail'],
    ['2019-04-01', 0, 0, 30, 30, 0, 'mail'],
    ['2019-05-01', 1, 1, 2, 31, 0.5, 'mail'],
  ]);
  assert.deepEqual(period, { from: '2019-01-01', to: '2019-05-02' });
  const findings = statistic.findings(table, defaultSite);
  assert.deepEqual(findings.slice(0, 6), [
    { statistic: 'ssh-bans-by-month', key: 'total', value: '6', unit: 'bans', n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'peak_month', value: '2019-01', unit: null, n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'peak_bans', value: '4', unit: 'bans', n: 6 },
    { statistic: 'ssh-bans-by-month', key: 'months_covered_in_full', value: '2', unit: 'months', n: 5 },
    { statistic: 'ssh-bans-by-month', key: 'days_covered', value: '81', unit: 'days', n: 5 },
    // 6 bans on 81 days.
    { statistic: 'ssh-bans-by-month', key: 'per_day', value: '0.07407', unit: 'bans per day', n: 6 },
  ]);
  const { trend, change_month, ban_source } = saidOf(findings);
  // Four months with days are too few for a trend.
  assert.deepEqual([trend, change_month, ban_source], [null, null, 'mail']);
});

test('the period of the site cuts days and bans alike', async (t) => {
  const engine = await engineOver(t, frames, { site });
  const { table, period } = await runStatistic(engine, 'ssh-bans-by-month');
  // Of February the 11th and the 12th are left: covered and inside the period.
  assert.deepEqual(valuesOf(table), [
    ['2019-01-01', 4, 2, 31, 31, 4 / 31, 'mail'],
    ['2019-02-01', 1, 1, 2, 28, 0.5, 'mail'],
  ]);
  assert.deepEqual(period, { from: '2019-01-01', to: '2019-02-12' });
});

test('failed root logins: passwords for root alone, with repeated lines counted', async (t) => {
  const { statistic, table } = await runStatistic(await engineOver(t, frames), 'root-failures-by-month');
  assert.deepEqual(valuesOf(table), [['2019-02-01', 7, 2, 28, 28, 0.25, 0, 0, 2]]);
  const said = saidOf(statistic.findings(table, defaultSite));
  const { total, peak_month, peak_failures, months_covered_in_full, days_covered } = said;
  assert.deepEqual([total, peak_month, peak_failures], ['7', '2019-02', '7']);
  assert.deepEqual([months_covered_in_full, days_covered], ['1', '28']);
});

test('failed root logins by other definitions: PAM, connections, what fail2ban counts', async (t) => {
  const at = { port: '4000', pid: '7' };
  const auth = [
    // One connection with two passwords, the second three times.
    failed('2019-02-11T10:00:00', 'root', '192.0.2.1', at),
    failed('2019-02-11T10:00:01', 'root', '192.0.2.1', { ...at, count: '3' }),
    failed('2019-02-11T10:00:01', 'root', '192.0.2.1', { ...at, event: 'pam_failure', method: '' }),
    failed('2019-02-11T10:00:02', 'root', '192.0.2.1', {
      ...at,
      event: 'pam_failure',
      method: '',
      count: '3',
    }),
    failed('2019-02-11T10:00:03', 'root', '192.0.2.1', { ...at, event: 'max_attempts', method: '' }),
    // The same process id again, of another connection.
    failed('2019-02-20T10:00:00', 'root', '192.0.2.2', at),
    // A key that was refused is an offer, not a guess; none and keyboard-interactive fail2ban counts.
    failed('2019-02-20T11:00:00', 'root', '192.0.2.3', { method: 'publickey' }),
    failed('2019-02-20T11:00:01', 'root', '192.0.2.3', { method: 'none' }),
    failed('2019-02-20T11:00:02', 'root', '192.0.2.3', { method: 'keyboard-interactive/pam' }),
    failed('2019-02-20T11:00:03', 'root', '192.0.2.3', { event: 'not_allowed', method: '' }),
    failed('2019-02-20T11:00:04', 'admin', '192.0.2.3', { event: 'pam_failure', method: '' }),
  ];
  const engine = await engineOver(t, { auth, days: covered('log', '2019-02-01', '2019-02-28') });
  const { statistic, table } = await runStatistic(engine, 'root-failures-by-month');
  const { failures, pam_failures, connections, fail2ban_matches } = table.rows[0] ?? {};
  assert.deepEqual([failures, pam_failures, connections, fail2ban_matches], [5, 4, 2, 6]);
  const said = saidOf(statistic.findings(table, defaultSite));
  assert.deepEqual([said.pam_failures, said.connections, said.fail2ban_matches], ['4', '2', '6']);
});

test('the one place at which the rate changed', async (t) => {
  const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'];
  const counts = [40, 42, 45, 47, 50, 20, 18, 21, 19, 20];
  const bans = months.map((month, i) =>
    ban(`2019-${month}-05T00:00:00`, '192.0.2.1', { count: `${counts[i]}` }),
  );
  const engine = await engineOver(t, { bans, days: covered('mail', '2019-01-01', '2019-10-31') });
  const { statistic, table } = await runStatistic(engine, 'ssh-bans-by-month');
  const said = saidOf(statistic.findings(table, defaultSite));
  assert.deepEqual([said.trend, said.change_month], ['falling', '2019-06']);
  assert.deepEqual([said.change_from, said.change_to], ['2019-06', '2019-06']);
  // 224 bans on the 151 days to the end of May, 98 on the 153 days after it.
  assert.deepEqual([said.rate_before, said.rate_after], ['1.483', '0.6405']);
});

test('bans in mail and log are counted once, in the mails; without a mail in the log', async (t) => {
  const inLog = { via: 'log', jail: 'ssh-iptables' };
  const bans = [
    ban('2019-01-05T00:00:01', '192.0.2.1', { jail: 'ssh-sasl' }),
    ban('2019-01-05T00:00:00', '192.0.2.1', inLog),
    ban('2019-01-05T00:00:00', '192.0.2.1', { ...inLog, via: 'syslog' }),
    ban('2019-01-04T00:00:00', '192.0.2.9', { ...inLog, service: 'smtp' }),
    ban('2019-02-10T00:00:00', '192.0.2.8', { ...inLog, service: 'smtp' }),
    ban('2019-02-10T00:00:00', '192.0.2.8', { ...inLog, service: 'smtp', via: 'syslog' }),
  ];
  const days = [
    ...covered('mail', '2019-01-01', '2019-01-31'),
    ...covered('log', '2018-12-01', '2019-03-31'),
  ];
  const engine = await engineOver(t, { bans, days });
  const ssh = await runStatistic(engine, 'ssh-bans-by-month');
  assert.deepEqual(valuesOf(ssh.table), [['2019-01-01', 1, 1, 31, 31, 1 / 31, 'mail']]);
  assert.equal(ssh.banSource, 'mail');
  // fail2ban's log reaches from 4 January to 10 February; that other logs reach further says nothing of bans.
  const smtp = await runStatistic(engine, 'postfix-bans-by-month');
  assert.deepEqual(valuesOf(smtp.table), [
    ['2019-01-01', 1, 1, 28, 31, 1 / 28, 'log'],
    ['2019-02-01', 1, 1, 10, 28, 0.1, 'log'],
  ]);
  assert.deepEqual([smtp.banSource, smtp.period], ['log', { from: '2019-01-04', to: '2019-02-10' }]);
  const hours = await runStatistic(engine, 'ssh-bans-by-hour');
  assert.equal(hours.table.rows[0]?.bans, 1);
});

test('a ban on a date that no day row covers is not lost', async (t) => {
  const engine = await engineOver(t, { bans: [ban('2019-03-05T00:00:00', '192.0.2.1')] });
  const { table } = await runStatistic(engine, 'ssh-bans-by-month');
  assert.deepEqual(valuesOf(table), [['2019-03-01', 1, 1, 0, 31, null, 'mail']]);
});

test('months run over years and leap days without a gap', async (t) => {
  const days = [
    ...covered('mail', '2011-12-31', '2011-12-31'),
    ...covered('mail', '2020-02-29', '2020-02-29'),
  ];
  const { table } = await runStatistic(await engineOver(t, { days }), 'ssh-bans-by-month');
  // December 2011 to February 2020: 1 + 8 × 12 + 2 months.
  assert.equal(table.rows.length, 99);
  assert.deepEqual(Object.values(table.rows[0] ?? {}), ['2011-12-01', 0, 0, 1, 31, 0, null]);
  assert.deepEqual(Object.values(table.rows.at(-1) ?? {}), ['2020-02-01', 0, 0, 1, 29, 0, null]);
  // Covered but empty months have no peak.
  assert.equal(saidOf(statisticById('ssh-bans-by-month').findings(table, defaultSite)).peak_month, null);
});

test('a trace key that is no month says what it must be', () => {
  for (const key of ['2019-05', '2019-05-02', '2019-13-01', '', "' OR 1=1"])
    assert.throws(() => statisticById('ssh-bans-by-month').traceSql(defaultSite, key), {
      name: 'UserError',
      message: /expected the first day of a month/,
    });
});
