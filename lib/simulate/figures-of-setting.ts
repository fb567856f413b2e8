import type { BanSettings } from '../ban-settings.js';
import { givesUp, goesOn, type Habits } from './bounds.js';
import type { JailLog } from './jail-log.js';
import type { Outcome } from './outcome.js';
import { certain, tableSize, union } from './table-size.js';
import { world } from './world.js';

/** What a figure would have been at the least and at the most. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

export const figureNames = [
  'bans',
  'through',
  'stopped',
  'tableMean',
  'tableMax',
  'repeatOffenders',
  'lockedOut',
] as const;
export type FigureName = (typeof figureNames)[number];

/** What settings would have meant: bans, attempts let through and stopped, bans in force at a time, and so on. */
export type SettingFigures = Readonly<Record<FigureName, Bounds>>;

/** What adds up over addresses. */
const additive: readonly (readonly [Exclude<FigureName, 'tableMax'>, (outcome: Outcome) => number])[] = [
  ['bans', ({ bans }) => bans],
  ['through', ({ through }) => through],
  ['stopped', ({ stopped }) => stopped],
  ['tableMean', ({ banned }) => banned],
  ['repeatOffenders', ({ bans }) => (bans > 1 ? 1 : 0)],
  ['lockedOut', ({ lockedOut }) => lockedOut],
];

/**
 * Plays the log of a jail, part by part, under other settings, each address twice: as one that gives up when it is banned, and as one
 * that goes on. Bounds hold address by address, so those for all hold when some do this and some that.
 * @param random for bantime.rndtime
 */
export function figuresOfSetting(
  parts: Iterable<JailLog>,
  settings: BanSettings,
  habits: Habits,
  random: () => number,
): SettingFigures {
  const sums = Object.fromEntries(figureNames.map((name) => [name, { lower: 0, upper: 0 }])) as Record<
    FigureName,
    { lower: number; upper: number }
  >;
  const [least, most] = [tableSize(), tableSize()];
  let seconds = 1;
  for (const log of parts) {
    seconds = Math.max(1, log.to - log.from);
    const [first, second] = [
      world(settings, log.from, log.to, random),
      world(settings, log.from, log.to, random),
    ];
    for (let address = 0; address + 1 < log.rowsOf.length; address++) {
      if (log.rowsOf[address] === log.rowsOf[address + 1]) continue;
      const up = givesUp(first, log, address);
      const on = goesOn(second, log, address, habits, settings.increment !== null);
      for (const [name, figureOf] of additive) {
        sums[name].lower += Math.min(figureOf(up), figureOf(on));
        sums[name].upper += Math.max(figureOf(up), figureOf(on));
      }
      if (up.spans.length + on.spans.length === 0) continue;
      least.add(certain(up.spans, on.spans));
      most.add(union(union(up.spans, on.spans), on.skipped));
    }
  }
  const { lower, upper } = sums.tableMean;
  return {
    ...sums,
    tableMean: { lower: lower / seconds, upper: upper / seconds },
    tableMax: { lower: least.most(), upper: most.most() },
  };
}
