/** A sentence in both languages, the numbers it is filled with, and when it may be said. */
export interface Claim {
  /**
   * `{statistic.key}` stands for a finding, `{statistic.key day|days}` for one with the word that fits its number. A
   * sentence with a number that the findings do not tell falls away. No digit may stand in a sentence by itself.
   */
  readonly en: string;
  readonly ja: string;
  /**
   * Findings that have to have a value: the text itself, `<0.05`, `>=1`, `null` for one that must not be told, `= path`
   * for the value of another, `≠ path` for one that differs from it, both told; all of a list.
   */
  readonly if?: Readonly<Record<string, string | readonly string[]>>;
}

/** A part of the article: the charts of some statistics and what may be said of them. */
export interface Section {
  readonly id: string;
  readonly title: { readonly en: string; readonly ja: string };
  readonly statistics: readonly string[];
  readonly claims: readonly Claim[];
}
