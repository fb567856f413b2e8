import type { Site } from '../site.js';
import type { ZoneClock } from '../zone.js';
import type { AddressTally } from './address-tally.js';
import type { FrameWriter } from './csv.js';
import type { DayCounter } from './day-counter.js';
import type { Ledger } from './ledger.js';

/** Where the rows of all sources go. */
export interface Sink {
  readonly site: Site;
  readonly zone: ZoneClock;
  readonly auth: FrameWriter<'auth'>;
  readonly bans: FrameWriter<'bans'>;
  readonly days: DayCounter;
  readonly addresses: AddressTally;
  /** Jails with bans to which the site settings give no service. */
  readonly unmappedJails: Set<string>;
}

/** What reading one source found out about it, filled in line by line. */
export interface SourceState {
  readonly id: string;
  readonly ledger: Ledger;
  lines: number;
  synthetic: boolean;
  first: number | null;
  last: number | null;
}

/** Enters the time of a line or mail with its source and its day. */
export function seen(state: SourceState, utc: number): void {
  if (state.first === null || utc < state.first) state.first = utc;
  if (state.last === null || utc > state.last) state.last = utc;
}

/** First day of a local date's month, as the coverage frame names months. */
export const monthOf = (date: string): string => `${date.slice(0, 8)}01`;

/** Marker of the forge: a log line of this program, or a mail header X-Synthetic, says that the file is made up. */
export const forgeProgram = 'banbook-forge';
