import type { Envelope } from '../parsers/envelope.js';
import { type MessageParser, parserOf } from '../parsers/parse-message.js';
import type { ParsedMessage } from '../parsers/parsed.js';
import { type ShapeNode, shapesOf } from '../parsers/plain-shapes.js';
import { cellText } from '../printable.js';
import { slack, standsAt, type Words, wordsOf } from '../sources/byte-words.js';
import { Connections } from './connections.js';
import { csvCell } from './csv.js';

/** What lines of one host leave behind for those that follow. */
export interface Host {
  readonly connections: Connections;
  /** The message before; undefined where it is still to be parsed, and stands in the bytes that are read. */
  lastParsed: ParsedMessage | undefined;
  lastAt: number;
  lastEnd: number;
  lastOrigin: Origin | null;
  lastPid: number | null;
  lastLine: number;
}

/** Where lines come from: all between the stamp and the `[` before the process id. */
export interface Origin {
  readonly text: string;
  readonly words: Words;
  readonly program: string;
  /** Of the stamp, where it has one. */
  readonly offset: string;
  /** Where it is a daemon's own file, the message has what stands before the process id. */
  readonly ownFile: boolean;
  readonly parse: MessageParser;
  readonly shapes: ShapeNode | null;
  readonly host: Host;
  readonly hostName: string | null;
  /** The host as a cell of CSV. */
  readonly hostCell: string;
  readonly via: Envelope['via'];
}

/** Lines of so many origins are told apart at a glance: the daemons of one server take turns in its log. */
const mostOrigins = 8;
/** A log of more hosts and programs than that is hostile, or long. */
const mostKnown = 1000;

/** The origins of the lines of one log. */
export class Origins {
  private readonly hosts = new Map<string, Host>();
  /** By all that tells them apart. */
  private readonly known = new Map<string, Origin>();
  private readonly latest: Origin[] = [];
  private next = 0;

  /** The origin that stands at a place, of those that came lately. */
  at(view: DataView, at: number, offset: string): Origin | undefined {
    for (const origin of this.latest)
      if (standsAt(view, at, origin.words)) return origin.offset === offset ? origin : undefined;
    return undefined;
  }

  /** The origin of a line that has been taken apart. */
  of(envelope: Envelope, line: string): Origin {
    const { stamp, host, program, via } = envelope;
    const text = originText(envelope, line);
    const offset = stamp.kind === 'rfc3339' ? stamp.offset : '';
    const key = `${text}\n${host ?? '\n'}\n${program}\n${offset}\n${via}`;
    let origin = this.known.get(key);
    if (!origin) {
      if (this.known.size >= mostKnown) this.known.clear();
      origin = this.newOrigin(envelope, ownText(text), offset);
      this.known.set(ownText(key), origin);
    }
    return origin;
  }

  private newOrigin({ host, program, via }: Envelope, text: string, offset: string): Origin {
    return {
      text,
      words: wordsOf(text),
      program,
      offset,
      ownFile: via === 'log',
      parse: parserOf(program),
      shapes: shapesOf(program),
      host: this.hostOf(host ?? ''),
      hostName: host,
      hostCell: host === null ? '' : csvCell(cellText(host)),
      via,
    };
  }

  /** Keeps an origin to find it again where it stands. */
  remember(origin: Origin): void {
    if (origin.words.length > slack / 2 || this.latest.some(({ text }) => text === origin.text)) return;
    this.latest[this.next] = origin;
    this.next = (this.next + 1) % mostOrigins;
  }

  /** Other bytes will be read: what stands in those at hand is taken from them. */
  leave(bytes: Buffer): void {
    for (const host of this.hosts.values()) {
      host.connections.leave(bytes);
      lastOf(host, bytes);
    }
  }

  private hostOf(name: string): Host {
    let host = this.hosts.get(name);
    if (!host) {
      host = {
        connections: new Connections(),
        lastParsed: null,
        lastAt: 0,
        lastEnd: 0,
        lastOrigin: null,
        lastPid: null,
        lastLine: 0,
      };
      this.hosts.set(name, host);
    }
    return host;
  }
}

/** The message before, parsed. */
export function lastOf(host: Host, bytes: Buffer): ParsedMessage {
  if (host.lastParsed === undefined)
    host.lastParsed = host.lastOrigin?.parse(bytes.toString('utf8', host.lastAt, host.lastEnd)) ?? null;
  return host.lastParsed;
}

/** A text in memory of its own: one that was cut out is read through what it was cut from, at twice the cost. */
export const ownText = (text: string): string => Buffer.from(text).toString();

/** From behind the seconds to the `[` before the process id; empty where the line is not of that form. */
function originText({ stamp, pid, message, via }: Envelope, line: string): string {
  if (pid === null) return '';
  const before = via === 'log' ? message.indexOf('[') : 0;
  const behind = via === 'log' ? message.slice(before) : `[${pid}]: ${message}`;
  if (!line.startsWith(stamp.minute) || !line.endsWith(behind)) return '';
  const begin = /^:\d\d(?:[.,]\d+)?/.exec(line.slice(stamp.minute.length, stamp.minute.length + 20));
  return begin ? line.slice(stamp.minute.length + begin[0].length, line.length - behind.length + 1) : '';
}
