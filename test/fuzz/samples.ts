import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countLines } from '../../lib/sources/line-ends.js';
import { withoutNuls } from '../../lib/sources/read-lines.js';

/** A file to start from. */
export interface Sample {
  readonly file: string;
  readonly bytes: Buffer;
}

const folder = new URL('../fixtures/', import.meta.url).pathname;

/** All inputs among the fixtures, and a journal, which none of them is. */
export const samples = (): Sample[] => [
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !file.endsWith('.json') && statSync(join(folder, file)).isFile())
    .sort()
    .map((file) => ({ file, bytes: readFileSync(join(folder, file)) })),
  { file: 'journal.export', bytes: journal(40) },
];

/**
 * Lines of a file's content as `wc -l` counts them, with an unfinished last one. NULs alone, which a crash left there,
 * are no line, but that of a journal may be binary.
 */
export function linesIn(content: Buffer, kind: string): number {
  const end = content.lastIndexOf(10) + 1;
  const rest = content.subarray(end);
  return (
    countLines(content) - (kind !== 'journal' && rest.length > 0 && withoutNuls(rest).length === 0 ? 1 : 0)
  );
}

const messages = [
  'Failed password for invalid user eve from 192.0.2.1 port 5 ssh2',
  'Disconnecting: Too many authentication failures [preauth]',
  'Connection closed by 192.0.2.1 port 5 [preauth]',
];

/** A field as journalctl writes one that holds line ends or control characters. */
export function binaryField(name: string, data: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(Buffer.byteLength(data)));
  return Buffer.concat([Buffer.from(`${name}\n`), length, Buffer.from(`${data}\n`)]);
}

/** One entry of journalctl's export format. */
export const journalEntry = (n: number, message: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`__CURSOR=s=1;i=${n}\n__REALTIME_TIMESTAMP=${1_543_590_000_000_000 + n * 1_000_000}\n`),
    Buffer.from(`_HOSTNAME=host1\nSYSLOG_IDENTIFIER=sshd\n_PID=${n >> 2}\n`),
    message,
    Buffer.from('\n'),
  ]);

/** Entries of journalctl's export format, some with what only a binary field can hold. */
export function journal(entries: number): Buffer {
  const made = Array.from({ length: entries }, (_, n) => {
    const message = messages[n % messages.length] ?? '';
    if (n % 4 > 0) return journalEntry(n, Buffer.from(`MESSAGE=${message}\n`));
    const odd = ['\n\n', '\x07', `\n\n${journalEntry(n, Buffer.from('MESSAGE=made up\n'))}`, 'x'.repeat(256)];
    // Of 10 bytes the length looks like a line end, of 256 it begins with a NUL.
    const data = n % 8 === 0 ? 'x\x07'.repeat(5) : `${message}${odd[(n >> 2) % 4]}`;
    return journalEntry(n, binaryField('MESSAGE', n % 16 === 4 ? '\x07'.padEnd(256, 'x') : data));
  });
  return Buffer.concat(made);
}
