import type { Field, PlainShape, ShapeNode } from '../parsers/plain-shapes.js';
import type { Hour } from '../parsers/stamp-clock.js';
import { isDigit, isSame, standsAt, viewOf, withSlack } from '../sources/byte-words.js';
import type { Origin } from './line-origins.js';

/** A line of a log within its bytes: who wrote it when, and where the fields of its message stand. */
export class PlainLine {
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.bytes);
  /** Its start, up to the message, in the bytes; of no length where it is unlike any. */
  startAt = 0;
  startLength = 0;
  hour: Hour = null;
  minute = 0;
  second = 0;
  origin: Origin | undefined;
  pid = 0;
  pidAt = 0;
  pidEnd = 0;
  messageAt = 0;
  /** Where the line ends, without its line end. */
  end = 0;
  accountAt = 0;
  accountEnd = 0;
  addressAt = 0;
  addressEnd = 0;
  /** The IPv4 address as a signed number of 32 bits. */
  address = 0;
  private lastAddress = 0;
  private lastAt = 0;
  private lastEnd = 0;
  portAt = 0;
  portEnd = 0;
  jailAt = 0;
  jailEnd = 0;
  countAt = 0;
  countEnd = 0;
  secondsAt = 0;
  secondsEnd = 0;

  /** Lines of these bytes come next. @returns the bytes, which may have been copied */
  open(bytes: Buffer): Buffer {
    this.bytes = withSlack(bytes);
    this.view = viewOf(this.bytes);
    this.lastEnd = this.lastAt;
    this.startLength = 0;
    return this.bytes;
  }

  /** @returns the shape that the message has, up to the end of the line */
  match(tree: ShapeNode): PlainShape | null {
    const { bytes, view } = this;
    let node = tree;
    for (let at = this.messageAt; ; ) {
      const byte = bytes[at];
      const literal = byte === undefined ? null : node.literals[byte];
      let next: ShapeNode | null = null;
      if (literal && standsAt(view, at, literal.text)) {
        at += literal.text.length;
        next = literal.next;
      }
      if (next === null) {
        if (node.shape !== null && byte === lf) {
          this.end = at;
          return node.shape;
        }
        if (node.field === null) return null;
        at = this.take(node.field.name, at);
        if (at < 0) return null;
        next = node.field.next;
      }
      node = next;
    }
  }

  /** @returns where the field ends; -1 where none stands there */
  private take(field: Field, at: number): number {
    const { bytes } = this;
    switch (field) {
      case 'account':
        this.accountAt = at;
        this.accountEnd = endOfAccount(bytes, at);
        return this.accountEnd;
      case 'jail':
        this.jailAt = at;
        this.jailEnd = endOfAccount(bytes, at);
        return this.jailEnd;
      case 'address':
        this.addressAt = at;
        this.addressEnd = this.takeAddress(at);
        return this.addressEnd;
      case 'port':
        this.portAt = at;
        this.portEnd = endOfNumber(bytes, at, 5);
        return this.portEnd;
      case 'count':
        this.countAt = at;
        this.countEnd = bytes[at] === zero ? -1 : endOfNumber(bytes, at, 9);
        return this.countEnd;
      case 'seconds':
        this.secondsAt = at;
        this.secondsEnd = endOfNumber(bytes, at, 9);
        return this.secondsEnd;
      case 'text':
        return this.endOfText(at);
      case 'word':
        return endOfKind(bytes, at, kinds.word.bit, 1, 200);
      case 'words':
        return endOfKind(bytes, at, kinds.words.bit, 1, 200);
      case 'queue':
        return endOfKind(bytes, at, kinds.queue.bit, 5, 20);
      case 'stamp':
        return endOfStamp(bytes, at);
    }
  }

  private takeAddress(start: number): number {
    const { bytes, view, lastAt, lastEnd } = this;
    // Mostly it is that of the line before.
    const length = lastEnd - lastAt;
    if (length > 0 && isSame(view, start, lastAt, length) && !isDigit(bytes[start + length] ?? 0)) {
      this.address = this.lastAddress;
      return start + length;
    }
    let at = start;
    let address = 0;
    for (let part = 0; part < 4; part++) {
      if (part > 0 && bytes[at++] !== dot) return -1;
      const end = endOfNumber(bytes, at, 3);
      let byte = 0;
      for (; at < end; at++) byte = byte * 10 + (bytes[at] ?? 0) - 48;
      if (end < 0 || byte > 255) return -1;
      address = (address << 8) | byte;
    }
    this.address = address;
    this.lastAddress = address;
    this.lastAt = start;
    this.lastEnd = at;
    return at;
  }

  /** All up to the end of the line; a line that ends with CR is not as written. */
  private endOfText(start: number): number {
    const { bytes, view } = this;
    for (let at = start; at < bytes.length; at += 4) {
      // The lowest byte that is a line end has its high bit set, and none below it has.
      const differs = view.getInt32(at, true) ^ lineEnds;
      const ends = (differs - 0x01010101) & ~differs & highBits;
      if (ends === 0) continue;
      const end = at + ((31 - Math.clz32(ends & -ends)) >> 3);
      return end < bytes.length && bytes[end - 1] !== cr ? end : -1;
    }
    return -1;
  }
}

const lf = 10;
const lineEnds = lf * 0x01010101;
const highBits = 0x80808080 | 0;
const cr = 13;
const dot = 46;
const zero = 48;

/** What each byte may be part of, a bit for each field; the begin of an account is one of its own. */
const kinds = {
  account: { bit: 1, bytes: /[A-Za-z0-9_.@/-]/ },
  accountBegin: { bit: 2, bytes: /[A-Za-z0-9_.]/ },
  word: { bit: 4, bytes: /[A-Za-z0-9._+/=:-]/ },
  words: { bit: 8, bytes: /[A-Za-z0-9_/= ]/ },
  queue: { bit: 16, bytes: /[0-9A-F]/ },
} as const;
const kindsOf = Uint8Array.from({ length: 256 }, (_, byte) =>
  Object.values(kinds).reduce(
    (bits, { bit, bytes }) => (bytes.test(String.fromCharCode(byte)) ? bits | bit : bits),
    0,
  ),
);

const isKind = (bytes: Buffer, at: number, bit: number): boolean =>
  ((kindsOf[bytes[at] ?? lf] ?? 0) & bit) !== 0;

function endOfAccount(bytes: Buffer, start: number): number {
  if (!isKind(bytes, start, kinds.accountBegin.bit)) return -1;
  return endOfKind(bytes, start, kinds.account.bit, 1, 100);
}

/** The end of bytes of a kind, where there are as many as it takes. */
function endOfKind(bytes: Buffer, start: number, bit: number, least: number, most: number): number {
  let at = start;
  while (isKind(bytes, at, bit)) at++;
  return at - start >= least && at - start <= most ? at : -1;
}

const stampForm = Buffer.from('0000-00-00 00:00:00');

function endOfStamp(bytes: Buffer, start: number): number {
  for (let i = 0; i < stampForm.length; i++) {
    const byte = bytes[start + i] ?? 0;
    if (stampForm[i] === zero ? !isDigit(byte) : byte !== stampForm[i]) return -1;
  }
  return start + stampForm.length;
}

/** Digits without zeros in front. */
function endOfNumber(bytes: Buffer, start: number, most: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at++;
  const length = at - start;
  return length === 0 || length > most || (length > 1 && bytes[start] === zero) ? -1 : at;
}
