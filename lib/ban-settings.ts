/** How bans grow for addresses that come back: fail2ban's `bantime.*` options, with its defaults. */
export interface BanIncrement {
  /** Python expression over ban.Time, ban.Count and banFactor; null is fail2ban's own. Unused beside multipliers. */
  readonly formula: string | null;
  /** Python expression of constants, such as `2.0 / 2.885385`. */
  readonly factor: string;
  /** By ban count, the last one from there on; null counts by the formula. */
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

const isText = (value: unknown) => typeof value === 'string' && value.length <= 1000;
const isSeconds = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
const isNumbers = (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every((one) => Number.isFinite(one) && one > 0);
const orNull = (isOne: (value: unknown) => boolean) => (value: unknown) => value === null || isOne(value);

const incrementOptions: Readonly<Record<string, (value: unknown) => boolean>> = {
  formula: orNull(isText),
  factor: isText,
  multipliers: orNull(isNumbers),
  maxtime: orNull(isSeconds),
  rndtime: orNull(isSeconds),
  overalljails: (value) => typeof value === 'boolean',
};

/** Whether a value is one of bantime.increment: an object of its options, or null for off. */
export const isIncrement = (value: unknown): boolean =>
  value === null ||
  (typeof value === 'object' &&
    Object.entries(value).every(
      ([name, one]) => Object.hasOwn(incrementOptions, name) && incrementOptions[name]?.(one),
    ));

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
