import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../lib/forge/random.js';
import type { Site } from '../../lib/site.js';
import { runStatistic, statisticById } from '../../lib/stats/index.js';
import { correlation } from '../../lib/stats/math/correlation.js';
import { engineOver, type FileRow } from '../engine/frames.js';
import { ban, covered, saidOf } from './cases.js';

const local = (second: number): string =>
  new Date(Date.UTC(2019, 0, 31) + second * 1000).toISOString().slice(0, 19);
const at = (second: number, address: string, more: FileRow = {}): FileRow =>
  ban(local(second), address, more);
const days = covered('mail', '2019-01-31', '2019-02-01');
const bans = (bantime: number): Partial<Site> => ({
  bans: {
    sshd: { bantime, findtime: 600, maxretry: 3 },
    sasl: { bantime: 5000, findtime: 600, maxretry: 2 },
  },
});

interface Event {
  readonly second: number;
  readonly address: string;
  readonly jail: 'sshd' | 'sasl';
  readonly kind: 'ban' | 'unban' | 'restore';
}

/** The table second by second: who is in it, for each second of two days. */
function bruteForce(events: readonly Event[], bantimes: Record<Event['jail'], number>) {
  const isStart = ({ kind }: Event): boolean => kind !== 'unban';
  const sorted = [...events].sort((a, b) => a.second - b.second || Number(isStart(a)) - Number(isStart(b)));
  const ends = new Map<string, number>();
  const sizes: number[] = [];
  let next = 0;
  for (let second = 0; second < 2 * 86_400; second++) {
    for (; (sorted[next]?.second ?? Infinity) <= second; next++) {
      const event = sorted[next] as Event;
      const who = `${event.jail} ${event.address}`;
      if (!isStart(event)) ends.delete(who);
      else {
        // An unban that the log tells is when the ban ended, sooner or later than the settings say.
        const after = sorted.slice(next + 1).find(({ jail, address }) => `${jail} ${address}` === who);
        const told = after && !isStart(after) ? after.second : second + bantimes[event.jail];
        ends.set(who, told);
      }
    }
    for (const [who, end] of ends) if (end <= second) ends.delete(who);
    sizes.push(ends.size);
  }
  const half = (from: number) => {
    const part = sizes.slice(from, from + 86_400);
    return {
      mean: part.reduce((sum, size) => sum + size, 0) / part.length,
      max: part.reduce((most, size) => Math.max(most, size), 0),
    };
  };
  return [half(0), half(86_400)];
}

for (const seed of [1, 2, 3, 4, 5])
  test(`the sweep agrees with a table kept second by second (case ${seed})`, async (t) => {
    const { int, pick } = random(seed);
    const bantime = pick([300, 7200, 40_000]);
    const events: Event[] = Array.from({ length: 120 }, () => ({
      second: int(0, 2 * 86_400 - 1),
      address: `192.0.2.${int(1, 9)}`,
      jail: pick(['sshd', 'sasl'] as const),
      kind: pick(['ban', 'ban', 'unban', 'restore'] as const),
    }));
    const rows = events.map(({ second, address, jail, kind }) =>
      at(second, address, {
        jail,
        service: jail === 'sshd' ? 'ssh' : 'smtp',
        event: kind,
        via: kind === 'ban' ? 'mail' : 'log',
      }),
    );
    const engine = await engineOver(t, { bans: rows, days }, { site: bans(bantime) });
    const { table } = await runStatistic(engine, 'ban-table-by-month');
    const expected = bruteForce(events, { sshd: bantime, sasl: 5000 });
    assert.equal(table.rows.length, 2);
    for (const [i, row] of table.rows.entries()) {
      assert.ok(Math.abs(Number(row.exact_mean) - (expected[i]?.mean ?? -1)) < 1e-9, `${row.exact_mean}`);
      assert.equal(row.exact_max, expected[i]?.max);
    }
  });

test('a ban over the turn of the month is in both; one that ends as another begins is no peak', async (t) => {
  const day = 86_400;
  const rows = [at(day - 100, '192.0.2.1'), at(day + 100, '192.0.2.2')];
  const engine = await engineOver(t, { bans: rows, days }, { site: bans(200) });
  const { table, statistic } = await runStatistic(engine, 'ban-table-by-month');
  const [january, february] = table.rows;
  assert.deepEqual([january?.exact_mean, january?.exact_max, january?.bans], [100 / day, 1, 1]);
  // The second ban begins in the second in which the first ends.
  assert.deepEqual([february?.exact_mean, february?.exact_max, february?.bans], [300 / day, 1, 1]);
  const said = saidOf(statistic.findings(table, engine.site));
  assert.deepEqual([said.total, said.exact_max, said.exact_max_month], ['2', '1', '2019-01']);
  assert.deepEqual([said.snapshot_mean, said.snapshots], [null, '0']);
});

