import type { Field, PlainShape, ShapeNode } from '../parsers/plain-shapes.js';
import type { Hour } from '../parsers/stamp-clock.js';
import { isDigit, standsAt, viewOf, withSlack } from '../sources/byte-words.js';
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
  portAt = 0;
  portEnd = 0;
  countAt = 0;
  countEnd = 0;
  secondsAt = 0;
  secondsEnd = 0;

  /** Lines of these bytes come next. @returns the bytes, which may have been copied */
  open(bytes: Buffer): Buffer {
    this.bytes = withSlack(bytes);
    this.view = viewOf(this.bytes);
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
        this.countEnd = endOfNumber(bytes, at, 9);
        return this.countEnd;
      case 'seconds':
        this.secondsAt = at;
        this.secondsEnd = endOfNumber(bytes, at, 9);
        return this.secondsEnd;
      case 'text':
        return endOfText(bytes, at);
    }
  }

  private takeAddress(start: number): number {
    const { bytes } = this;
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
    return at;
  }
}

const lf = 10;
const cr = 13;
const dot = 46;
const zero = 48;

/** Bytes of an account that stands in CSV as it is: 1 within one, 3 at its begin too. */
const accountBytes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  const char = String.fromCharCode(byte);
  accountBytes[byte] = /[A-Za-z0-9_.]/.test(char) ? 3 : /[@/-]/.test(char) ? 1 : 0;
}

function endOfAccount(bytes: Buffer, start: number): number {
  if (accountBytes[bytes[start] ?? 0] !== 3) return -1;
  let at = start + 1;
  while (accountBytes[bytes[at] ?? 0] !== 0) at++;
  return at - start <= 100 ? at : -1;
}

/** Digits without zeros in front. */
function endOfNumber(bytes: Buffer, start: number, most: number): number {
  let at = start;
  while (isDigit(bytes[at] ?? 0)) at++;
  const length = at - start;
  return length === 0 || length > most || (length > 1 && bytes[start] === zero) ? -1 : at;
}

/** All up to the end of the line; a line that ends with CR is not as written. */
function endOfText(bytes: Buffer, start: number): number {
  let at = start;
  for (; at < bytes.length && bytes[at] !== lf; at++);
  return at < bytes.length && bytes[at - 1] !== cr ? at : -1;
}
