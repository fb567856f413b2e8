import type { BanFields } from '../parsers/parsed.js';
import { fieldNumber } from '../parsers/plain-shapes.js';
import type { Row } from '../schema.js';
import { copy, put, putNumber, standsAt, type Words, wordsOf } from '../sources/byte-words.js';
import type { PieceSink } from './piece-sink.js';
import type { PlainLine } from './plain-line.js';
import { serviceOf } from './write-ban.js';

/** A jail with its service, as a row has them. */
interface Jail {
  readonly name: Words;
  readonly cells: Words;
}

/** Writes rows of bans as bytes, see banLine. */
export class PlainBans {
  /** By the event that the row is of, since a jail without a service is noted where it bans. */
  private readonly jails = new Map<string, Jail>();
  private readonly latest = new Map<BanFields['event'], Jail>();
  private readonly tails = new Map<Row<'bans'>['via'], Words>();
  private readonly events = new Map<BanFields['event'], Words>();

  constructor(private readonly sink: PieceSink) {}

  /** @param start columns of the row up to the host; @param number of the line */
  write(
    { event }: BanFields,
    line: PlainLine,
    start: Buffer,
    startView: DataView,
    via: Row<'bans'>['via'],
    number: number,
  ): void {
    const bans = this.sink.textOf('bans');
    bans.room(start.length + longestRow);
    const to = bans.view;
    let at = copy(startView, 0, start.length, to, bans.length);
    at = put(this.jailOf(line, event).cells, to, at);
    at = put(this.eventOf(event), to, at);
    at = copy(line.view, line.starts[address] ?? 0, line.ends[address] ?? 0, to, at);
    at = put(this.tailOf(via), to, at);
    at = put(end, to, putNumber(number, to, at));
    bans.length = at;
    this.sink.wrote('bans');
  }

  /** Mostly that of the row before. */
  private jailOf({ view, bytes, starts, ends }: PlainLine, event: BanFields['event']): Jail {
    const [jailAt, jailEnd] = [starts[jailField] ?? 0, ends[jailField] ?? 0];
    const latest = this.latest.get(event);
    if (latest && latest.name.length === jailEnd - jailAt && standsAt(view, jailAt, latest.name))
      return latest;
    const name = bytes.toString('latin1', jailAt, jailEnd);
    let jail = this.jails.get(`${event} ${name}`);
    if (!jail) {
      const service = serviceOf(this.sink, name, event);
      jail = { name: wordsOf(name), cells: wordsOf(`${name},${service ?? ''},`) };
      this.jails.set(`${event} ${name}`, jail);
    }
    this.latest.set(event, jail);
    return jail;
  }

  private eventOf(event: BanFields['event']): Words {
    let words = this.events.get(event);
    if (!words) {
      words = wordsOf(`${event},`);
      this.events.set(event, words);
    }
    return words;
  }

  /** What stands between the address and the number of the line. */
  private tailOf(via: Row<'bans'>['via']): Words {
    let tail = this.tails.get(via);
    if (!tail) {
      tail = wordsOf(`,,,${via},,,,${this.sink.source},`);
      this.tails.set(via, tail);
    }
    return tail;
  }
}

const { address, jail: jailField } = fieldNumber;
const longestRow = 8 * 1024;
const end = wordsOf(',1\n');
