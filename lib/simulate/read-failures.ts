import { UserError } from '../errors.js';
import { frameColumns, withoutGuard } from '../frames/csv.js';
import type { Row } from '../schema.js';
import { type AddressIds, addressIds } from './address-ids.js';
import { type Block, carver } from './blocks.js';
import { type Attempt, attemptsOf, failuresOf } from './failures-of.js';
import { scanRows } from './scan-rows.js';

type Service = Row<'auth'>['service'];

/** Rows of the auth frame that are failures, attempts or logins, some thousand at a time; by number in each array. */
export interface Failures extends Block {
  length: number;
  readonly line: Float64Array;
  /** Seconds since 1970. */
  readonly time: Uint32Array;
  readonly address: Uint32Array;
  /** Attempts to log in; a repeated line has several. */
  readonly attempts: Uint32Array;
  /** Places in the lists of the keys, as `address` and `service` too. */
  readonly host: Uint16Array;
  readonly source: Uint16Array;
  readonly service: Uint8Array;
  /** Failures that fail2ban's filter counts: 0 or 1. */
  readonly failures: Uint8Array;
  /** 1 where an account logged in. */
  readonly login: Uint8Array;
}

export const rowsInBatch = 1 << 13;
const bytesOfRow = 27;

export function emptyFailures(size: number): Failures {
  const bytes = new Uint8Array(bytesOfRow * size);
  const carve = carver(bytes.buffer);
  return {
    bytes,
    length: 0,
    line: carve(Float64Array, size),
    time: carve(Uint32Array, size),
    address: carve(Uint32Array, size),
    attempts: carve(Uint32Array, size),
    host: carve(Uint16Array, size),
    source: carve(Uint16Array, size),
    service: carve(Uint8Array, size),
    failures: carve(Uint8Array, size),
    login: carve(Uint8Array, size),
  };
}

/** What the numbers of Failures stand for. */
export interface Keys {
  readonly services: Service[];
  /** Empty where the lines name no server. */
  readonly hosts: string[];
  readonly sources: string[];
  readonly addresses: AddressIds;
}

export const newKeys = (): Keys => ({ services: [], hosts: [], sources: [], addresses: addressIds() });

/** Place of a text in a list, entered when it is new. */
function placeIn<T extends string>(list: T[]): (text: T) => number {
  const places = new Map(list.map((text, place) => [text, place]));
  return (text) => {
    const known = places.get(text);
    if (known !== undefined) return known;
    const place = list.push(text) - 1;
    places.set(text, place);
    return place;
  };
}

const columns = frameColumns('auth');
const column = Object.fromEntries(columns.map((name, place) => [name, place])) as Record<
  keyof Row<'auth'>,
  number
>;

/** What decides over a row, and what follows from it; the same few come again and again. */
interface Kind {
  readonly failures: number;
  readonly attempts: number;
  readonly login: number;
  readonly service: number;
}

/**
 * Reads the failures of an auth frame in the order of its rows, a batch at a time: the arrays are used again for the
 * next one.
 * @param knownGood accounts whose logins count; null takes all
 * @throws UserError when there are more servers or sources than the arrays can tell apart
 */
export function readFailures(
  folder: string,
  keys: Keys,
  knownGood: ReadonlySet<string> | null,
  visit: (batch: Failures) => void,
): void {
  const cells = new Int32Array(columns.length + 1);
  const batch = emptyFailures(rowsInBatch);
  const kindOf = cached(kindColumns, cells, kindsOf(keys));
  const placeOfHost = cached([column.host], cells, placeIn(keys.hosts));
  const placeOfSource = cached([column.source], cells, placeIn(keys.sources));
  const seconds = secondsReader();
  const start = (place: number): number => cells[place] ?? 0;
  const end = (place: number): number => start(place + 1) - 1;

  scanRows(`${folder}/auth.csv`, cells, (data) => {
    const kind = kindOf(data);
    if (kind === null || start(column.address) === end(column.address)) return;
    if (kind.login && knownGood && !knownGood.has(unquoted(data, start(column.account), end(column.account))))
      return;
    const at = batch.length++;
    batch.time[at] = seconds(data, start(column.time));
    batch.address[at] = addressAt(data, start(column.address), end(column.address), keys.addresses);
    batch.failures[at] = kind.failures;
    batch.attempts[at] = kind.attempts;
    batch.login[at] = kind.login;
    batch.service[at] = kind.service;
    batch.host[at] = placeOfHost(data);
    batch.source[at] = placeOfSource(data);
    batch.line[at] = numberAt(data, start(column.line), end(column.line));
    if (batch.length < rowsInBatch) return;
    visit(batch);
    batch.length = 0;
  });
  if (Math.max(keys.hosts.length, keys.sources.length) > 0xffff)
    throw new UserError(`${folder}: more than 65,535 servers or sources cannot be replayed at once`);
  if (batch.length > 0) visit(batch);
}

