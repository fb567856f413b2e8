import type { BanIncrement } from '../ban-settings.js';
import { pythonExpression } from './python-expression.js';

const ownFormula = 'ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor';

/**
 * How long an address is banned that was banned before.
 * @param random a number from 0 up to 1, for rndtime
 * @returns takes the ban time that it would have (seconds) and how often it was banned (1 and more)
 * @throws UserError when formula or factor cannot be read
 */
export function banTimeOf(
  { formula, factor, multipliers, maxtime, rndtime }: BanIncrement,
  random: () => number,
): (banTime: number, banCount: number) => number {
  const banFactor = pythonExpression(factor, [])({});
  const byFormula = pythonExpression(formula ?? ownFormula, ['ban.Time', 'ban.Count', 'banFactor']);
  const grown = (banTime: number, banCount: number): number => {
    if (multipliers?.length)
      return banTime * banFactor * (multipliers[Math.min(banCount, multipliers.length - 1)] ?? 1);
    return Math.max(banTime, byFormula({ 'ban.Time': banTime, 'ban.Count': banCount, banFactor }));
  };
  return (banTime, banCount) =>
    Math.min(grown(banTime, banCount), maxtime ?? Number.POSITIVE_INFINITY) +
    (rndtime === null ? 0 : random() * rndtime);
}
