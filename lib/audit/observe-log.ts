import type { Row } from '../schema.js';
import type { LineBatch } from '../sources/read-lines.js';
import { banLine, isAboutJail } from './fail2ban-lines.js';
import { LogClock } from './log-clock.js';
import { mailLine } from './mail-lines.js';
import type { Calendar, Observation, Witness } from './observation.js';
import { accountIn, pamLine, sshdLine } from './sshd-lines.js';

type Said = Omit<Observation, 'source' | 'line' | 'local' | 'host'>;

/** Who wrote a message and when. */
interface Message {
  readonly local: string;
  readonly host: string;
  readonly program: string;
  readonly pid: string;
  readonly text: string;
}

/**
 * Failed logins of ssh, bans, and what postfix refused, of a log or of journalctl's export. Deliberately another way
 * than the import's: words from the end of a line instead of patterns, one pass without pieces, months counted along.
 */
export class LogObserver {
  private readonly clock: LogClock;
  /** What the last line of each host said, for `last message repeated`. */
  private readonly last = new Map<string, Said | null>();
  /** Account of each connection by host and process, and where it was told. */
  private readonly accounts = new Map<string, { account: string; line: number; local: string }>();
  private entry: { line: number; lines: string[] } | null = null;

  constructor(
    private readonly source: Row<'sources'>,
    private readonly calendar: Calendar,
    private readonly witness: Witness,
  ) {
    this.clock = new LogClock(source, calendar);
  }

  batch({ first, lines }: LineBatch): void {
    for (const [i, line] of lines.entries()) {
      if (this.source.kind === 'journal') this.field(line, first + i);
      else this.message(this.messageOf(line), first + i);
    }
  }

  /** At the end of the file an entry of the journal may be open. */
  end(): void {
    this.field('', 0);
  }

  private field(line: string, number: number): void {
    if (line !== '') {
      this.entry ??= { line: number, lines: [] };
      this.entry.lines.push(line);
      return;
    }
    if (this.entry) this.message(this.fromJournal(exported(this.entry.lines.join('\n'))), this.entry.line);
    this.entry = null;
  }

