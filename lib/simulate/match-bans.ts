/** A ban that really was or that the replay gives; seconds. */
export interface BanAt {
  readonly address: string;
  readonly time: number;
  /** Where a real ban stands. */
  readonly source?: string;
  readonly line?: number;
}

/** Times that differ by more than this, seconds, are not of the same ban. */
export const tolerance = 120;

/** Bans of a replay held against those of one witness. */
export interface CheckedVia {
  readonly via: 'mail' | 'log';
  readonly real: number;
  readonly predicted: number;
  readonly matched: number;
  /** Part of the predicted bans that really were; null without any. */
  readonly precision: number | null;
  /** Part of the real bans that were predicted; null without any. */
  readonly recall: number | null;
  /** Seconds from the predicted to the real ban, in order. */
  readonly differences: readonly number[];
  readonly notPredicted: readonly BanAt[];
  readonly notReal: readonly BanAt[];
}

/** Each real ban takes the nearest predicted one of its address that is left. */
export function matchBans(
  via: 'mail' | 'log',
  predicted: readonly BanAt[],
  real: readonly BanAt[],
): CheckedVia {
  const left = new Map<string, BanAt[]>();
  for (const ban of predicted) left.set(ban.address, [...(left.get(ban.address) ?? []), ban]);
  const differences: number[] = [];
  const notPredicted: BanAt[] = [];
  for (const ban of real) {
    const candidates = left.get(ban.address) ?? [];
    const away = (one: BanAt) => Math.abs(one.time - ban.time);
    const [nearest] = [...candidates].sort((a, b) => away(a) - away(b));
    if (!nearest || away(nearest) > tolerance) {
      notPredicted.push(ban);
      continue;
    }
    differences.push(ban.time - nearest.time);
    candidates.splice(candidates.indexOf(nearest), 1);
  }
  const notReal = [...left.values()].flat().sort((a, b) => a.time - b.time);
  const matched = differences.length;
  return {
    ...{ via, real: real.length, predicted: predicted.length, matched, notPredicted, notReal },
    precision: predicted.length > 0 ? matched / predicted.length : null,
    recall: real.length > 0 ? matched / real.length : null,
    differences: differences.sort((a, b) => a - b),
  };
}
