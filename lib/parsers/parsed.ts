import type { Row } from '../schema.js';

/** What every row gets from the place where it was read rather than from the text. */
export type Provenance = 'source' | 'line';

/** An auth row before the frame knows its source, line, time, host and pid. */
export type AuthFields = Omit<Row<'auth'>, Provenance | 'time' | 'local_time' | 'host' | 'pid'>;

/** What a parser makes of one message. `template` is the name of the pattern that matched. */
export type ParsedMessage =
  | { readonly class: 'event'; readonly template: string; readonly row: AuthFields }
  | { readonly class: 'noise'; readonly template: string }
  | null;
