import { cellText } from '../printable.js';
import type { Row } from '../schema.js';
import type { LineBatch } from '../sources/read-lines.js';
import { LogClock } from './log-clock.js';
import { mailLine } from './mail-lines.js';
import { type Calendar, type Observation, plainAddress, type Witness } from './observation.js';

type Said = Pick<Observation, 'kind' | 'address' | 'name' | 'count'>;

/** Who wrote a message and when. */
interface Message {
  readonly local: string;
  readonly host: string;
  readonly program: string;
  readonly text: string;
}

/**
 * Failed ssh passwords and what postfix refused, of a log or of journalctl's export. Deliberately another way than the import's: words from
 * the end of a line instead of patterns, one pass without pieces, months counted along.
 */
export class LogObserver {
  private readonly clock: LogClock;
  /** What the last line of each host said, for `last message repeated`. */
  private readonly last = new Map<string, Said | null>();
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
    const { local, rest } = stamped;
    if (priority?.[1]) {
      const [host = '', program = ''] = rest.split(' ');
      const text = rest.split(' ').slice(4).join(' ').replace(structuredData, '');
      return { local, host, program, text };
    }
    const [first = '', second = ''] = rest.split(' ');
    const host = /[:\]]$/.test(first) || rest.startsWith('last message ') ? '' : first;
    const tag = host === '' ? first : second;
    if (!/[:\]]$/.test(tag))
      return rest.includes(' ') ? { local, host, program: '', text: behind(rest, host) } : null;
    const program = tag.replace(/:$/, '').replace(/\[\d+\]$/, '');
    return { local, host, program, text: behind(behind(rest, host), tag) };
  }

  private fromJournal(fields: (name: string) => string | null): Message | null {
    const time = Number(fields('__REALTIME_TIMESTAMP') ?? Number.NaN) / 1000;
    if (!(time >= Date.UTC(1995) && time < Date.UTC(2075))) return null;
    return {
      local: this.calendar.local(time),
      host: fields('_HOSTNAME') ?? '',
      program: fields('SYSLOG_IDENTIFIER') ?? fields('_COMM') ?? '',
      text: fields('MESSAGE') ?? '',
    };
  }

  private message(message: Message | null, line: number): void {
    if (!message) return;
    const { local, host, program, text } = message;
    this.witness.day('log', local.slice(0, 10));
    if (program.startsWith('postfix')) this.witness.day('postfix', local.slice(0, 10));
    const again = program === '' ? /^last message repeated (\d+) times?$/.exec(text) : null;
    const before = this.last.get(host) ?? null;
    const said = again
      ? before && { ...before, count: before.count * Number(again[1]) }
      : /^sshd(?:-session|-auth)?$/.test(program)
        ? failure(text)
        : mailLine(program, text);
    if (!again) this.last.set(host, said);
    if (said) this.witness.enter({ source: this.source.id, line, local, ...said });
  }
}

const structuredData = /^(?:-|(?:\[(?:[^"\]]|"(?:[^"\\]|\\.)*")*\])+) ?\ufeff?/;

const behind = (text: string, word: string): string => (word === '' ? text : text.slice(word.length + 1));

/** What a message of sshd says of a wrong password, its words taken from the end: the client chooses those before. */
function failure(message: string): Said | null {
  let text = withoutLevel(message);
  let count = 1;
  if (text.startsWith('message repeated ') && text.endsWith(']')) {
    count = Number(text.split(' ')[2]);
    text = withoutLevel(text.slice(text.indexOf('[') + 2, -1));
  }
  if (!text.startsWith('Failed password for ')) return null;
  // Behind this stands a name that the client sent: where it looks like an address too, nobody can tell.
  const sent = text.indexOf(' ssh1: ruser ');
  if (sent >= 0 && / port \d+ ssh\d$/.test(text)) return null;
  const words = (sent < 0 ? text : text.slice(0, sent)).split(' ').slice(3);
  if (/^ssh\d$/.test(words.at(-1) ?? '')) words.pop();
  if (words.at(-2) === 'port') words.splice(-2);
  const [from, address = ''] = words.splice(-2);
  if (from !== 'from') return null;
  if (/^(?:invalid|illegal)$/.test(words[0] ?? '') && words[1] === 'user' && words.length > 2)
    words.splice(0, 2);
  return { kind: 'failure', address: plainAddress(address), name: cellText(words.join(' ')), count };
}

const withoutLevel = (text: string): string =>
  text.replace(/^(?:(?:error|fatal): |\[ID [^\]]*\] |kernel: ?\[ *[\d.]+\]:? )+/, '');

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
