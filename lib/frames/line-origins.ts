import type { Envelope } from '../parsers/envelope.js';
import { type MessageParser, parserOf } from '../parsers/parse-message.js';
import type { ParsedMessage } from '../parsers/parsed.js';
import { cellText } from '../printable.js';
import { Connections } from './connections.js';
import { csvCell } from './csv.js';
import { standsAt } from './text-at.js';

/** What lines of one host leave behind for those that follow. */
export interface Host {
  readonly connections: Connections;
  /** The message before. */
  lastParsed: ParsedMessage;
  lastPid: number | null;
  lastLine: number;
}

/** Where lines come from: all between the stamp and the `[` before the process id. */
export interface Origin {
  readonly text: string;
  readonly program: string;
  /** Of the stamp, where it has one. */
  readonly offset: string;
  readonly parse: MessageParser;
  readonly host: Host;
  readonly hostName: string | null;
  /** The host as a cell of CSV. */
  readonly hostCell: string;
  readonly via: Envelope['via'];
}

/** Lines of so many origins are told apart at a glance: the daemons of one server take turns in its log. */
const mostOrigins = 8;

/** The origins of the lines of one log. */
export class Origins {
  private readonly hosts = new Map<string, Host>();
  private readonly latest: Origin[] = [];
  private next = 0;

  /** The origin that stands at a place of a text, of those that came lately. */
  at(text: string, at: number, offset: string): Origin | undefined {
    for (const origin of this.latest)
      if (standsAt(text, origin.text, at)) return origin.offset === offset ? origin : undefined;
    return undefined;
  }

  /** The origin of a line that has been taken apart. */
  of(envelope: Envelope, line: string): Origin {
    const { stamp, host, program, via } = envelope;
    return {
      text: ownText(originText(envelope, line)),
      program,
      offset: stamp.kind === 'rfc3339' ? stamp.offset : '',
      parse: parserOf(program),
      host: this.hostOf(host ?? ''),
      hostName: host,
      hostCell: host === null ? '' : csvCell(cellText(host)),
      via,
    };
  }

  /** Keeps an origin to find it again where it stands. */
  remember(origin: Origin): void {
    if (this.latest.some(({ text }) => text === origin.text)) return;
    this.latest[this.next] = origin;
    this.next = (this.next + 1) % mostOrigins;
  }

  private hostOf(name: string): Host {
    let host = this.hosts.get(name);
    if (!host) {
      host = { connections: new Connections(), lastParsed: null, lastPid: null, lastLine: 0 };
      this.hosts.set(name, host);
    }
    return host;
  }
}

/** A text in memory of its own: one that was cut out is read through what it was cut from, at twice the cost. */
export const ownText = (text: string): string => Buffer.from(text).toString();

/** From behind the seconds to the `[` before the process id; empty where the line is not of that form. */
function originText({ stamp, pid, message }: Envelope, line: string): string {
  const behind = `[${pid}]: ${message}`;
  if (stamp.kind === 'local' || !line.startsWith(stamp.minute) || !line.endsWith(behind)) return '';
  const begin = /^:\d\d(?:\.\d+)?/.exec(line.slice(stamp.minute.length, stamp.minute.length + 20));
  return begin ? line.slice(stamp.minute.length + begin[0].length, line.length - behind.length + 1) : '';
}
