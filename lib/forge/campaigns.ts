import { type Account, wordList } from './accounts.js';
import { second } from './log-line.js';
import type { Random } from './random.js';
import type { Span } from './story.js';

/** What a reader is told of a campaign. */
export interface About {
  readonly id: string;
  readonly about: string;
}

/** A botnet: its hosts try the accounts of one list in one order, at one tempo. */
export interface Botnet extends Span, About {
  readonly accounts: readonly Account[];
  /** Shortest and longest pause between two connections of a host, in seconds. */
  readonly pause: readonly [number, number];
  /** Weight beside the other botnets and the single scanners, which have 1 together. */
  readonly weight: number;
}

/** Where in the period each botnet is at work, as parts of it. */
const outline = [
  { id: 'botnet-1', from: 0, to: 0.5, pause: [2, 4], weight: 0.35, words: 12 },
  { id: 'botnet-2', from: 0.15, to: 0.7, pause: [40, 75], weight: 0.3, words: 18 },
  { id: 'botnet-3', from: 0.3, to: 1, pause: [1020, 1080], weight: 0.5, words: 15 },
] as const;

export function botnets(random: Random, { start, end }: Span): Botnet[] {
  const at = (part: number): number => Math.floor((start + (end - start) * part) / second) * second;
  return outline.map(({ id, from, to, pause, weight, words }) => {
    const accounts = wordList(random, words);
    const about =
      `each host tries ${accounts.map(({ name }) => name).join(', ')} in this order, and goes on after its ban ` +
      `where it stopped; ${pause.join(' to ')} seconds between its connections`;
    return { id, about, start: at(from), end: at(to), pause, weight, accounts };
  });
}

/** The botnet that a visit belongs to, or null for a single scanner. */
export function botnetAt(random: Random, all: readonly Botnet[], at: number): Botnet | null {
  const active = all.filter((one) => one.start <= at && at < one.end);
  return active[random.weighted([...active.map(({ weight }) => weight), 1])] ?? null;
}
