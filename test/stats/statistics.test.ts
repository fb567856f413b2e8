import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schema } from '../../lib/schema.js';
import { defaultSite, type Site } from '../../lib/site.js';
import { runStatistic, statisticById, statistics } from '../../lib/stats/index.js';
import { engineOver, type FileRows } from '../engine/frames.js';
import { ban, frames, site } from './cases.js';

/** What only one of DuckDB and Trino has, or what each reads in its own way. */
const engineOnly: readonly RegExp[] = [
  /\bQUALIFY\b/i,
  /\b(GROUP|ORDER) BY ALL\b/i,
  /::/,
  /\b(generate_series|range|sequence|unnest|list\w*|array\w*|struct\w*|map\w*)\s*\(/i,
  /\b(EXCLUDE|REPLACE)\s*\(/i,
  /\bCOLUMNS\s*\(/i,
  /approx/i,
  /\b(strftime|strptime|date_format|date_add|date_part|dayofweek|make_date|epoch\w*|to_iso8601|try_cast|ifnull|nvl)\b/i,
  /\bI?LIKE\b|\bSIMILAR\b|~/i,
  /\b(read_csv|read_parquet)\b/i,
  /\b(arg_max|arg_min|max_by|min_by|any_value|first|last|mode|median|string_agg|listagg)\s*\(/i,
  /\b(PIVOT|UNPIVOT|ASOF|SEMI|ANTI|POSITIONAL|SAMPLE|LATERAL)\b/i,
  /\bWITH RECURSIVE\b/i,
  /\bSELECT\s+DISTINCT ON\b/i,
  /\bFROM\s+\w+\s+SELECT\b/i,
  /INTERVAL\s+\d|INTERVAL\s+\(/i,
  /INTERVAL '\d+ \w+'/i,
  /\/\/|%|\^/,
  /"/,
  /`/,
  /\bLIMIT\s+\d+\s*%/i,
  /[A-Za-z_]\[/,
];

const sites: readonly Site[] = [
  defaultSite,
  { ...defaultSite, home: 'FR', period: { from: '2018-12-01', to: '2019-12-01' } },
];
const keyFor: Readonly<Record<string, string>> = {
  month: '2019-05-01',
  hour: '3',
  account: 'x',
  country: 'CN',
  service: 'mail',
  bin: 'no_name',
};
const keyColumn = (columns: object): string => Object.keys(columns).find((name) => name !== 'rank') ?? '';

for (const statistic of statistics) {
  test(`${statistic.id}: the SQL keeps to what DuckDB and Trino share`, () => {
    for (const one of sites)
      for (const sql of [
        statistic.sql(one),
        statistic.traceSql(one, keyFor[keyColumn(statistic.columns)] ?? ''),
        statistic.exclusions?.(one) ?? '',
      ]) {
        // A column of the reports frame has the name of a reserved word.
        for (const pattern of engineOnly) assert.doesNotMatch(sql.replaceAll('"table"', 'kind'), pattern);
        // A quotient of integers is a whole number in Trino.
        for (const [quotient] of sql.matchAll(/\S+\s+AS double\)\s*\/|\S+\s*\//g))
          assert.match(quotient, /AS double\)/);
        assert.ok(
          sql.split('\n').every((line) => line.length <= 130 && line === line.trimEnd()),
          sql,
        );
        if (sql) assert.equal(sql.includes("'2018-12-01"), one.period !== null);
      }
  });

  test(`${statistic.id}: the table has the columns that are described, in that order`, async (t) => {
    for (const input of [frames, {}]) {
      const { table, sql } = await runStatistic(await engineOver(t, input), statistic);
      assert.deepEqual(
        table.columns,
        Object.entries(statistic.columns).map(([name, { type }]) => ({ name, type })),
      );
      assert.equal(sql, statistic.sql(defaultSite));
    }
  });

  test(`${statistic.id}: each count is the sum of the lines behind it, with and without a period`, async (t) => {
    for (const settings of [{}, { site }]) {
      const engine = await engineOver(t, frames, settings);
      const { table } = await runStatistic(engine, statistic);
      const count = ['bans', 'failures', 'rejects'].find((name) => name in statistic.columns) ?? '';
      assert.ok(table.rows.length > 0);
      for (const row of table.rows) {
        const key = String(row[keyColumn(statistic.columns)]);
        const trace = await engine.query(statistic.traceSql(engine.site, key));
        assert.deepEqual(
          trace.columns.map((column) => column.name),
          ['source', 'line', 'count'],
        );
        const sum = trace.rows.reduce((total, line) => total + Number(line.count), 0);
        assert.equal(sum, row[count] ?? 0, `${statistic.id} ${key}`);
      }
    }
  });

  test(`${statistic.id}: what the conditions leave, down to the total`, async (t) => {
    for (const settings of [{}, { site }]) {
      const engine = await engineOver(t, frames, settings);
      const sql = statistic.exclusions?.(engine.site);
      if (sql === undefined) return;
      const { rows } = await engine.query(sql);
      assert.ok(rows.length > 1 && /^all of /.test(String(rows[0]?.condition)));
      for (const column of ['rows_left', 'events_left']) {
        const left = rows.map((row) => Number(row[column]));
        assert.deepEqual(
          left,
          [...left].sort((a, b) => b - a),
        );
      }
      const { table } = await runStatistic(engine, statistic);
      const total = statistic.findings(table, engine.site)[0];
      // Of addresses one row each is left.
      const column = total?.unit === 'addresses' ? 'rows_left' : 'events_left';
      assert.equal(String(rows.at(-1)?.[column]), total?.value ?? '0', statistic.id);
    }
  });

  test(`${statistic.id}: nothing can be said of empty frames`, async (t) => {
    const { table, period } = await runStatistic(await engineOver(t, {}), statistic);
    assert.equal(period, null);
    for (const { key, value, statistic: id } of statistic.findings(table, defaultSite)) {
      assert.equal(id, statistic.id);
      // 24 hours without a ban do add up to 0.
      assert.equal(value, statistic.id === 'ssh-bans-by-hour' && key === 'total' ? '0' : null, key);
    }
  });

  test(`${statistic.id}: texts and frames`, () => {
    for (const text of [statistic.title, statistic.question, statistic.definition]) {
      assert.ok(text.en && text.ja);
      assert.match(text.ja, /[\u3040-\u30ff]/);
    }
    // A ban is not an attempt: what is tried during a ban, or before the one that leads to it, is not counted.
    if (statistic.service) {
      assert.match(statistic.title.ja, /BAN/);
      assert.doesNotMatch(statistic.title.ja, /試行/);
    }
    for (const frame of statistic.frames) assert.ok(frame in schema);
  });
}

test('own addresses and other hosts are left out of every count, with the rows that go', async (t) => {
  const settings = { own: ['192.0.2.1', '198.51.100.0/24', '203.0.113.8/29'], hosts: ['host1'] };
  const named = (rows: FileRows['bans'] = []) =>
    rows.map((row, i) => ({ ...row, host: ['host1', 'host2', ''][i % 3] ?? '' }));
  const input = { ...frames, bans: named(frames.bans), auth: named(frames.auth) };
  const engine = await engineOver(t, input, { site: settings });
  for (const statistic of statistics.filter(({ frames: [frame] }) => frame === 'bans' || frame === 'auth')) {
    const sql = statistic.sql(engine.site);
    assert.match(sql, /host IN \('host1'\)/, statistic.id);
    for (const text of ['192.0.2.1', '198.51.100.', '203.0.113.']) assert.ok(sql.includes(`'${text}'`), text);
  }
  // Of host1 and of no host: 203.0.113.9 is in the /29, 198.51.100.1 in the /24, 192.0.2.1 alone; 192.0.2.3 stays.
  const left = await engine.query(statisticById('ssh-bans-by-month').exclusions?.(engine.site) ?? '');
  assert.deepEqual(
    left.rows.map((row) => row.rows_left),
    [7, 5, 4, 4, 3, 2, 1, 1],
  );
});

test('a statistic says the same to the last digit each time it is asked', async (t) => {
  const bans = Array.from({ length: 12_000 }, (_, i) => {
    const at = new Date(Date.UTC(2018, 11, 1) + i * 2_617_000 + (i % 7) * (i % 13) * 300_000);
    return ban(at.toISOString().slice(0, 19), `192.0.2.${i % 254}`, { count: String(1 + (i % 5)) });
  });
  const said = new Set<string>();
  for (let run = 0; run < 8; run++) {
    const engine = await engineOver(t, { ...frames, bans });
    const tables = [];
    for (const statistic of statistics) tables.push((await runStatistic(engine, statistic)).table.rows);
    said.add(JSON.stringify(tables));
  }
  assert.equal(said.size, 1);
});

test('an own network is told by the text of its addresses', async (t) => {
  const bans = ['10.1.2.3', '10.15.0.1', '10.16.0.1', '2001:db8:1::1', '2001:db8::1', '2001:db80::1', ''].map(
    (address) => ban('2019-01-01T00:00:00', address),
  );
  const left = async (own: string[]) => {
    const engine = await engineOver(t, { bans }, { site: { own } });
    const { table } = await runStatistic(engine, 'ssh-bans-by-month');
    return table.rows[0]?.bans;
  };
  assert.equal(await left([]), 7);
  assert.equal(await left(['10.0.0.0/12']), 5);
  assert.equal(await left(['10.0.0.0/8']), 4);
  assert.equal(await left(['10.1.2.3/32']), 6);
  assert.equal(await left(['10.1.2.2/31']), 6);
  assert.equal(await left(['2001:db8::/32']), 5);
  assert.equal(await left(['2001:DB8:0::1']), 6);
});

test('the unknown country is traced as null and as the empty key', () => {
  const { traceSql } = statisticById('countries');
  assert.match(traceSql(defaultSite, ''), /addresses\.country IS NULL/);
  assert.equal(traceSql(defaultSite, ''), traceSql(defaultSite, 'null'));
});

test('an unknown id lists those that there are', () => {
  assert.equal(statisticById('countries').id, 'countries');
  assert.throws(() => statisticById('nope'), {
    name: 'UserError',
    message: /"nope"; known: ssh-bans-by-month, root-failures-by-month, .*rejects-by-month/,
  });
});
