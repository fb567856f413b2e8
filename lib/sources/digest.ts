import { decodeWords } from 'postal-mime';
import type { Mail } from './mail.js';

const hyphens = '-'.repeat(30);
const separator =
  /^-{30,80}\n{1,2}(?:Message: \d{1,6}\n)?(?=(?:Date|From|To|Cc|Subject|Message-ID|Reply-To|Keywords): )/im;

/**
 * The mails of a plain digest (RFC 1153): each begins behind a line of hyphens with a few of its headers. Mailman
 * numbers them.
 *
 *     ------------------------------
 *
 *     Message: 2
 *     Date: Sat, 01 Dec 2018 00:03:11 +0900
 *     Subject: [Fail2Ban] sshd: banned 192.0.2.1 from host1.example
 */
export function mailsOfDigest(text: string): Mail[] {
  if (!text.includes(hyphens)) return [];
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
