import type { BanIncrement } from '../ban-settings.js';
import { UserError } from '../errors.js';
import {
  ArithmeticError,
  greatest,
  least,
  multiply,
  pythonExpression,
  toFloat,
  type Value,
} from './python-expression.js';

const ownFormula = 'ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor';

/** What Python counts, or null where it raises an error. */
function unlessError<T>(count: () => T): T | null {
  try {
    return count();
  } catch (error) {
    if (error instanceof ArithmeticError) return null;
    throw error;
  }
}

/** A number of JSON as Python has it. */
const toPython = (value: number): Value => (Number.isInteger(value) ? BigInt(value) : value);

/**
 * How long an address is banned that was banned before.
 * @param random a number from 0 up to 1, for rndtime
 * @returns takes the ban time that it would have (seconds) and how often it was banned (1 and more); null where the
 * formula raises an error, which fail2ban notes and leaves the ban as it is
 * @throws UserError when formula or factor cannot be read, or the factor has no value
 */
export function banTimeOf(
  { formula, factor, multipliers, maxtime, rndtime }: BanIncrement,
  random: () => number,
): (banTime: number, banCount: number) => number | null {
  const factorOf = pythonExpression(factor, []);
  const banFactor = unlessError(() => factorOf({}));
  if (banFactor === null)
    throw new UserError(`bantime.factor must have a value, got "${factor}", an error in Python`, 2);
  const byFormula = pythonExpression(formula ?? ownFormula, ['ban.Time', 'ban.Count', 'banFactor']);
  const grown = (banTime: Value, banCount: number): Value => {
    if (multipliers?.length) {
      const multiplier = multipliers[Math.min(banCount, multipliers.length - 1)] ?? 1;
      return multiply(multiply(banTime, banFactor), toPython(multiplier));
    }
    const names = { 'ban.Time': banTime, 'ban.Count': toPython(banCount), banFactor };
    return greatest(banTime, byFormula(names));
  };
  const limited = (value: Value): Value => (maxtime === null ? value : least(value, toPython(maxtime)));
  return (banTime, banCount) =>
    unlessError(() => {
      const value = limited(grown(toPython(banTime), banCount));
      return rndtime === null ? Number(value) : toFloat(value) + random() * rndtime;
    });
}
