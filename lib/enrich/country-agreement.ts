/** Two countries of one address, and how many bans it stands for. */
export interface TwoOpinions {
  /** By the country data that banbook comes with. */
  readonly first: string | null;
  /** By the other source. */
  readonly second: string | null;
  readonly bans: number;
}

/** A table for showTable. */
export interface AgreementTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

export interface CountryAgreement {
  /** Bans for which both name a country; those for which it is the same. */
  readonly both: number;
  readonly same: number;
  /** same of both; null without any. */
  readonly share: number | null;
  /** Bans for which one of them, or both, names none. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
  /** Bans by the country of the first (rows) and of the second (columns), the most frequent ones by name. */
  readonly matrix: AgreementTable;
  /** Places of each country by both, the first's top and the home country. */
  readonly ranking: AgreementTable;
}

/**
 * Where two sources of countries agree and what it would change to take the other one.
 * @param home country that the ranking shows wherever it stands
 * @param most countries that the tables name
 */
export function countryAgreement(opinions: readonly TwoOpinions[], home: string, most = 8): CountryAgreement {
  const sum = (fits: (opinion: TwoOpinions) => boolean): number =>
    opinions.reduce((total, opinion) => total + (fits(opinion) ? opinion.bans : 0), 0);
  const both = sum(({ first, second }) => first !== null && second !== null);
  const same = sum(({ first, second }) => first !== null && first === second);
  const firsts = ranked(opinions, 'first');
  const seconds = ranked(opinions, 'second');
  return {
    both,
    same,
    share: both === 0 ? null : same / both,
    onlyFirst: sum(({ first, second }) => first !== null && second === null),
    onlySecond: sum(({ first, second }) => first === null && second !== null),
    neither: sum(({ first, second }) => first === null && second === null),
    matrix: matrixOf(
      opinions,
      firsts.slice(0, most).map(([country]) => country),
    ),
    ranking: rankingOf(firsts, seconds, home, most),
  };
}

/** Countries with their bans, the most first; of equals the one that comes first in the alphabet. */
function ranked(opinions: readonly TwoOpinions[], which: 'first' | 'second'): [string, number][] {
  const counts = new Map<string, number>();
  for (const { [which]: country, bans } of opinions)
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + bans);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function matrixOf(opinions: readonly TwoOpinions[], named: readonly string[]): AgreementTable {
  const labels = [...named, 'other', 'none'];
  const labelOf = (country: string | null): string =>
    country === null ? 'none' : named.includes(country) ? country : 'other';
  const cells = new Map(labels.map((label) => [label, new Map<string, number>()]));
  for (const { first, second, bans } of opinions) {
    const row = cells.get(labelOf(first));
    row?.set(labelOf(second), (row.get(labelOf(second)) ?? 0) + bans);
  }
  const rows = labels.map((label) => [label, ...labels.map((other) => cells.get(label)?.get(other) ?? 0)]);
  return { columns: ['country', ...labels], rows };
}

function rankingOf(
  firsts: readonly [string, number][],
  seconds: readonly [string, number][],
  home: string,
  most: number,
): AgreementTable {
  const shown = firsts.slice(0, most).map(([country]) => country);
  const rows = [...new Set([...shown, home])].map((country) => {
    const [a, b] = [firsts, seconds].map((list) => list.findIndex(([other]) => other === country)) as [
      number,
      number,
    ];
    const [rank, other] = [a, b].map((at) => (at < 0 ? null : at + 1)) as [number | null, number | null];
    const moved = rank === null || other === null ? null : rank - other;
    return [country, rank, firsts[a]?.[1] ?? null, other, seconds[b]?.[1] ?? null, moved];
  });
  return { columns: ['country', 'rank', 'bans', 'other_rank', 'other_bans', 'moved'], rows };
}
