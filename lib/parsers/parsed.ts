import type { Row } from '../schema.js';

/** What every row gets from the place where it was read rather than from the text. */
type Provenance = 'source' | 'line' | 'time' | 'local_time' | 'time_flag' | 'host';

/** An auth row before the frame knows its source, line, time, host and pid. */
export type AuthFields = Omit<Row<'auth'>, Provenance | 'pid' | 'joined_line'>;

/** A bans row before the frame knows its source, line, time, host and service; count is 1 where it is not said. */
export type BanFields = Pick<Row<'bans'>, 'event' | 'jail' | 'address' | 'failures'> &
  Partial<Pick<Row<'bans'>, 'count'>>;

/** A rejects row before the frame knows its source, line, time, host and pid. */
export type RejectFields = Omit<Row<'rejects'>, Provenance | 'pid'>;

/** What a noise line tells of its connection all the same, for the other lines of that connection. */
export interface Peer {
  readonly address: string | null;
  readonly account: string | null;
  /** Host name that the address says it has, and that does not lead back to it. */
  readonly unconfirmed?: string;
}

/** A message that is a row of a frame. */
export type ParsedEvent =
  | { readonly class: 'event'; readonly template: string; readonly frame: 'auth'; readonly row: AuthFields }
  | { readonly class: 'event'; readonly template: string; readonly frame: 'bans'; readonly row: BanFields }
  | {
      readonly class: 'event';
      readonly template: string;
      readonly frame: 'rejects';
      readonly row: RejectFields;
    };

/**
 * What a parser makes of one message; null for a wording that no pattern knows. `template` is the name of the
 * pattern that matched.
 */
export type ParsedMessage =
  | ParsedEvent
  | { readonly class: 'noise'; readonly template: string; readonly peer?: Peer }
  | null;
