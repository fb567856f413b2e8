import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { checkProse } from '../../lib/article/check-prose.js';
import type { Material } from '../../lib/article/facts.js';
import { sections } from '../../lib/article/sections.js';
import { headSentences, titleOf } from '../../lib/article/texts.js';
import { holds, lookupOf, sentenceOf, writeSection } from '../../lib/article/write-section.js';
import { readFrame } from '../../lib/frames/csv.js';
import { readDatapackage } from '../../lib/frames/datapackage.js';
import { makeFrames } from '../../lib/index.js';
import { readSite } from '../../lib/site.js';
import { type Case, cases } from './cases.js';

const sample = new URL('../../data/sample/', import.meta.url).pathname;
let material: Material;

before(async () => {
  const out = mkdtempSync(join(tmpdir(), 'banbook-article-'));
  try {
    await makeFrames([`${sample}raw`], out, readSite(`${sample}site.json`), {
      year: null,
      cache: `${sample}cache`,
      threads: 1,
      onProgress: () => {},
    });
    const { site, synthetic, period } = readDatapackage(out);
    material = { site, synthetic, period, findings: await readFrame(out, 'findings') };
  } finally {
    rmSync(out, { recursive: true });
  }
});

/** The material with other values of some findings, by `statistic.key`. */
const changed = (values: Record<string, string | null>): Material => ({
  ...material,
  findings: material.findings.map((f) => {
    const value = values[`${f.statistic}.${f.key}`];
    return value === undefined ? f : { ...f, value };
  }),
});

const prose = (from: Material, id: string, locale: 'en' | 'ja' = 'en'): string => {
  const section = sections.find((some) => some.id === id);
  assert.ok(section);
  return writeSection(section, locale, lookupOf(from)).join(' ');
};

test('every claim asks for findings that are there, and both languages quote the same', () => {
  const find = lookupOf(material);
  const places = (text: string) => [...new Set(text.match(/\{[^} ]+/g))].sort();
  for (const { claims } of sections)
    for (const claim of claims) {
      assert.deepEqual(places(claim.en), places(claim.ja), claim.en);
      holds(claim, find);
      for (const locale of ['en', 'ja'] as const) sentenceOf({ ...claim, if: {} }, locale, find);
    }
});

/** Sentences of a section, or title and sentences of the head. */
function sentencesOf(
  { section: id, findings, synthetic, period, bans }: Case,
  locale: 'en' | 'ja',
): string[] {
  const from = {
    ...changed(findings),
    ...(synthetic === undefined ? {} : { synthetic }),
    ...(period ? { period } : {}),
    // What is counted is the period of the input where a case names one.
    site: { ...material.site, ...(period ? { period: null } : {}), ...(bans ? { bans } : {}) },
  };
  const find = lookupOf(from);
  if (id === 'head') return [titleOf(locale, find), ...headSentences(from.synthetic, locale, find)];
  const section = sections.find((some) => some.id === id);
  assert.ok(section);
  return writeSection(section, locale, find);
}

for (const some of cases)
  test(some.name, () => {
    for (const locale of ['en', 'ja'] as const) {
      const said = sentencesOf(some, locale);
      for (const sentence of some.says) assert.ok(said.includes(sentence[locale]), said.join('\n'));
      for (const part of some.hides ?? [])
        assert.ok(!said.join('\n').includes(part[locale]), said.join('\n'));
    }
  });

test('months that do not change and months that are too few are told apart', () => {
  const key = 'ssh-bans-by-month.trend';
  assert.match(
    prose(changed({ [key]: 'none' }), 'ssh-bans-by-month'),
    /do not tell of a lasting rise or fall/,
  );
  assert.match(prose(changed({ [key]: null }), 'ssh-bans-by-month'), /Too few months/);
});

test('a sentence without its number falls away, and a section without a sentence says so', () => {
  assert.doesNotMatch(prose(changed({ 'countries.home_rank': null }), 'countries'), /is number/);
  assert.match(
    prose(changed({ 'countries.home_rank': null }), 'countries'),
    /No banned address is known to be of the home/,
  );
  const none = Object.fromEntries(
    material.findings
      .filter((f) => f.statistic === 'reverse-names-by-month')
      .map((f) => [`${f.statistic}.${f.key}`, null]),
  );
  assert.equal(prose(changed(none), 'reverse-names-by-month'), 'The input does not tell.');
  assert.equal(prose(changed(none), 'reverse-names-by-month', 'ja'), 'この入力からは分かりません。');
});

test('hours are even or not as the test of uniformity says', () => {
  const key = 'ssh-bans-by-hour.uniform_p_bursts';
  assert.match(prose(changed({ [key]: '0.4' }), 'ssh-bans-by-hour'), /no bias by hour/);
  assert.match(prose(changed({ [key]: '0.001' }), 'ssh-bans-by-hour'), /the hours are not even/);
});

test('simulated scores are called so', () => {
  assert.match(prose(changed({ 'risk-scores.simulated': '5' }), 'risk-scores'), /scores are simulated/);
  assert.doesNotMatch(prose(changed({ 'risk-scores.simulated': '0' }), 'risk-scores'), /simulated/);
});

test('a digit that no finding gives stops the build, in a sentence and in the page', () => {
  const find = lookupOf(material);
  const claim = { en: 'There were 12 bans.', ja: 'BANは{ssh-bans-by-month.total}件です。' };
  assert.throws(() => sentenceOf(claim, 'en', find), /a number that no finding gives/);
  assert.ok(sentenceOf(claim, 'ja', find)?.includes('655'));
  const page = (text: string) => `<p class="banbook-prose banbook-claim">${text}</p>`;
  const section = sections[0];
  assert.ok(section);
  const [first = ''] = writeSection(section, 'en', find);
  checkProse(page(first), material, 'en');
  assert.throws(
    () => checkProse(page(first.replace('655', '656')), material, 'en'),
    /what the findings do not/,
  );
  assert.throws(() => checkProse('', material, 'en'), /no sentence/);
});

test('the dates that count end with the period, whose day after the last may have records too', () => {
  const head = (period: Material['site']['period']) =>
    headSentences(
      false,
      'en',
      lookupOf({
        ...material,
        site: { ...material.site, period },
        period: { first: '2018-12-01', last: '2019-12-01' },
      }),
    )[0];
  assert.match(
    String(head({ from: '2018-12-01', to: '2019-12-01' })),
    /^Counted is what the records tell of 2018-12-01 to 2019-11-30; local times are in Asia\/Tokyo\./,
  );
  assert.match(String(head(null)), / of 2018-12-01 to 2019-12-01;/);
});
