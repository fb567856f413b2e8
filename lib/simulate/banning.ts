import type { BanSettings } from '../ban-settings.js';
import { openEngine } from '../engine/index.js';
import { check } from './check.js';
import { textOfSeconds } from './durations.js';
import type { Bounds } from './figures-of-setting.js';
import { jailLocal } from './jail-local.js';
import { partsOf } from './jail-parts.js';
import { type OpenJailOptions, openJail } from './open-jail.js';
import { paretoFront, shortList } from './pareto.js';
import { middle, type SettingOutcome, sweep } from './sweep.js';
import { type Tries, triesOf } from './tries.js';
import { serverOf, spelled, type Which } from './watches.js';

/** Lists of settings that are combined; what is left out stays as the site has it. */
export interface SettingLists {
  readonly maxretry?: readonly number[];
  /** Seconds. */
  readonly findtime?: readonly number[];
  /** Seconds; -1 is for ever. */
  readonly bantime?: readonly number[];
}

/** One jail of a folder of frames, for a notebook that plays with its settings. */
export interface Banning {
  readonly jail: string;
  readonly settings: BanSettings;
  /** Attempts in the log. */
  readonly attempts: number;
  /** How well a replay with the site's own settings gives the real bans, a row for each witness. */
  checked(): Promise<Record<string, string | number | null>[]>;
  /** What settings would have meant; the site's own come first. */
  play(lists: SettingLists): Promise<SettingOutcome[]>;
  /**
   * Outcomes as rows for a table: bounds as `least – most`. The most of `stopped` is what attackers would send who go on
   * for days into a firewall that answers nothing: where it is out of all measure, `least or more`.
   */
  rows(outcomes: readonly SettingOutcome[]): Record<string, string | number>[];
  /** The settings that nothing else beats; at most five of them, the most even first. */
  front(outcomes: readonly SettingOutcome[]): {
    all: SettingOutcome[];
    short: SettingOutcome[];
    jailLocal: string;
  };
  /** Times between tries, and returns after bans. */
  readonly tries: Tries;
}

/** The settings that lists combine to, the site's own first, each once. */
export function combine(own: BanSettings, lists: SettingLists): BanSettings[] {
  const { maxretry = [own.maxretry], findtime = [own.findtime], bantime = [own.bantime] } = lists;
  const all = maxretry.flatMap((tries) =>
    findtime.flatMap((window) =>
      bantime.map((span) => ({ ...own, maxretry: tries, findtime: window, bantime: span })),
    ),
  );
  const keyOf = (one: BanSettings) => [one.maxretry, one.findtime, one.bantime].join();
  return [...new Map([own, ...all].map((one) => [keyOf(one), one])).values()];
}

/** `3 in 30m, 100h`: failures in findtime, then bantime. */
export const nameOf = ({ maxretry, findtime, bantime }: BanSettings): string =>
  `${maxretry} in ${textOfSeconds(findtime)}, ${textOfSeconds(bantime)}`;

const whole = (value: number): string => {
  const digits = value < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
};

const between = ({ lower, upper }: Bounds): string =>
  whole(lower) === whole(upper) ? whole(upper) : `${whole(lower)} – ${whole(upper)}`;

/** Times all attempts of the log, above which a bound says nothing. */
const outOfMeasure = 100;

/** @throws UserError when the folder has no jail that counted anything */
export async function openBanning(folder: string, options: OpenJailOptions = {}): Promise<Banning> {
  const engine = await openEngine(folder);
  const { watch, others, log, habits, attempts } = await openJail(engine, folder, options).finally(() =>
    engine.close(),
  );
  const jail = spelled(watch, options.jail ?? null);
  return {
    jail,
    settings: watch.settings,
    attempts,
    checked: () => checkedRows(folder, { jail, host: watch.host }),
    play: (lists) => sweep(log, combine(watch.settings, lists), habits),
    rows: (outcomes) =>
      outcomes.map(({ settings, figures }) => ({
        settings: nameOf(settings),
        ...Object.fromEntries(
          Object.entries(figures).map(([name, bounds]) => [
            name,
            name === 'stopped' && bounds.upper > outOfMeasure * attempts
              ? `${whole(bounds.lower)} or more`
              : between(bounds),
          ]),
        ),
      })),
    front: (outcomes) => {
      const all = paretoFront(outcomes);
      const short = shortList(all);
      return { all, short, jailLocal: jailLocal(jail, short, serverOf(watch, others)) };
    },
    tries: triesOf(partsOf(log), watch.settings.maxretry),
  };
}

async function checkedRows(folder: string, which: Which): Promise<Record<string, string | number | null>[]> {
  const engine = await openEngine(folder);
  const [one] = await check(engine, folder, which, middle).finally(() => engine.close());
  return (one?.vias ?? []).map(({ via, real, matched, precision, recall, differences }) => ({
    'held against': via === 'mail' ? 'ban mails' : "fail2ban's log",
    'real bans': real,
    'in the replay': matched,
    recall,
    precision,
    'median difference (s)': differences[differences.length >> 1] ?? null,
  }));
}
