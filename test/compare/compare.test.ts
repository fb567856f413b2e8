import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { compareCommand } from '../../lib/commands/compare.js';
import { compareFrames } from '../../lib/compare.js';
import type { Site } from '../../lib/site.js';
import { type FileRow, framesFolder } from '../engine/frames.js';

const finding = (statistic: string, key: string, value: string, unit: string, n: string): FileRow => ({
  statistic,
  key,
  value,
  unit,
  n,
});

const year = (t: TestContext, findings: FileRow[], site: Partial<Site> = {}): string =>
  framesFolder(t, { findings }, { site });

const bans = (total: number, days: number, share: string, top: string): FileRow[] => [
  finding('countries', 'top_country', top, '', String(total)),
  finding('countries', 'top_share', share, 'share', String(total)),
  finding('countries', 'home_rank', String(days % 30), 'rank', String(total)),
  finding('ssh-bans-by-month', 'total', String(total), 'bans', String(total)),
  finding('ssh-bans-by-month', 'peak_bans', String(total / 10), 'bans', String(total)),
  finding('ssh-bans-by-month', 'days_covered', String(days), 'days', '12'),
];

test('counts change by a part, by covered day; shares and ranks by a difference; names not at all', async (t) => {
  const before = year(t, bans(1000, 365, '0.2', 'CN'));
  const after = year(t, [
    ...bans(500, 73, '0.3', 'US'),
    finding('new-one', 'total', '7', 'bans', '7'),
    finding('ssh-bans-by-hour', 'max_hour', '0', 'hour', '500'),
  ]);
  const { rows, cautions } = await compareFrames(before, after);
  assert.deepEqual(cautions, []);
  assert.deepEqual(
    rows.map(({ statistic, key }) => `${statistic} ${key}`),
    [
      'new-one total',
      'ssh-bans-by-month total',
      'ssh-bans-by-month peak_bans',
      'ssh-bans-by-month days_covered',
      'ssh-bans-by-hour max_hour',
      'countries top_country',
      'countries top_share',
      'countries home_rank',
    ],
  );
  const of = (key: string) => rows.find((row) => `${row.statistic} ${row.key}` === key);
  const total = of('ssh-bans-by-month total');
  // Half as many in a fifth of the days: two and a half times as many a day.
  assert.deepEqual(
    [total?.before, total?.value, total?.change, total?.measure],
    ['1000', '500', 1.5, 'relative per covered day'],
  );
  assert.ok(Number(total?.change_low) > 1.2 && Number(total?.change_low) < 1.5);
  assert.ok(Number(total?.change_high) < 1.8 && Number(total?.change_high) > 1.5);
  const peak = of('ssh-bans-by-month peak_bans');
  assert.deepEqual([peak?.change, peak?.change_low, peak?.measure], [1.5, null, 'relative per covered day']);
  const share = of('countries top_share');
  assert.ok(Math.abs(Number(share?.change) - 0.1) < 1e-12 && share?.measure === 'difference');
  assert.ok(Number(share?.change_low) > 0.05 && Number(share?.change_high) < 0.15);
  assert.deepEqual([of('countries home_rank')?.change, of('countries home_rank')?.change_low], [8, null]);
  const top = of('countries top_country');
  assert.deepEqual([top?.before, top?.value, top?.change, top?.measure], ['CN', 'US', null, null]);
  assert.deepEqual([of('new-one total')?.before, of('new-one total')?.change], [null, null]);
});

test('what is zero or missing before has no relative change', async (t) => {
  const one = (value: string): FileRow[] => [finding('ssh-bans-by-month', 'total', value, 'bans', value)];
  const changes = async (before: string, after: string) =>
    (await compareFrames(year(t, one(before)), year(t, one(after)))).rows.map(({ change }) => change);
  assert.deepEqual(await changes('0', '5'), [null]);
  assert.deepEqual(await changes('', '5'), [null]);
  assert.deepEqual(await changes('5', '0'), [-1]);
});

test('what makes the two less than comparable is said', async (t) => {
  const one = year(t, [], { home: 'FR', zone: 'UTC' });
  const other = framesFolder(t, { findings: [] }, { site: { zone: 'Asia/Tokyo' }, synthetic: false });
  const { cautions } = await compareFrames(one, other);
  assert.deepEqual(
    cautions.map(({ en }) => en),
    [
      'The zone is UTC before and Asia/Tokyo after.',
      'The home is FR before and JP after.',
      'One of the two is synthetic data, the other is not.',
    ],
  );
  assert.equal(cautions[1]?.ja, '自国は以前の期間がFR、今回がJPです。');
});

test('the command prints CSV or JSON', async (t) => {
  const run = async (...argv: string[]): Promise<string> => {
    let printed = '';
    const write = t.mock.method(process.stdout, 'write', (text: unknown) => {
      // The runner of the tests writes its own bytes in between.
      if (typeof text === 'string') printed += text;
      return true;
    });
    await compareCommand.run(argv).finally(() => write.mock.restore());
    return printed;
  };
  const [before, after] = [year(t, bans(1000, 365, '0.2', 'CN')), year(t, bans(1100, 365, '0.2', 'CN'))];
  const lines = (await run('--frames', after, '--before', before)).split('\n');
  assert.equal(lines[0], 'statistic,key,unit,before,value,change,change_low,change_high,measure');
  assert.match(
    lines[1] ?? '',
    /^ssh-bans-by-month,total,bans,1000,1100,0\.1,0\.009\d*,0\.19\d*,relative per covered day$/,
  );
  assert.equal(JSON.parse(await run('--frames', after, '--before', before, '--json')).rows.length, 6);
  await assert.rejects(run('--frames', after), /expected --frames DIR and --before DIR/);
});
