import type { FigureName, SettingFigures } from './figures-of-setting.js';
import type { SettingOutcome } from './sweep.js';

/** The middle of the bounds, by which settings are held against each other. */
export const middleOf = (figures: SettingFigures, name: FigureName): number =>
  (figures[name].lower + figures[name].upper) / 2;

/** What settings are judged by: attempts let through, size of the ban table, known logins locked out; less is better. */
const aims: readonly FigureName[] = ['through', 'tableMean', 'lockedOut'];

/**
 * The settings that nothing else beats: no other is as good in all of attempts let through, mean size of the ban table
 * and known logins locked out, and better in one. Of equals the first stays. Sorted by attempts let through.
 */
export function paretoFront(outcomes: readonly SettingOutcome[]): SettingOutcome[] {
  const valuesOf = ({ figures }: SettingOutcome) => aims.map((name) => middleOf(figures, name));
  const scored = outcomes.map((outcome) => ({ outcome, values: valuesOf(outcome) }));
  const isBeaten = (values: readonly number[], at: number) =>
    scored.some(
      (other, place) =>
        other.values.every((value, aim) => value <= (values[aim] ?? 0)) &&
        (other.values.some((value, aim) => value < (values[aim] ?? 0)) || place < at),
    );
  return scored
    .filter(({ values }, at) => !isBeaten(values, at))
    .sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0))
    .map(({ outcome }) => outcome);
}

/** So many can be read and thought over. */
const shortest = 5;

/**
 * At most five of a front, the most even first: that which is nearest to having the least attempts let through and the
 * smallest table of the front at once, each measured by the front's own span. The others keep the front's order and
 * are spread over it. Settings that lock out more known logins than others of the front are left out.
 */
export function shortList(front: readonly SettingOutcome[]): SettingOutcome[] {
  const least = Math.min(...front.map(({ figures }) => middleOf(figures, 'lockedOut')));
  const kind = front.filter(({ figures }) => middleOf(figures, 'lockedOut') === least);
  const scaled = (name: FigureName) => {
    const values = kind.map(({ figures }) => Math.log1p(middleOf(figures, name)));
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
  };
  const [through, table] = [scaled('through'), scaled('tableMean')];
  const distances = kind.map((_, at) => Math.hypot(through[at] ?? 0, table[at] ?? 0));
  const even = distances.indexOf(Math.min(...distances));
  const others = kind.filter((_, at) => at !== even);
  const places = Array.from({ length: shortest - 1 }, (_, at) =>
    Math.round((at * (others.length - 1)) / (shortest - 2)),
  );
  const spread = others.length < shortest ? others : places.flatMap((place) => others[place] ?? []);
  return [...kind.slice(even, even + 1), ...spread];
}
