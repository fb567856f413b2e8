import {
  type Field,
  fieldNames,
  fieldNumber,
  type PlainShape,
  type ShapeNode,
} from '../parsers/plain-shapes.js';
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
  /** Where the fields of the message begin and end, by their numbers. */
  readonly starts = new Int32Array(fieldNames.length);
  readonly ends = new Int32Array(fieldNames.length);
  /** The IPv4 address as a signed number of 32 bits. */
  address = 0;
  private lastAddress = 0;
  private lastAt = 0;
  private lastEnd = 0;

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
        at = this.take(node.field.number, at);
        if (at < 0) return null;
        next = node.field.next;
      }
      node = next;
    }
  }

  /** @returns where the field ends; -1 where none stands there */
  private take(field: number, at: number): number {
    let end: number;
    if (field === addressField) end = this.takeAddress(at);
    else if (field === textField) end = this.endOfText(at);
    else if (field === stampField) end = endOfStamp(this.bytes, at);
    else end = endOfRun(this.bytes, at, runs[field]);
    this.starts[field] = at;
    this.ends[field] = end;
    return end;
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
      const end = endOfRun(bytes, at, byteRun);
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

const { address: addressField, text: textField, stamp: stampField } = fieldNumber;

const lf = 10;
const lineEnds = lf * 0x01010101;
const highBits = 0x80808080 | 0;
const cr = 13;
const dot = 46;
const zero = 48;

/** A field that is a run of bytes of one kind: how it may begin and go on, and how long it may be. */
interface Run {
  readonly begin: number;
  readonly bit: number;
  readonly least: number;
  readonly most: number;
}

/** What each byte may be part of, a bit for each kind. */
const kinds = [
  /[A-Za-z0-9_.@/-]/,
  /[A-Za-z0-9_.]/,
  /[0-9]/,
  /[1-9]/,
  /[A-Za-z0-9._+/=:-]/,
  /[A-Za-z0-9_/= ]/,
  /[0-9A-F]/,
] as const;
const [within, name, digit, nonZero, word, words, hex] = [1, 2, 4, 8, 16, 32, 64] as const;
const kindsOf = Uint8Array.from({ length: 256 }, (_, byte) =>
  kinds.reduce((bits, bytes, n) => (bytes.test(String.fromCharCode(byte)) ? bits | (1 << n) : bits), 0),
);

const run = (begin: number, bit: number, least: number, most: number): Run => ({ begin, bit, least, most });
const runOf: Partial<Record<Field, Run>> = {
  account: run(name, within, 1, 100),
  jail: run(name, within, 1, 100),
  port: run(digit, digit, 1, 5),
  count: run(nonZero, digit, 1, 9),
  seconds: run(digit, digit, 1, 9),
  word: run(word, word, 1, 200),
  words: run(words, words, 1, 200),
  queue: run(hex, hex, 5, 20),
};
const byteRun = run(digit, digit, 1, 3);
const runs = fieldNames.map((field) => runOf[field]);

function endOfRun(bytes: Buffer, start: number, kind: Run | undefined): number {
  if (!kind) return -1;
  const { begin, bit, least, most } = kind;
  const first = bytes[start] ?? lf;
  if (((kindsOf[first] ?? 0) & begin) === 0) return -1;
  let at = start + 1;
  while (((kindsOf[bytes[at] ?? lf] ?? 0) & bit) !== 0) at++;
  const length = at - start;
  // A number has no zeros in front.
  return length < least || length > most || (first === zero && bit === digit && length > 1) ? -1 : at;
}

const stampForm = Buffer.from('0000-00-00 00:00:00');

function endOfStamp(bytes: Buffer, start: number): number {
  for (let i = 0; i < stampForm.length; i++) {
    const byte = bytes[start + i] ?? 0;
    if (stampForm[i] === zero ? !isDigit(byte) : byte !== stampForm[i]) return -1;
  }
  return start + stampForm.length;
}
