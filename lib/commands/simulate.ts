import { openEngine } from '../engine/index.js';
import { UserError } from '../errors.js';
import { progressBar } from '../progress.js';
import {
  combine,
  figureNames,
  hostName,
  jailLocal,
  openJail,
  paretoFront,
  type SettingOutcome,
  secondsOfText,
  serverOf,
  shortList,
  spelled,
  sweep,
  textOfSeconds,
  type Watch,
} from '../simulate/index.js';
import { type Command, frameOptions } from './command.js';
import { printCheck } from './simulate-check.js';

const usage = `npx banbook simulate --frames DIR --check [--jail NAME] [--host NAME]
npx banbook simulate --frames DIR [--maxretry LIST] [--findtime LIST] [--bantime LIST] […]

Replays the failures of a log through fail2ban's ban logic (release 1.0.2).

--check replays each jail with the settings of site.json and holds the bans against those of mails and fail2ban's log:
how many agree, how far apart in time, and each that does not, with its lines.

Without it, plays one jail under other settings and prints as CSV what each would have meant, at the least (attackers
who are banned give up) and at the most (they go on at their quickest pace for as long as they were really banned):
bans, attempts let through and stopped, mean and maximum of the ban table, addresses banned again, and logins of known
accounts that would have met a ban. best is 1 for settings that no other beats in attempts let through, mean table and
known logins locked out, by the middle of the bounds. The most of stopped is what attackers would send who go on for
days into a firewall that answers nothing: no number to plan by.

  --frames DIR      folder of the frames
  --jail NAME       default: the first jail of ssh
  --host NAME       one server of several (default: the first by name; --check: all)
  --maxretry LIST   such as 1..10 or 2,3,5 (default: the site's)
  --findtime LIST   such as 10m,30m,90m,1d
  --bantime LIST    such as 1h,10h,100h,10d,forever
  --known-good LIST accounts whose logins count as known (default: all that logged in)
  --jail-local      prints the best settings as a fragment for jail.local instead
  --threads N       default: one for each core

Exit status: 0; 1 when --check finds a ban that no explanation is known for; 2 for a wrong call.`;

/** Options that say how to play a jail; --check has the site's settings alone. */
const playOptions = ['maxretry', 'findtime', 'bantime', 'known-good', 'jail-local', 'threads'] as const;

const numbersOf = (text: string, option: string): number[] =>
  text.split(',').flatMap((part) => {
    const [, first, last = first] = /^(\d{1,6})(?:\.\.(\d{1,6}))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from >= 1 && to >= from && to - from < 1000))
      throw new UserError(
        `simulate: --${option} must be numbers from 1 such as 1..10 or 2,3,5, got "${text}"`,
        2,
      );
    return Array.from({ length: to - from + 1 }, (_, step) => from + step);
  });

const timesOf = (text: string, option: string, least: number): number[] =>
  text.split(',').map((part) => {
    const seconds = secondsOfText(part);
    if (seconds >= least && seconds !== 0) return seconds;
    throw new UserError(`simulate: --${option} must be times longer than nothing, got "${part}"`, 2);
  });

/** Each combination of the lists that were given, the site's own settings first. */
function settingsOf(own: SettingOutcome['settings'], values: Readonly<Record<string, unknown>>) {
  const { maxretry, findtime, bantime } = values;
  const tries = typeof maxretry === 'string' ? numbersOf(maxretry, 'maxretry') : [own.maxretry];
  const windows = typeof findtime === 'string' ? timesOf(findtime, 'findtime', 1) : [own.findtime];
  const spans = typeof bantime === 'string' ? timesOf(bantime, 'bantime', -1) : [own.bantime];
  return combine(own, { maxretry: tries, findtime: windows, bantime: spans });
}

function csvOf(outcomes: readonly SettingOutcome[]): string {
  const best = new Set(paretoFront(outcomes));
  const header = [
    'maxretry',
    'findtime',
    'bantime',
    ...figureNames.flatMap((name) => [`${name}_lower`, `${name}_upper`]),
  ];
  const number = (value: number) => String(Number(value.toFixed(3)));
  const rows = outcomes.map((outcome) => {
    const { settings, figures } = outcome;
    const figureCells = figureNames.flatMap((name) => [
      number(figures[name].lower),
      number(figures[name].upper),
    ]);
    const [findtime, bantime] = [textOfSeconds(settings.findtime), textOfSeconds(settings.bantime)];
    return [settings.maxretry, findtime, bantime, ...figureCells, best.has(outcome) ? 1 : 0].join();
  });
  return `${[[...header, 'best'].join(), ...rows].join('\n')}\n`;
}

/** Says which jail is played, where others could be meant. */
function sayChoice(watch: Watch, others: readonly Watch[]): void {
  const nameOf = ({ jails, host }: Watch) =>
    `${jails.join(', ')} of ${host === '' ? 'the server ' : ''}${hostName(host)}`;
  if (others.length > 0)
    process.stderr.write(`plays ${nameOf(watch)}; --jail and --host take ${others.map(nameOf).join('; ')}\n`);
}

export const simulateCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, values } = frameOptions('simulate', argv, {
      check: { type: 'boolean' },
      jail: { type: 'string' },
      host: { type: 'string' },
      maxretry: { type: 'string' },
      findtime: { type: 'string' },
      bantime: { type: 'string' },
      'known-good': { type: 'string' },
      'jail-local': { type: 'boolean' },
      threads: { type: 'string' },
    });
    const { jail = null, host = null, threads } = values;
    if (threads !== undefined && !/^[1-9]\d?$/.test(threads))
      throw new UserError(`simulate: --threads must be from 1 to 99, got "${threads}"`, 2);
    const ignored = values.check ? playOptions.find((name) => values[name] !== undefined) : undefined;
    if (ignored) throw new UserError(`simulate: --check takes --jail and --host, and no --${ignored}`, 2);
    const engine = await openEngine(frames);
    try {
      if (values.check) return await printCheck(engine, frames, { jail, host });
      const knownGood = values['known-good'] === undefined ? null : new Set(values['known-good'].split(','));
      const opened = await openJail(engine, frames, { jail, host, knownGood });
      const { watch, others } = opened;
      const settings = settingsOf(watch.settings, values);
      sayChoice(watch, host === null ? others : others.filter((other) => other.host === host));
      const bar = progressBar();
      const outcomes = await sweep(opened.log, settings, opened.habits, {
        ...(threads === undefined ? {} : { threads: Number(threads) }),
        onProgress: (part) => bar.update(part, `${settings.length} settings`),
      }).finally(bar.done);
      if (opened.replayed)
        process.stderr.write(
          'no real ban is known: bans of a replay with the site’s settings stand for them\n',
        );
      process.stdout.write(
        values['jail-local']
          ? jailLocal(spelled(watch, jail), shortList(paretoFront(outcomes)), serverOf(watch, others))
          : csvOf(outcomes),
      );
    } finally {
      engine.close();
    }
    return 0;
  },
};
