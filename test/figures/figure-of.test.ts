import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureOf, figuresOf } from '../../lib/figures/index.js';
import { runStatistic, statistics } from '../../lib/stats/index.js';
import { engineOver } from '../engine/frames.js';
import { frames, framesWithUnknown } from '../stats/cases.js';
import { notesOf, traceOf } from './options.js';

for (const statistic of statistics) {
  test(`${statistic.id}: an engine is context enough, and the figure is plain JSON`, async (t) => {
    const engine = await engineOver(t, frames);
    const result = await runStatistic(engine, statistic);
    for (const locale of ['en', 'ja'] as const) {
      const figure = figureOf(result, { ...engine, locale });
      assert.equal(figure.name, statistic.id);
      assert.ok(figure.data.length > 0);
      assert.ok(figure.alt.startsWith(statistic.title[locale]));
      assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure);
      assert.deepEqual(figureOf(result, { ...engine, locale }), figure);
      assert.ok(figure.layout.xaxis?.title && figure.layout.yaxis?.title);
    }
  });

  test(`${statistic.id}: empty frames give a figure that says so`, async (t) => {
    const engine = await engineOver(t, {}, { synthetic: false });
    const figure = figureOf(await runStatistic(engine, statistic), engine);
    assert.deepEqual(figure.data, []);
    const why = statistic.id.startsWith('risk') ? 'no data: no such address was banned' : 'no data';
    assert.deepEqual(notesOf(figure), ['no data', why]);
  });
}

test('the source line names number, period, data and the date of the country data', async (t) => {
  const engine = await engineOver(t, framesWithUnknown);
  const figure = figureOf(await runStatistic(engine, 'countries'), engine);
  assert.deepEqual(notesOf(figure), [
    'n = 7 bans · 2019-01 to 2019-05 · ban mails<br>synthetic data (banbook forge)<br>country data of 2023-11-15',
  ]);
  const own = figureOf(await runStatistic(engine, 'countries'), {
    site: engine.site,
    synthetic: false,
    data: 'one server',
    title: 'Another title',
  });
  assert.deepEqual(notesOf(own), [
    'n = 7 bans · 2019-01 to 2019-05 · ban mails · one server<br>country data of 2023-11-15',
  ]);
  assert.ok(own.alt.startsWith('Another title'));
});

test('countries have a ranking down to home and a map of all', async (t) => {
  const engine = await engineOver(t, framesWithUnknown);
  const result = await runStatistic(engine, 'countries');
  const figures = figuresOf(result, engine);
  assert.deepEqual(
    figures.map(({ name }) => name),
    ['countries', 'countries-map'],
  );
  assert.deepEqual(figures[0], figureOf(result, engine));
  assert.deepEqual(traceOf(figures[1] ?? figures[0], 0).locations, ['CHN', 'FRA', 'JPN', 'USA']);
});

test('concentration of accounts: ssh beside mail, in per cent of each', async (t) => {
  const engine = await engineOver(t, frames);
  const figure = figureOf(await runStatistic(engine, 'account-concentration'), engine);
  assert.deepEqual(
    [0, 1].map((i) => [traceOf(figure, i).name, traceOf(figure, i).y]),
    [
      ['ssh (5 names)', [40, 100, 100, 40]],
      ['mail (1 names)', [100, 100, 100, 100]],
    ],
  );
  assert.match(figure.alt, /: ssh \(5 names\) the first name 40\.0 %, .*; mail .*\.$/);
});

test('home is the colour of its own among the countries', async (t) => {
  const engine = await engineOver(t, framesWithUnknown);
  const figure = figureOf(await runStatistic(engine, 'countries'), engine);
  assert.deepEqual(figure.layout.yaxis?.ticktext, ['China', 'France', 'Japan', 'unknown']);
  assert.deepEqual(traceOf(figure, 0).marker, {
    color: ['#0072B2', '#0072B2', '#D55E00', '#767676'],
  });
});

test('a statistic without a chart is named', async (t) => {
  const engine = await engineOver(t, {});
  const result = await runStatistic(engine, 'countries');
  const statistic = { ...result.statistic, id: 'other' };
  assert.throws(() => figureOf({ ...result, statistic }, engine), {
    name: 'UserError',
    message: /no chart for "other"/,
  });
});
