import { readFileSync } from 'node:fs';

/** One thing that an attacker did, see attack.py. */
export interface Act {
  /** Seconds since 1970. */
  readonly at: number;
  readonly service: 'ssh' | 'smtp' | 'imap' | 'pop3' | 'mail';
  readonly address: string;
  readonly account: string | null;
  /** `lost`: no answer came, so that the log alone can tell whether the attempt was read. */
  readonly result: 'denied' | 'accepted' | 'lost' | 'refused' | 'dropped' | 'taken';
  readonly code?: number;
  readonly list?: string | null;
}

export const readTruth = (folder: string): Act[] =>
  readFileSync(`${folder}/truth.jsonl`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Act);

/** What the test's reverse zone says of an IPv4 address; the same rule as in attack.py. */
export const kindOfName = (address: string): string =>
  ['good', 'none', 'wrong', 'dead'][Number(address.split('.').at(-1)) % 4] ?? '';

export const nameOf = (address: string): string =>
  `h${address.replaceAll('.', '-')}.${kindOfName(address)}.example`;

/**
 * An account as sshd writes it. sshd takes what follows a `:` for a login style, and Debian's takes what follows a
 * `/` for an SELinux role: neither is part of the name. Control characters and bytes above ASCII come in octal.
 */
export function asSshdWrites(account: string): string {
  const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`;
  const shown = (byte: number) => {
    if (byte === 10) return '\\n';
    return byte < 32 || byte > 126 ? octal(byte) : String.fromCharCode(byte);
  };
  return [...Buffer.from(account.replace(/[:/].*$/s, ''))].map(shown).join('');
}
