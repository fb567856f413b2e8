/** A sentence in both languages, the numbers it is filled with, and when it may be said. */
export interface Claim {
  /**
   * `{statistic.key}` stands for a finding. A sentence with a number that the findings do not tell falls away. No
   * digit may stand in a sentence by itself.
   */
  readonly en: string;
  readonly ja: string;
  /** Findings that have to have a value: the text itself, `<0.05`, `>=1`, or `null` for one that must not be told. */
  readonly if?: Readonly<Record<string, string>>;
}

/** A part of the article: the charts of some statistics and what may be said of them. */
export interface Section {
  readonly id: string;
  readonly title: { readonly en: string; readonly ja: string };
  readonly statistics: readonly string[];
  readonly claims: readonly Claim[];
}
