import { UserError } from './errors.js';

/** How bans grow for addresses that come back: fail2ban's `bantime.*` options, with its defaults. */
export interface BanIncrement {
  /** Python expression over ban.Time, ban.Count and banFactor; null is fail2ban's own. Unused beside multipliers. */
  readonly formula: string | null;
  /** Python expression of constants, such as `2.0 / 2.885385`. */
  readonly factor: string;
  /** Whole numbers by ban count, the last one from there on; null counts by the formula. */
  readonly multipliers: readonly number[] | null;
  /** Seconds; null is no limit. */
  readonly maxtime: number | null;
  /** Seconds up to which a random time is added, after maxtime; null adds none. */
  readonly rndtime: number | null;
  /** Counts the bans of all jails of the server. */
  readonly overalljails: boolean;
}

/** The ban settings of one jail. Times are in seconds. */
export interface BanSettings {
  /** -1 bans for ever. */
  readonly bantime: number;
  readonly findtime: number;
  readonly maxretry: number;
  /** Null where bantime.increment is off. */
  readonly increment: BanIncrement | null;
  /** Addresses and CIDR ranges that are never counted. */
  readonly ignoreip: readonly string[];
}

/** What counts as a failure: the patterns of fail2ban's own filter, or failed passwords alone, as of a site's own. */
export type FailureFilter = 'fail2ban' | 'passwords';

const isText = (value: unknown) =>
  typeof value === 'string' && value.length <= 1000 && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
const isCounts = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(isCount);
const orNull = (isOne: (value: unknown) => boolean) => (value: unknown) => value === null || isOne(value);

const expression = 'an expression of one line, in Python';
const seconds = 'null or whole seconds from 1';

/** What an option must be, as the error says it, and the test for it. */
const incrementOptions: Readonly<Record<keyof BanIncrement, readonly [string, (value: unknown) => boolean]>> =
  {
    formula: [`null or ${expression}`, orNull(isText)],
    factor: [expression, isText],
    multipliers: ['null or whole numbers from 1 such as [1, 2, 4]', orNull(isCounts)],
    maxtime: [seconds, orNull(isCount)],
    rndtime: [seconds, orNull(isCount)],
    overalljails: ['true or false', (value) => typeof value === 'boolean'],
  };

/**
 * Whether a value is one of bantime.increment: an object of its options, or null for off.
 * @throws UserError that names the option, where one is not as fail2ban takes it
 */
export function isIncrement(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  for (const [name, one] of Object.entries(value)) {
    const option = Object.hasOwn(incrementOptions, name) && incrementOptions[name as keyof BanIncrement];
    if (!option) return false;
    const [what, isOne] = option;
    if (!isOne(one))
      throw new UserError(
        `site settings: "${name}" of "increment" must be ${what}, got ${JSON.stringify(one)}`,
        2,
      );
  }
  return true;
}

/** What fail2ban 1.0.2 does where jail.conf and jail.local say nothing. */
export const fail2banDefaults: BanSettings = {
  bantime: 600,
  findtime: 600,
  maxretry: 5,
  increment: null,
  ignoreip: [],
};

export const incrementDefaults: BanIncrement = {
  formula: null,
  factor: '1',
  multipliers: null,
  maxtime: null,
  rndtime: null,
  overalljails: false,
};

/** Seconds after which fail2ban's database forgets an address whose ban is long over: dbpurgeage of fail2ban.conf. */
export const purgeAge = 86_400;
