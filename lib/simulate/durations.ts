import { UserError } from '../errors.js';

const units: readonly (readonly [string, number])[] = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** A bantime or findtime as jail.conf writes it: `10m`, `36h`, `1d12h`, `600`; `forever` is -1. @throws UserError */
export function secondsOfText(text: string): number {
  if (text === 'forever' || text === '-1') return -1;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  if (!/^(?:\d{1,7}[wdhms])+$/.test(text))
    throw new UserError(`expected a time such as 600, 10m, 36h, 10d or forever, got "${text}"`, 2);
  return [...text.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units.find(([name]) => name === unit)?.[1] ?? 0),
    0,
  );
}

/** The same in the largest unit that is whole: 36000 is `10h`, 5400 `90m`, -1 `forever`. */
export function textOfSeconds(seconds: number): string {
  if (seconds === -1) return 'forever';
  const days = seconds >= 604_800 ? units.slice(1) : units;
  const [unit = 's', size = 1] = days.find(([, each]) => seconds >= each && seconds % each === 0) ?? [];
  return `${seconds / size}${unit}`;
}

/** A span as one says it: `45 s`, `17 min`, `5.3 h`, `6.2 days`. */
export function aboutSeconds(seconds: number): string {
  const rounded = (value: number) => String(Number(value.toFixed(value < 10 ? 1 : 0)));
  if (seconds < 120) return `${rounded(seconds)} s`;
  if (seconds < 7200) return `${rounded(seconds / 60)} min`;
  return seconds < 172_800 ? `${rounded(seconds / 3600)} h` : `${rounded(seconds / 86_400)} days`;
}
