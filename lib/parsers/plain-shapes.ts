import { type Words, wordsOf } from '../sources/byte-words.js';
import { daemonOf, parserOf } from './parse-message.js';
import type { AuthFields, BanFields, ParsedMessage } from './parsed.js';
import { isPostfix } from './postfix.js';
import { isSshd } from './sshd.js';

/**
 * The wordings that are most of a log, each as one text with its fields. They are read from the bytes of a line (see
 * lib/frames/read-log.ts), and what a parser would make of them is known before: it is asked here, once for each
 * wording, with a sample in the place of each field. So the parsers remain the one place that says what a line means;
 * a text that is not exactly of such a shape goes to them.
 */

/** What may stand at a place of a wording. All are plainer than what the parsers take. */
export const fields = {
  /** 1 to 100 of A-Z a-z 0-9 _ . @ / - without a blank, the first none of @ / -: it stands in CSV as it is. */
  account: 'a1',
  /** The same as an account. */
  jail: 'a1',
  /** IPv4 without zeros in front. */
  address: '192.0.2.1',
  /** Digits without zeros in front: up to five, up to nine; a count is not zero. */
  port: '4242',
  count: '7',
  seconds: '9',
  /** What no row has: one or more of A-Z a-z 0-9 . _ + / = : -, or of these with blanks up to the end of the line. */
  word: 'a.b',
  words: 'a=1 b=0/2',
  /** Queue id of postfix: 5 to 20 of 0-9 A-F. */
  queue: '3F2A4C0E11',
  /** Digits at least where a time has them. */
  stamp: '2018-12-01 00:00:00',
  /** What does not end with CR, up to the end of the line. */
  text: 'text',
} as const;
export type Field = keyof typeof fields;

/** Fields by number, for who keeps something of each in an array. */
export const fieldNames = Object.keys(fields) as readonly Field[];
export const fieldNumber = Object.fromEntries(fieldNames.map((name, number) => [name, number])) as Readonly<
  Record<Field, number>
>;

/** What is known of the lines of one wording. */
export interface PlainShape {
  /** Its number among all shapes. */
  readonly index: number;
  readonly class: 'event' | 'noise';
  readonly template: string;
  /** What its row of auth has beside the fields; null where it has none. */
  readonly row: AuthFields | null;
  /** The same of a row of bans. */
  readonly ban: BanFields | null;
  /** True where the count of the row is a field. */
  readonly counted: boolean;
  /** True where its address tells of a connection of sshd. */
  readonly ofConnection: boolean;
  /** True where it tells the account, which counts where no other line tells it. */
  readonly ofAccount: boolean;
}

/** A text that has to stand as it is. */
export interface Literal {
  readonly text: Words;
  readonly next: ShapeNode;
}

/** The shapes of one program as a tree: what begins alike is compared once. */
export interface ShapeNode {
  /** By their first byte, of which there is at most one. */
  readonly literals: readonly (Literal | null)[];
  /** Taken where no literal stands. */
  readonly field: { readonly number: number; readonly next: ShapeNode } | null;
  /** The shape that may end here. */
  readonly shape: PlainShape | null;
}

const sshd = [
  'Failed password for invalid user {account} from {address} port {port} ssh2',
  'Failed password for {account} from {address} port {port} ssh2',
  'Failed none for invalid user {account} from {address} port {port} ssh2',
  'message repeated {count} times: [ Failed password for {account} from {address} port {port} ssh2]',
  'message repeated {count} times: [ Failed password for invalid user {account} from {address} port {port} ssh2]',
  'Accepted password for {account} from {address} port {port} ssh2',
  'Invalid user {account} from {address} port {port}',
  'Invalid user {account} from {address}',
  'input_userauth_request: invalid user {account}',
  'input_userauth_request: invalid user {account} [preauth]',
  'pam_unix(sshd:auth): check pass; user unknown',
  'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address} ',
  'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}',
  'pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}  user={account}',
  'pam_unix(sshd:session): session opened for user {account} by (uid=0)',
  'pam_unix(sshd:session): session closed for user {account}',
  'PAM {count} more authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address} ',
  'PAM {count} more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost={address} ',
  'PAM {count} more authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}  user={account}',
  'PAM {count} more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost={address}  user={account}',
  'Connection from {address} port {port} on {text}',
  'Received disconnect from {address} port {port}:11: {text}',
  'Received disconnect from {address}: 11: {text}',
  'error: maximum authentication attempts exceeded for {account} from {address} port {port} ssh2 [preauth]',
  'error: maximum authentication attempts exceeded for invalid user {account} from {address} port {port} ssh2 [preauth]',
  ...['Connection closed by', 'Connection reset by', 'Disconnected from'].flatMap((begin) =>
    ['', ' [preauth]'].flatMap((end) =>
      ['', 'user {account} ', 'authenticating user {account} ', 'invalid user {account} '].map(
        (who) => `${begin} ${who}{address} port {port}${end}`,
      ),
    ),
  ),
];