test('a ban before the period lasts into it, and one for ever lasts to its end', async (t) => {
  const site = { ...bans(-1), period: { from: '2019-02-01', to: '2019-02-02' } };
  const rows = [at(0, '192.0.2.1'), at(86_400 + 43_200, '192.0.2.2')];
  const engine = await engineOver(t, { bans: rows, days }, { site });
  const { table } = await runStatistic(engine, 'ban-table-by-month');
  assert.equal(table.rows.length, 1);
  assert.deepEqual([table.rows[0]?.exact_mean, table.rows[0]?.bans], [1.5, 1]);
});

test('a copy of a ban in the log is not counted beside the mail, nor an own address', async (t) => {
  const rows = [
    at(0, '192.0.2.1'),
    at(1, '192.0.2.9', { via: 'log' }),
    at(2, '198.51.100.1'),
    at(3, '192.0.2.8', { service: 'smtp', jail: 'sasl', via: 'log' }),
    at(3, '192.0.2.8', { service: 'smtp', jail: 'sasl', via: 'syslog' }),
    at(4, '192.0.2.7', { service: '', jail: 'web' }),
  ];
  const engine = await engineOver(
    t,
    { bans: rows, days },
    { site: { ...bans(9), own: ['198.51.100.0/24'] } },
  );
  const { table } = await runStatistic(engine, 'ban-table-by-month');
  assert.deepEqual([table.rows[0]?.bans, table.rows[0]?.exact_max], [2, 2]);
});

const report = (date: string, key: string, value: string, more: FileRow = {}): FileRow => ({
  date,
  host: 'host1',
  section: 'Fail2ban status',
  table: 'active_bans',
  key,
  value,
  source: 'cccccccccccc',
  line: '1',
  count: '1',
  ...more,
});

test('morning reports: the morning after their date, each jail once, parts where there is no total', async (t) => {
  const reports = [
    // Seen in the morning of 1 February: 3 + 2 = 5.
    report('2019-01-31', 'sshd', '3'),
    report('2019-01-31', 'SSHD', '3', { section: 'iptables firewall' }),
    report('2019-01-31', 'sshd', '1', { address: '192.0.2.1' }),
    report('2019-01-31', 'sasl', '1', { address: '192.0.2.1' }),
    report('2019-01-31', 'sasl', '1', { address: '192.0.2.2' }),
    report('2019-01-31', 'sasl', '1', { address: '192.0.2.2', section: 'iptables firewall' }),
    // In that of the 2nd: 0. Not counted: another table, a jail without a service.
    report('2019-02-01', 'sshd', '0'),
    report('2019-02-01', 'web', '9'),
    report('2019-02-01', 'sshd', '9', { table: 'bans' }),
    // In that of 1 March, where nothing else is covered: two servers.
    report('2019-02-28', 'sshd', '4'),
    report('2019-02-28', 'sshd', '2', { host: 'host2' }),
  ];
  const engine = await engineOver(t, { reports, days, bans: [at(0, '192.0.2.1')] });
  const { statistic, table } = await runStatistic(engine, 'ban-table-by-month');
  assert.deepEqual(
    table.rows.map((row) => [
      row.month,
      row.snapshot_mean,
      row.snapshots,
      row.days_covered,
      row.days_in_month,
    ]),
    [
      ['2019-01-01', null, 0, 1, 31],
      ['2019-02-01', 2.5, 2, 1, 28],
      ['2019-03-01', 6, 1, 0, 31],
    ],
  );
  const said = saidOf(statistic.findings(table, engine.site));
  // (5 + 0 + 6) / 3
  assert.deepEqual([said.snapshot_mean, said.snapshots], ['3.667', '3']);
  const trace = await engine.query(statistic.traceSql(engine.site, '2019-02-01 snapshots'));
  assert.equal(trace.rows.length, 7);
  for (const key of ['2019-02-01 bans', '2019-02-01 snapshots x', '2019-02', '2019-02 snapshots'])
    assert.throws(() => statistic.traceSql(engine.site, key), { name: 'UserError' });
  const period = { ...engine.site, period: { from: '2019-02-01', to: '2019-03-01' } };
  const within = await engine.query(statisticById('ban-table-by-month').sql(period));
  assert.deepEqual(
    within.rows.map((row) => [row.month, row.snapshot_mean]),
    [['2019-02-01', 2.5]],
  );
});

test('correlation', () => {
  assert.equal(
    correlation([
      [1, 2],
      [2, 4],
      [3, 6],
    ]),
    1,
  );
  assert.equal(
    correlation([
      [1, 3],
      [2, 2],
      [3, 1],
    ]),
    -1,
  );
  assert.equal(
    correlation([
      [1, 1],
      [2, 1],
      [3, 1],
    ]),
    null,
  );
  assert.equal(
    correlation([
      [1, 1],
      [2, 2],
    ]),
    null,
  );
  // Anscombe (The American Statistician 27, 1973), the first of his four sets: 0.816.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  assert.equal(correlation(x.map((value, i) => [value, y[i] ?? 0]))?.toFixed(3), '0.816');
});