  private messageOf(line: string): Message | null {
    if (line.startsWith('{')) return this.fromJournal(object(line));
    const priority = /^(?:<\d{1,3}>(1 )?|dovecot: )/.exec(line);
    const stamp = line.slice(priority?.[0].length ?? 0);
    // RFC 5424 wants an offset.
    if (priority?.[1] && !/^\S+(?:Z|[+-]\d\d:?\d\d) /i.test(stamp)) return null;
    const stamped = this.clock.at(stamp);
    if (!stamped) return null;
    const { local } = stamped;
    const rest = withoutRelay(stamped.rest);
    // fail2ban's own file names no server, and has milliseconds.
    if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} fail2ban/.test(line))
      return { local, host: '', program: ownFile, pid: '', text: rest };
    if (priority?.[1]) {
      const [host = '', program = '', pid = ''] = rest.split(' ');
      const text = rest.split(' ').slice(4).join(' ').replace(structuredData, '');
      return { local, host, program, pid: pid === '-' ? '' : pid, text };
    }
    // In the own file of dovecot 1 the level stands before the process.
    const level = /^(?:Debug|Info|Warning|Error|Fatal|Panic): /.exec(rest)?.[0] ?? '';
    if (level !== '' || line.startsWith('dovecot: '))
      return { local, host: '', program: 'dovecot', pid: '', text: rest.slice(level.length) };
    // Some write no blank behind a tag.
    const glued = /^(?:\S+ )?[^\s:[]+\[\d+\]:(?=\S)/.exec(rest)?.[0];
    if (glued !== undefined)
      return this.messageOf(`${stamp.slice(0, -rest.length)}${glued} ${rest.slice(glued.length)}`);
    const [first = '', second = ''] = rest.split(' ');
    const host = /[:\]]$/.test(first) || rest.startsWith('last message ') ? '' : first;
    const tag = host === '' ? first : second;
    if (!/[:\]]$/.test(tag))
      return rest.includes(' ') ? { local, host, program: '', pid: '', text: behind(rest, host) } : null;
    const program = tag.replace(/:$/, '').replace(/\[\d+\]$/, '');
    const pid = /\[(\d+)\]:?$/.exec(tag)?.[1] ?? '';
    return { local, host, program, pid, text: behind(behind(rest, host), tag) };
  }

  private fromJournal(fields: (name: string) => string | null): Message | null {
    const time = Number(fields('__REALTIME_TIMESTAMP') ?? Number.NaN) / 1000;
    if (!(time >= Date.UTC(1995) && time < Date.UTC(2075))) return null;
    return {
      local: this.calendar.local(time),
      host: fields('_HOSTNAME') ?? '',
      program: fields('SYSLOG_IDENTIFIER') ?? fields('_COMM') ?? '',
      pid: fields('_PID') ?? fields('SYSLOG_PID') ?? '',
      text: fields('MESSAGE') ?? '',
    };
  }

  private message(message: Message | null, line: number): void {
    if (!message) return;
    const { local, host, program, text } = message;
    const date = local.slice(0, 10);
    this.witness.day('log', date);
    if (/^postfix|\/(?:smtpd|postscreen|cleanup)$/.test(program)) this.witness.day('postfix', date);
    if (isSshd(program)) this.witness.day('sshd', date);
    if (program.startsWith('fail2ban') && isAboutJail(text)) this.witness.day('fail2ban', date);
    const again = program === '' ? /^last message repeated (\d+) times?$/.exec(text) : null;
    const before = this.last.get(host) ?? null;
    const said = again
      ? before && { ...before, count: before.count * Number(again[1]) }
      : this.said(message, line);
    if (!again) this.last.set(host, said);
    if (said) this.witness.enter({ source: this.source.id, line, local, host: host || null, ...said });
  }

  private said(message: Message, line: number): Said | null {
    const { local, host, program, pid, text } = message;
    if (program.startsWith('fail2ban')) {
      const ban = banLine(text);
      return ban && { ...ban, via: program === ownFile ? 'log' : 'syslog' };
    }
    // Up to PAM 0.99 its module stood in the program.
    const old = /^sshd\(pam_\w+\)$/.test(program);
    if (!old && !isSshd(program)) return mailLine(program, text);
    const found = old ? pamLine(text) : sshdLine(text);
    const account = found?.name ?? accountIn(text);
    if (account !== null) this.accounts.set(`${host} ${pid}`, { account, line, local });
    if (!found) return null;
    const name = account ?? this.accountOf(message, line);
    if (name === null) return null;
    const { peer, ...said } = { ...found, name };
    if (peer === undefined || pid === '') return said;
    return { ...said, connection: `${host} ${pid} ${peer}` };
  }

  /** Of a line without an account, the last that its process told, not long ago. */
  private accountOf({ host, pid, local }: Message, line: number): string | null {
    const known = pid === '' ? undefined : this.accounts.get(`${host} ${pid}`);
    if (!known || line - known.line > 1000) return null;
    return Date.parse(`${local}Z`) - Date.parse(`${known.local}Z`) <= 600_000 ? known.account : null;
  }
}

const ownFile = 'fail2ban.log';
const isSshd = (program: string): boolean =>
  /^(?:\/.*\/)?\[?(?:sshd(?:[-@.](?!keygen)[\w.@:-]+)?|openssh-server)\]?$/.test(program);

/** Without what relays and some systems write before host or tag: AIX, FreeBSD, the address of the sender. */
const withoutRelay = (rest: string): string =>
  rest
    .replace(/^(?:\S+ )?Message forwarded from (\S+): /, '$1 ')
    .replace(/^<[\w.]+> /, '')
    .replace(/^(\S*[^\s:\]] )(?:\[[\da-f:.]+\] |[a-z][\w|]*:[a-z]+ |<[\w.]+> ?)(?=\S+[:\]] )/i, '$1');

const structuredData = /^(?:-|(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+) ?\ufeff?/;

const behind = (text: string, word: string): string => (word === '' ? text : text.slice(word.length + 1));

/** Fields of an entry of `journalctl -o json`; those of any other object are none. */
function object(line: string): (name: string) => string | null {
  let fields: unknown = null;
  try {
    fields = JSON.parse(line);
  } catch {}
  return (name) => {
    const value = (Object(fields) as Record<string, unknown>)[name];
    if (Array.isArray(value)) return Buffer.from(value).toString();
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
}

/** Fields of an entry of `journalctl -o export`: `NAME=text`, or the name, eight bytes of length and the data. */
function exported(text: string): (name: string) => string | null {
  return (name) => {
    const plain = new RegExp(`^${name}=(.*)$`, 'm').exec(text);
    if (plain) return Buffer.from(plain[1] ?? '', 'latin1').toString();
    const at = `\n${text}`.indexOf(`\n${name}\n`);
    if (at < 0) return null;
    const start = at + name.length + 9;
    const length = Number(Buffer.from(text.slice(start - 8, start), 'latin1').readBigUInt64LE());
    return Buffer.from(text.slice(start, start + length), 'latin1').toString();
  };
}
