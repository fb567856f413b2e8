import { isIP } from 'node:net';
import { join } from 'node:path';
import type { LoggedName } from '../frames/name-tally.js';
import { cellText } from '../printable.js';
import { nameStatuses, type Row } from '../schema.js';
import { isoUtc } from '../zone.js';
import { answerLines } from './answer-lines.js';

/** What was found when the host name of an address was asked for; a line of names.jsonl. */
export interface NameAnswer {
  readonly address: string;
  /** Null but for confirmed and unconfirmed. */
  readonly name: string | null;
  readonly status: NonNullable<Row<'addresses'>['name_status']>;
  /** ISO 8601, UTC. */
  readonly asked_at: string;
  readonly source: NonNullable<Row<'addresses'>['name_source']>;
}

/** Where answers about names are kept. */
export const namesFile = (cache: string): string => join(cache, 'names.jsonl');

/** True where somebody answered; a time-out, a refusal and an error are to be asked again. */
export const isAnswered = ({ status }: NameAnswer): boolean =>
  status === 'confirmed' || status === 'unconfirmed' || status === 'none';

/**
 * Answers by address. What a server logged at the time comes first. Of several answers in the cache the first stays:
 * a name that is looked up later says nothing about the time of the ban. Where nobody answered, it is the last attempt.
 * @param cache folder; null for none
 */
export function knownNames(cache: string | null, logged: Iterable<LoggedName> = []): Map<string, NameAnswer> {
  const known = answersOf(cache);
  for (const { time, ...name } of logged) known.set(name.address, { ...name, asked_at: isoUtc(time) });
  return known;
}

function answersOf(cache: string | null): Map<string, NameAnswer> {
  const known = new Map<string, NameAnswer>();
  if (cache === null) return known;
  for (const answer of answerLines<NameAnswer>(namesFile(cache), isNameAnswer)) {
    const earlier = known.get(answer.address);
    if (!earlier || !isAnswered(earlier))
      known.set(answer.address, { ...answer, name: cellText(answer.name) });
  }
  return known;
}

const sources: readonly unknown[] = ['mail server log', 'sshd log', 'dns'];

function isNameAnswer(value: object): boolean {
  const { address, name, status, asked_at, source } = value as Record<string, unknown>;
  const named = status === 'confirmed' || status === 'unconfirmed';
  return (
    typeof address === 'string' &&
    isIP(address) !== 0 &&
    nameStatuses.some((known) => known === status) &&
    (named ? typeof name === 'string' && name !== '' : name === null) &&
    isInstant(asked_at) &&
    sources.includes(source)
  );
}

/** True for a time as frames have it, such as `2019-06-01T12:00:00Z`. */
export const isInstant = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) &&
  !Number.isNaN(Date.parse(value));