const smtpd = [
  'connect from {word}[{address}]',
  'disconnect from {word}[{address}]',
  'disconnect from {word}[{address}] {words}',
  'lost connection after {word} from {word}[{address}]',
  '{queue}: client={word}[{address}]',
  ...['LOGIN', 'PLAIN'].flatMap((method) =>
    ['UGFzc3dvcmQ6', 'VXNlcm5hbWU6', '(reason unavailable)', 'authentication failure'].flatMap((why) =>
      ['', ', sasl_username={account}'].map(
        (who) => `warning: unknown[{address}]: SASL ${method} authentication failed: ${why}${who}`,
      ),
    ),
  ),
];

/** What dovecot writes behind the address of a client. */
const dovecotTails = ['', ', TLS', ', session=<{word}>', ', TLS, session=<{word}>'];
const dovecot = [
  ...['imap', 'pop3'].flatMap((service) => [
    `${service}({text}`,
    ...dovecotTails.flatMap((tail) => [
      ...['Disconnected', 'Aborted login', 'Login aborted: Connection closed'].map(
        (end) =>
          `${service}-login: ${end} (auth failed, {count} attempts in {seconds} secs): user=<{account}>, method=PLAIN, rip={address}, lip={word}${tail}`,
      ),
      `${service}-login: Login: user=<{account}>, method=PLAIN, rip={address}, lip={word}, mpid={word}${tail}`,
    ]),
  ]),
];

/** As fail2ban pads its levels in its own file, and as it does not elsewhere. */
const fail2ban = ['INFO    ', 'NOTICE  ', 'WARNING ', 'INFO ', 'NOTICE '].flatMap((level) => [
  `${level}[{jail}] Found {address} - {stamp}`,
  `${level}[{jail}] Found {address}`,
  `${level}[{jail}] Ban {address}`,
  `${level}[{jail}] Unban {address}`,
  `${level}[{jail}] Restore Ban {address}`,
  `${level}[{jail}] {address} already banned`,
]);

const delivery = ['{queue}: to=<{text}'];

/** By a program that writes such messages. */
export const shapeTexts: Readonly<Record<string, readonly string[]>> = {
  sshd,
  dovecot,
  fail2ban,
  'postfix/smtpd': smtpd,
  'postfix/cleanup': ['{queue}: message-id={text}'],
  'postfix/qmgr': ['{queue}: from=<{text}', '{queue}: removed'],
  'postfix/local': delivery,
  'postfix/lmtp': delivery,
  'postfix/smtp': delivery,
  'postfix/virtual': delivery,
};

const shapes: PlainShape[] = [];
const trees = new Map(
  Object.entries(shapeTexts).map(([program, texts]) => {
    const parse = parserOf(program);
    return [program, nodeOf(texts.map((text) => ({ parts: partsOf(text), shape: shapeOf(text, parse) })))];
  }),
);

/** All shapes, by their numbers. */
export const allShapes: readonly PlainShape[] = shapes;

/** The shapes of a program's messages; null for a program that has none. */
export const shapesOf = (program: string): ShapeNode | null => trees.get(writerOf(program)) ?? null;

