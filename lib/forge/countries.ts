/** Place of the home country among the sources of bans, as the article of 2019 found it. */
const homeRank = 26;

/**
 * Bans of each country, per mille, in falling order. The first three and the place of Japan are the
 * article's; every other figure is invented. The steps beside the home country are wide enough that a
 * hundredth of a year still ranks it alone.
 */
const weights: readonly (readonly [string, number])[] = [
  ['CN', 264],
  ['US', 158],
  ['FR', 72],
  ['RU', 50],
  ['KR', 44],
  ['BR', 41],
  ['DE', 37],
  ['IN', 34],
  ['VN', 31],
  ['SG', 28],
  ['GB', 25],
  ['NL', 22],
  ['ID', 20],
  ['TW', 18],
  ['IT', 16],
  ['CA', 14.5],
  ['HK', 13],
  ['TH', 12],
  ['UA', 11],
  ['PL', 10],
  ['MX', 9.2],
  ['AR', 8.6],
  ['ES', 8],
  ['CO', 7.6],
  ['TR', 7],
  ['JP', 4.9],
  ['IR', 3.2],
  ['EG', 3.1],
  ['ZA', 3],
  ['RO', 2.9],
  ['MY', 2.8],
  ['PK', 2.4],
  ['BG', 2.2],
  ['CL', 2],
  ['SE', 1.8],
  ['CZ', 1.6],
  ['PH', 1.4],
  ['GR', 1.2],
  ['BD', 1],
  ['PE', 0.8],
];

export interface CountryWeights {
  readonly codes: readonly string[];
  readonly weights: readonly number[];
}

/** The countries that attacks come from. @param home takes place 26; a country of the list changes places with Japan */
export function countryWeights(home: string): CountryWeights {
  const codes = weights.map(([code]) => code);
  const known = codes.indexOf(home);
  if (known >= 0) codes[known] = codes[homeRank - 1] ?? home;
  codes[homeRank - 1] = home;
  return { codes, weights: weights.map(([, weight]) => weight) };
}
