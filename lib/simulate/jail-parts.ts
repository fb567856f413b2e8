import { type Block, carver, type HiddenFile, hiddenFile, readAt, rowsOn } from './blocks.js';
import {
  emptyJailLog,
  type JailLog,
  type JailLogSize,
  type JailRow,
  jailLog,
  type Period,
  type RealBan,
} from './jail-log.js';

/** A log in parts of some ten thousand rows each, in a hidden file; plain data, which threads can be given. */
export interface JailParts {
  readonly period: Period;
  readonly file: number;
  readonly parts: readonly (JailLogSize & { readonly at: number })[];
}

/** Reads a log part by part: no more than one of them is in memory. */
export function* partsOf({ period, file, parts }: JailParts): Generator<JailLog> {
  for (const { at, ...size } of parts) {
    const log = emptyJailLog(size, period);
    readAt(file, log.bytes, at);
    yield log;
  }
}

const rowsInPart = 1 << 16;
const rowsInBlock = 1 << 10;

interface RowBlock extends Block, Record<'time' | 'address' | 'attempts', Uint32Array> {
  readonly failures: Uint8Array;
  readonly login: Uint8Array;
}

function rowBlock(size: number): RowBlock {
  const bytes = new Uint8Array(14 * size);
  const carve = carver(bytes.buffer);
  return {
    bytes,
    time: carve(Uint32Array, size),
    address: carve(Uint32Array, size),
    attempts: carve(Uint32Array, size),
    failures: carve(Uint8Array, size),
    login: carve(Uint8Array, size),
  };
}

interface BanBlock extends Block {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly address: Uint32Array;
}

function banBlock(size: number): BanBlock {
  const bytes = new Uint8Array(20 * size);
  const carve = carver(bytes.buffer);
  const [from, to] = [carve(Float64Array, size), carve(Float64Array, size)];
  return { bytes, from, to, address: carve(Uint32Array, size) };
}

/** Takes rows and bans in order of time and divides them by address. */
export interface Divider {
  row(row: JailRow): void;
  ban(ban: RealBan): void;
  done(period: Period): JailParts;
}

/** @param rows how many will come at the most, by which the number of parts is chosen */
export function divider(rows: number): Divider {
  const file = hiddenFile();
  const every = Math.ceil(rows / rowsInPart) || 1;
  const parts = Array.from({ length: every }, () => partStore(file, every));
  return {
    row: (row) => parts[row.address % every]?.row(row),
    ban: (ban) => parts[ban.address % every]?.ban(ban),
    done: (period) => ({ period, file: file.number, parts: parts.map((part) => part.done(period)) }),
  };
}

const rowAt = ({ address, time, failures, attempts, login }: RowBlock, at: number): JailRow => ({
  address: address[at] ?? 0,
  time: time[at] ?? 0,
  failures: failures[at] ?? 0,
  attempts: attempts[at] ?? 0,
  login: login[at] ?? 0,
});

const banAt = ({ address, from, to }: BanBlock, at: number): RealBan => ({
  address: address[at] ?? 0,
  from: from[at] ?? 0,
  to: to[at] ?? 0,
});

/** One of the parts: the address n times `every` and some more is its nth. */
function partStore(file: HiddenFile, every: number) {
  const rows = rowsOn(file, rowsInBlock, rowBlock);
  const bans = rowsOn(file, rowsInBlock, banBlock);
  let addresses = 0;
  const placeOf = (address: number): number => {
    const place = Math.floor(address / every);
    addresses = Math.max(addresses, place + 1);
    return place;
  };
  return {
    row: (row: JailRow): void => {
      const at = rows.next();
      rows.current.address[at] = placeOf(row.address);
      rows.current.time[at] = row.time;
      rows.current.failures[at] = row.failures;
      rows.current.attempts[at] = row.attempts;
      rows.current.login[at] = row.login;
    },
    ban: ({ address, from, to }: RealBan): void => {
      const at = bans.next();
      bans.current.address[at] = placeOf(address);
      bans.current.from[at] = from;
      bans.current.to[at] = to;
    },
    done: (period: Period) => {
      const size = { addresses, rows: rows.length, bans: bans.length };
      const log = jailLog(
        size,
        (visit) => rows.walk((block, at) => visit(rowAt(block, at))),
        (visit) => bans.walk((block, at) => visit(banAt(block, at))),
        period,
      );
      return { ...size, at: file.append(log.bytes) };
    },
  };
}
