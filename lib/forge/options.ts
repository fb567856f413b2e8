import { UserError } from '../errors.js';
import { siteOf } from '../site.js';

export interface ForgeOptions {
  /** Folder to write into. */
  readonly out: string;
  /** Whole number; another one gives another year. */
  readonly seed: number;
  /** 1 is the size of the article's year. */
  readonly scale: number;
  /** First local date. */
  readonly from: string;
  /** Local date after the last. */
  readonly to: string;
  /** IANA zone of the server's clock. */
  readonly zone: string;
  /** Country of the server. */
  readonly home: string;
  /** Whether rotated logs are gzipped. */
  readonly gzip: boolean;
}

const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

/** @throws UserError that names the option, what it has to be, and what came */
export function checkOptions({ seed, scale, from, to, zone, home }: ForgeOptions): void {
  if (!Number.isSafeInteger(seed)) throw new UserError(`seed: expected a whole number, got ${seed}`, 2);
  if (!(scale >= 0.001 && scale <= 100))
    throw new UserError(`scale: expected a number from 0.001 to 100, got ${scale}`, 2);
  for (const [name, value] of Object.entries({ from, to }))
    if (!isDate(value)) throw new UserError(`${name}: expected a date such as 2018-12-01, got "${value}"`, 2);
  if (from >= to)
    throw new UserError(`to: expected a date after ${from}, the first of the period, got ${to}`, 2);
  siteOf({ zone, home, period: { from, to } }, 'forge');
}