/** Services of postfix have names of their own before that of the daemon: `postfix/submission/smtpd`. */
function writerOf(program: string): string {
  const daemon = daemonOf(program);
  if (isSshd(daemon)) return 'sshd';
  return isPostfix(daemon) ? daemon.replace(/^.*\//, 'postfix/') : daemon;
}

function partsOf(text: string): string[] {
  return text.split(/(?=\{)|(?<=\})/);
}

/** @throws Error when the parser does not take the fields for what they are */
function shapeOf(text: string, parse: (message: string) => ParsedMessage): PlainShape {
  const sample = text.replace(/\{(\w+)\}/g, (_, field: Field) => fields[field]);
  const parsed = parse(sample);
  const has = (field: Field): boolean => text.includes(`{${field}}`);
  if (parsed?.class === 'noise') {
    if (parsed.peer?.unconfirmed) throw new Error(`a shape has no host name: ${sample}`);
    const { address, account } = parsed.peer ?? {};
    const ofConnection = address === fields.address;
    return add({ template: parsed.template, ofConnection, ofAccount: typeof account === 'string' });
  }
  if (parsed?.class === 'event' && parsed.frame === 'bans') {
    const { jail, address, failures, count } = parsed.row;
    if (jail !== fields.jail || address !== fields.address || failures !== null || count !== undefined)
      throw new Error(`its fields are not those of its row: ${sample}`);
    return add({ class: 'event', template: parsed.template, ban: parsed.row });
  }
  if (parsed?.class !== 'event' || parsed.frame !== 'auth') throw new Error(`not a row of auth: ${sample}`);
  const { row, template } = parsed;
  const asWritten =
    row.name === null &&
    row.account === (has('account') ? fields.account : null) &&
    row.address === fields.address &&
    row.port === (has('port') ? Number(fields.port) : null) &&
    row.seconds === (has('seconds') ? Number(fields.seconds) : null) &&
    row.count === (has('count') ? Number(fields.count) : 1);
  if (!asWritten) throw new Error(`its fields are not those of its row: ${sample}`);
  const ofConnection = row.service === 'ssh';
  return add({ class: 'event', template, row, counted: has('count'), ofConnection });
}

/** Written out, so that all are of one form: V8 reads a property of many forms five times as slowly. */
function add(shape: Partial<PlainShape> & Pick<PlainShape, 'template'>): PlainShape {
  const { class: kind = 'noise', template, row = null, ban = null } = shape;
  const { counted = false, ofConnection = false, ofAccount = false } = shape;
  const added = { index: shapes.length, class: kind, template, row, ban, counted, ofConnection, ofAccount };
  shapes.push(added);
  return added;
}

interface Entry {
  readonly parts: readonly string[];
  readonly shape: PlainShape;
}

function nodeOf(entries: readonly Entry[]): ShapeNode {
  const byStart = new Map<string, Entry[]>();
  for (const entry of entries) {
    const part = entry.parts[0] ?? '';
    const start = part.startsWith('{') ? part : part.slice(0, 1);
    byStart.set(start, [...(byStart.get(start) ?? []), entry]);
  }
  const ended = byStart.get('')?.[0]?.shape ?? null;
  const literals = new Array<Literal | null>(256).fill(null);
  let field: ShapeNode['field'] = null;
  for (const [start, same] of byStart)
    if (start.startsWith('{')) {
      if (field !== null)
        throw new Error(`two fields at one place: ${fieldNames[field.number]} and ${start}`);
      const next = nodeOf(same.map(({ parts, shape }) => ({ parts: parts.slice(1), shape })));
      field = { number: fieldNumber[start.slice(1, -1) as Field], next };
    } else if (start !== '') {
      const length = commonLength(same.map(({ parts }) => parts[0] ?? ''));
      const rest = ({ parts: [first = '', ...others], shape }: Entry): Entry => ({
        parts: first.length > length ? [first.slice(length), ...others] : others,
        shape,
      });
      const text = (same[0]?.parts[0] ?? '').slice(0, length);
      literals[text.charCodeAt(0)] = { text: wordsOf(text), next: nodeOf(same.map(rest)) };
    }
  return { literals, field, shape: ended };
}

function commonLength(texts: readonly string[]): number {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text[length] === first[length])) length++;
  return length;
}
