import type { BansOfMail } from '../parsers/ban-mail.js';

/**
 * The ban mails of a piece, by what tells one from another: its Message-ID together with what it says. A mail that is
 * in two mailboxes, or was forwarded as an attachment, has both again. One without a Message-ID is never taken for
 * another.
 */
export class MailIds {
  private readonly hashes: number[] = [];

  /** @param again numbers of mails that have been read elsewhere, counted from 0 in the order in which they come */
  constructor(private readonly again: ReadonlySet<number> = new Set()) {}

  /** @returns true for a mail that has been read elsewhere */
  isAgain({ id, rows }: BansOfMail): boolean {
    if (id === null) return false;
    let text = id;
    for (const { event, utc, jail, address } of rows) text += `\n${event} ${utc} ${jail} ${address}`;
    this.add(text);
    return this.again.has(this.hashes.length / 2 - 1);
  }

  /** 53 and 32 bits of a text, by the steps of MurmurHash3: of a million mails no two are alike by chance. */
  private add(text: string): void {
    let a = 0x9e3779b1;
    let b = 0x85ebca6b;
    let c = 0xc2b2ae35;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0xcc9e2d51);
      b = Math.imul(b ^ code, 0x1b873593);
      c = Math.imul(c ^ code, 0x27d4eb2f);
      a ^= a >>> 15;
      b ^= b >>> 13;
      c ^= c >>> 16;
    }
    this.hashes.push((mixed(a ^ text.length) >>> 11) * 2 ** 32 + (mixed(b ^ a) >>> 0), mixed(c ^ b) >>> 0);
  }

  /** Two numbers for each mail. */
  packed(): Float64Array {
    return Float64Array.from(this.hashes);
  }
}

/** The mails that have been read so far, of all sources. */
export class SeenMails {
  private seen = new Map<number, number>();

  /** Enters the mails of a piece; @returns the numbers of those that are not new */
  enter(mails: Float64Array): Set<number> {
    const again = new Set<number>();
    for (let i = 0; i < mails.length; i += 2) {
      const [first = 0, second = 0] = [mails[i], mails[i + 1]];
      const known = this.seen.get(first);
      if (known === undefined) this.seen.set(first, second);
      else if (known === second) again.add(i / 2);
    }
    return again;
  }

  /** @returns what forgets all mails that are entered from here on */
  mark(): () => void {
    const before = new Map(this.seen);
    return () => {
      this.seen = before;
    };
  }

  /** Whether one of these mails has been read. */
  hasAny(mails: Float64Array): boolean {
    for (let i = 0; i < mails.length; i += 2) if (this.seen.get(mails[i] ?? 0) === mails[i + 1]) return true;
    return false;
  }
}

function mixed(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
