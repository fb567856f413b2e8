import { alphabetical, root } from './accounts.js';
import type { About } from './campaigns.js';
import { connection, type Source } from './connection.js';
import { day, second, type TimelineItem, type Visitor } from './log-line.js';
import { type Span, within } from './story.js';
import type { CampaignLog } from './truth.js';

export const distributed: About = {
  id: 'distributed-1',
  about:
    'hosts that take turns, one password each in hours: together they go through the accounts in the order of the alphabet, and no jail bans one',
};

/** Tries a day at scale 1, and the fewest. */
const perDay = { full: 150, fewest: 6 };

/** Hosts for each try of a day, so that one comes again after about ten hours. */
const hostsPerTry = 0.4;
const fewestHosts = 12;

/**
 * Slow guessing by many hosts.
 * @returns takes the day's first instant
 */
export function distributedGuessing(
  source: Source,
  newHost: () => Visitor,
  {
    span,
    scale,
    campaigns,
  }: { readonly span: Span | null; readonly scale: number; readonly campaigns: CampaignLog },
): (start: number) => TimelineItem[] {
  const tries = Math.max(perDay.fewest, Math.round(perDay.full * scale));
  const size = Math.max(fewestHosts, Math.ceil(tries * hostsPerTry));
  const hosts: Visitor[] = [];
  let turn = 0;
  return (start) => {
    if (!within(span, start)) return [];
    const gap = day / tries;
    return Array.from({ length: tries }, (_, index) => {
      const at = start + Math.floor(((index + 0.8 * source.random.unit()) * gap) / second) * second;
      const isNew = hosts.length < size;
      if (isNew) hosts.push(newHost());
      const host = hosts[turn % size] as Visitor;
      campaigns.enter(distributed.id, at, host.address, isNew);
      return connection(source, at, host, alphabetical[turn++ % alphabetical.length] ?? root);
    }).flat();
  };
}
