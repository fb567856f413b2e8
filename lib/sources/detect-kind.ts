import { cut, escapeControls } from '../printable.js';
import { encodedReport, reportHead } from './encoded-report.js';
import { fromLine } from './read-mails.js';

/** `journal`: journalctl's export format; `report`: a saved logwatch report, text or HTML. */
export type SourceKind = 'log' | 'mbox' | 'mail' | 'journal' | 'report';

/**
 * What a file is, by the first bytes of its content and, where they leave it open, by its name.
 * @returns the kind, or what is wrong with the file
 */
export function detectKind(head: Buffer, path: string): { kind: SourceKind } | { error: string } {
  if (/^(?:\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2)))
    return { error: 'UTF-16 text: expected UTF-8; convert it first, for example with iconv -f UTF-16' };
  if (head.toString('latin1', 257, 262) === 'ustar')
    return { error: 'a tar archive: unpack it first and give the folder' };
  // NULs alone do not make a log binary: a crash leaves runs of them in good logs. Other control bytes do.
  const odd = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  const nuls = head.filter((byte) => byte === 0).length;
  if (odd - nuls > head.length * 0.05 || (nuls > 0 && !head.includes(10)))
    return { error: 'binary data: expected a text log, an mbox or a mail' };
  const lines = head
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?[\0\r\n]*/, '')
    .split(/\r?\n/);
  // A mailbox that has lost its beginning begins within a mail, which may quote a log.
  if (lines.some((line) => fromLine.test(line))) return { kind: 'mbox' };
  if (/(^|\/)(mbox|[^/]*\.mbox)(\.(gz|bz2|xz|zst))?$/.test(path) && head.length > 0)
    return {
      error: `not an mbox: expected a first line "From sender date", got "${cut(escapeControls(lines[0] ?? ''), 60)}"`,
    };
  if (!isMail(lines, path)) {
    const start = lines.slice(0, 100);
    return { kind: isJournal(start) ? 'journal' : isReport(start) ? 'report' : 'log' };
  }
  // Elsewhere than in a Maildir or an .eml a mail may be the first of a mailbox that has lost its From_ line.
  return { kind: isMailFile(path) ? 'mail' : 'mbox' };
}

/** Entries of the export format begin with __CURSOR; a cut one may begin with any field. */
const isJournal = (lines: readonly string[]): boolean =>
  /^__CURSOR=/.test(lines[0] ?? '') || lines.some((line) => /^__REALTIME_TIMESTAMP=\d+$/.test(line));

/** Logwatch 7 begins its text with a line of `#`, in base64 or not, and names itself in the title of its HTML. */
const isReport = (lines: readonly string[]): boolean =>
  lines.slice(0, 10).some((line) => reportHead.test(line)) ||
  encodedReport(lines.join('\n')) !== null ||
  (/^\s*<(?:!DOCTYPE html|html|head|body|table|meta|\?xml)\b/i.test(lines.join('\n')) &&
    lines.some((line) => /\blogwatch\b/i.test(line)));

const headerLine = /^[A-Za-z][A-Za-z0-9-]*: ?/;
const mailHeader =
  /^(return-path|delivered-to|received|from|to|subject|date|message-id|mime-version|x-original-to):/i;

const isMailFile = (path: string): boolean =>
  /\.eml(\.(gz|bz2|xz|zst))?$/.test(path) || /(^|\/)(cur|new)\/[^/]+$/.test(path);

function isMail(lines: readonly string[], path: string): boolean {
  const end = lines.indexOf('');
  const headers = lines.slice(0, end < 0 ? lines.length - 1 : end).filter((line) => !/^[ \t]/.test(line));
  const known = headers.filter((line) => mailHeader.test(line)).length;
  return headerLine.test(lines[0] ?? '') && known >= (isMailFile(path) ? 1 : 3);
}
