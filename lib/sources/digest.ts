import { decodeWords } from 'postal-mime';
import type { Mail } from './mail.js';

const separator = /^-{30,80}\n\nMessage: \d{1,6}\n/m;

/**
 * The mails of a plain digest, as mailman sends it (RFC 1153): each begins behind a line of hyphens with its number
 * and a few of its headers.
 *
 *     ------------------------------
 *
 *     Message: 2
 *     Date: Sat, 01 Dec 2018 00:03:11 +0900
 *     Subject: [Fail2Ban] sshd: banned 192.0.2.1 from host1.example
 */
export function mailsOfDigest(text: string): Mail[] {
  if (!text.includes('\nMessage: 1\n')) return [];
  return text.split(separator).slice(1).map(mailOfPart);
}

function mailOfPart(part: string): Mail {
  const end = part.indexOf('\n\n');
  const head = (end < 0 ? part : part.slice(0, end)).replace(/\n(?=[ \t])/g, '');
  const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1] ?? null;
  return {
    id: header('Message-ID'),
    subject: decodeWords(header('Subject') ?? ''),
    date: header('Date'),
    received: [],
    envelope: null,
    synthetic: null,
    text: end < 0 ? '' : part.slice(end + 2),
    attached: [],
  };
}
