import assert from 'node:assert/strict';
import { test } from 'node:test';
import { categorizationsOf } from '../../lib/enrich/investigate/categorization.js';
import { namedScores, volumeOf } from '../../lib/enrich/investigate/domain-lists.js';
import { NoAnswer } from '../../lib/enrich/investigate/no-answer.js';
import { riskScoreOf } from '../../lib/enrich/investigate/risk-score.js';

const lexical = { indicator: 'Lexical', normalized_score: 52, score: 0.525 };

test('risk score: the block status of both APIs', () => {
  const of = (indicator: string, score: unknown) =>
    riskScoreOf({ indicators: [lexical, { indicator, normalized_score: 0, score }], risk_score: 4 });
  assert.deepEqual(of('Block Status', 0), { risk_score: 4, lexical: 52, blocked: false });
  assert.deepEqual(of('Umbrella Block Status', false), of('Block Status', 0));
  assert.deepEqual(of('Umbrella Block Status', true), of('Block Status', 1));
  assert.deepEqual(of('An Indicator of Next Year', 7), { risk_score: 4, lexical: 52 });
});

test('risk score: no score is null and never zero; an impossible one is no answer', () => {
  assert.deepEqual(riskScoreOf({ indicators: [], risk_score: null }), { risk_score: null });
  assert.deepEqual(riskScoreOf({ risk_score: null }), { risk_score: null });
  assert.deepEqual(riskScoreOf({ risk_score: 0 }), { risk_score: 0 });
  for (const wrong of [
    [],
    {},
    { indicators: [] },
    'x',
    null,
    7,
    { risk_score: '4' },
    { risk_score: 101 },
    { risk_score: -1 },
  ])
    assert.throws(() => riskScoreOf(wrong), NoAnswer, JSON.stringify(wrong));
  assert.throws(() => riskScoreOf({ risk_score: 4, indicators: [{ normalized_score: 1 }] }), NoAnswer);
});

test('categorization: by domain, and as the documentation of the current API prints it', () => {
  const facts = { status: 1, security_categories: [], content_categories: ['23', 25] };
  const expected = { status: 1, security_categories: [], content_categories: ['23', '25'] };
  assert.deepEqual([...categorizationsOf({ 'a.example': facts })], [['a.example', expected]]);
  assert.deepEqual([...categorizationsOf([{ 'a.example': null, ...facts }])], [['a.example', expected]]);
  assert.deepEqual([...categorizationsOf([{ 'a.example': facts }])], [['a.example', expected]]);
  assert.throws(() => categorizationsOf({ 'a.example': { status: 2 } }), NoAnswer);
});

test('lists of domains, with scores and without; volumes as numbers', () => {
  assert.deepEqual(namedScores({ found: true, pfs2: [['b.example', 0.5], 'c.example'] }, 'pfs2'), [
    { name: 'b.example', score: 0.5 },
    { name: 'c.example', score: null },
  ]);
  assert.deepEqual(namedScores({ found: false }, 'pfs2'), []);
  assert.throws(() => namedScores({ pfs2: [7] }, 'pfs2'), NoAnswer);
  assert.deepEqual(volumeOf({ dates: ['1', '2'], queries: ['3'] }), { dates: [1, 2], queries: [3] });
  assert.deepEqual(volumeOf([]), { dates: [], queries: [] });
  assert.throws(() => volumeOf({ dates: ['x'], queries: [] }), NoAnswer);
});
