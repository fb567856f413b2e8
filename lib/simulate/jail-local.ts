import type { BanSettings } from '../ban-settings.js';
import { textOfSeconds } from './durations.js';
import { middleOf } from './pareto.js';
import type { SettingOutcome } from './sweep.js';
import { hostName } from './watches.js';

/** A text for a file in which fail2ban takes `%` for the begin of a name. */
const plain = (text: string): string => text.replaceAll('%', '%%');

const lines = ({ bantime, findtime, maxretry, increment, ignoreip }: BanSettings): string[] => [
  `maxretry = ${maxretry}`,
  `findtime = ${textOfSeconds(findtime)}`,
  `bantime = ${bantime === -1 ? '-1' : textOfSeconds(bantime)}`,
  ...(ignoreip.length > 0 ? [`ignoreip = ${ignoreip.join(' ')}`] : []),
  ...(increment
    ? [
        'bantime.increment = true',
        `bantime.factor = ${plain(increment.factor)}`,
        ...(increment.formula === null ? [] : [`bantime.formula = ${plain(increment.formula)}`]),
        ...(increment.multipliers === null
          ? []
          : [`bantime.multipliers = ${increment.multipliers.join(' ')}`]),
        ...(increment.maxtime === null ? [] : [`bantime.maxtime = ${increment.maxtime}`]),
        ...(increment.rndtime === null ? [] : [`bantime.rndtime = ${increment.rndtime}`]),
        ...(increment.overalljails ? ['bantime.overalljails = true'] : []),
      ]
    : []),
];

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/**
 * A fragment for jail.local: the first settings ready to use, the others as comments.
 * @param jail its name, spelled as in fail2ban; @param front settings that nothing else beats
 * @param host the server that they are for, where there are several
 */
export function jailLocal(
  jail: string,
  front: readonly SettingOutcome[],
  host: string | null = null,
): string {
  const blocks = front.map(({ settings, figures }, at) => {
    const says = [
      `# attempts let through ${whole(figures.through.lower)} to ${whole(figures.through.upper)},`,
      `# mean ban table ${whole(figures.tableMean.lower)} to ${whole(figures.tableMean.upper)} (middle ${whole(middleOf(figures, 'tableMean'))}),`,
      `# known logins locked out ${whole(figures.lockedOut.lower)} to ${whole(figures.lockedOut.upper)}`,
    ];
    return [...says, ...lines(settings).map((line) => (at === 0 ? line : `#${line}`))].join('\n');
  });
  const server = host === null ? '' : `# for the server ${hostName(host)}\n`;
  return `[${jail}]\n${server}${blocks.join('\n\n')}\n`;
}