/** Longer ones are not kept. */
const longestKey = 64;

/**
 * What follows from the bytes of some cells, worked out once for each that come: rows repeat themselves, and to make
 * strings of their cells takes most of the time of reading.
 */
function cached<T>(
  columns: readonly number[],
  cells: Int32Array,
  make: (...texts: string[]) => T,
): (data: Buffer) => T {
  const known = new Map<number, { readonly bytes: Uint8Array; readonly value: T }>();
  const key = new Uint8Array(longestKey);
  return (data) => {
    let [length, hash] = [0, 0];
    for (const place of columns) {
      // With the comma that ends the cell.
      for (let at = cells[place] ?? 0; at < (cells[place + 1] ?? 0); at++) {
        const byte = data[at] ?? 0;
        key[length++] = byte;
        hash = (Math.imul(hash, 31) + byte) | 0;
      }
    }
    const found = known.get(hash);
    if (found && found.bytes.length === length && isSame(found.bytes, key)) return found.value;
    const texts = columns.map((place) => unquoted(data, cells[place] ?? 0, (cells[place + 1] ?? 1) - 1));
    const value = make(...texts);
    if (!found && length <= longestKey && known.size < 10_000)
      known.set(hash, { bytes: key.slice(0, length), value });
    return value;
  };
}

function isSame(bytes: Uint8Array, key: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== key[at]) return false;
  return true;
}

const kindColumns = [column.service, column.event, column.account_exists, column.method, column.count];

function kindsOf(keys: Keys) {
  const placeOf = placeIn<Service>(keys.services);
  return (service: string, event: string, exists: string, method: string, count: string): Kind | null => {
    const attempt: Attempt = {
      service: service as Service,
      event: event as Attempt['event'],
      method: method === '' ? null : method,
      account_exists: exists === '' ? null : exists === 'true',
      count: Number(count),
    };
    const failures = failuresOf(attempt);
    const attempts = attemptsOf(attempt);
    const login = event === 'accepted' ? 1 : 0;
    if (failures + attempts + login === 0) return null;
    return { failures, attempts, login, service: placeOf(attempt.service) };
  };
}

/** A cell as it was before csvCell put it into quotes and guarded it. */
function unquoted(data: Buffer, start: number, end: number): string {
  const cell = data.toString('utf8', start, end);
  return withoutGuard(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
}

function numberAt(data: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (data[at] ?? 0) - 48;
  return value;
}

/** Seconds of `2019-06-01T12:00:00Z`. The days repeat. */
function secondsReader(): (data: Buffer, start: number) => number {
  let [known, midnight] = [0, 0];
  return (data, start) => {
    const year = numberAt(data, start, start + 4);
    const month = numberAt(data, start + 5, start + 7);
    const date = numberAt(data, start + 8, start + 10);
    const day = year * 10_000 + month * 100 + date;
    if (day !== known) [known, midnight] = [day, Date.UTC(year, month - 1, date) / 1000];
    const hour = numberAt(data, start + 11, start + 13);
    return (
      midnight +
      hour * 3600 +
      numberAt(data, start + 14, start + 16) * 60 +
      numberAt(data, start + 17, start + 19)
    );
  };
}

const DOT = 46;

function addressAt(data: Buffer, start: number, end: number, ids: AddressIds): number {
  let sum = 0;
  let byte = 0;
  for (let at = start; at < end; at++) {
    const digit = data[at] ?? 0;
    if (digit === DOT) {
      sum = sum * 256 + byte;
      byte = 0;
    } else if (digit >= 48 && digit <= 57) byte = byte * 10 + digit - 48;
    else return ids.of(data.toString('latin1', start, end));
  }
  return ids.ofNumber(sum * 256 + byte);
}
