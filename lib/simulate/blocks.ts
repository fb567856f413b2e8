import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, UserError } from '../errors.js';

type TypedArray<T> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

/** Hands out arrays side by side in one piece of memory; those of wide elements have to come first. */
export function carver(buffer: ArrayBufferLike): <T>(type: TypedArray<T>, length: number) => T {
  let offset = 0;
  return (type, length) => {
    const array = new type(buffer, offset, length);
    offset += type.BYTES_PER_ELEMENT * length;
    return array;
  };
}

/** A file that has no name: it is gone when the process ends. Its threads can read it too, by its number. */
export interface HiddenFile {
  readonly number: number;
  /** @returns where the bytes stand */
  append(bytes: Uint8Array): number;
}

/** @throws UserError when there is no room for temporary files */
export function hiddenFile(): HiddenFile {
  let number: number;
  try {
    const folder = mkdtempSync(join(tmpdir(), 'banbook-'));
    number = openSync(join(folder, 'rows'), 'wx+', 0o600);
    rmSync(folder, { recursive: true });
  } catch (error) {
    throw new UserError(
      `no temporary file can be made; set TMPDIR to a folder with room (${messageOf(error)})`,
    );
  }
  let size = 0;
  return {
    number,
    append: (bytes) => {
      const at = size;
      try {
        while (size < at + bytes.length)
          size += writeSync(number, bytes, size - at, at + bytes.length - size, size);
      } catch (error) {
        closeSync(number);
        throw new UserError(
          `${tmpdir()}: a temporary file cannot be written; set TMPDIR to a folder with room (${messageOf(error)})`,
        );
      }
      return at;
    },
  };
}

/** Fills bytes from a place in such a file. */
export function readAt(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    const got = readSync(file, bytes, done, bytes.length - done, at + done);
    if (got === 0) throw new Error(`the temporary file ends at ${at + done}`);
    done += got;
  }
}

/** Columns that share one piece of memory. */
export interface Block {
  readonly bytes: Uint8Array;
}

/** Rows that are added one by one and walked later; all but the last block of them is in a file. */
export interface Rows<T extends Block> {
  readonly length: number;
  /** The block that takes the next row. */
  readonly current: T;
  /** Place of the next row in it: to be asked for first. */
  next(): number;
  walk(visit: (block: T, at: number) => void): void;
}

/** @param make a block for so many rows */
export function rowsOn<T extends Block>(file: HiddenFile, size: number, make: (size: number) => T): Rows<T> {
  const current = make(size);
  const places: number[] = [];
  let length = 0;
  return {
    current,
    get length() {
      return length;
    },
    next: () => {
      if (length > 0 && length % size === 0) places.push(file.append(current.bytes));
      return length++ % size;
    },
    walk: (visit) => {
      const block = places.length > 0 ? make(size) : current;
      for (const place of places) {
        readAt(file.number, block.bytes, place);
        for (let at = 0; at < size; at++) visit(block, at);
      }
      for (let at = 0; at < length - size * places.length; at++) visit(current, at);
    },
  };
}
