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
