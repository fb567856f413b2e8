import type { Row } from '../schema.js';

const day = 86_400_000;

/** Which local dates the input covers; see the days frame for what covers means. */
export class DayCounter {
  private readonly counts = { log: new Map<string, number>(), mail: new Map<string, number>() };

  enter(kind: Row<'days'>['kind'], date: string): void {
    this.counts[kind].set(date, (this.counts[kind].get(date) ?? 0) + 1);
  }

  rows(): Row<'days'>[] {
    const log = [...this.counts.log].map(([date, records]) => ({ kind: 'log' as const, date, records }));
    const mail = span([...this.counts.mail.keys()].sort()).map((date) => ({
      kind: 'mail' as const,
      date,
      records: this.counts.mail.get(date) ?? 0,
    }));
    return [...log.sort((a, b) => (a.date < b.date ? -1 : 1)), ...mail];
  }
}

/** Every date from the first to the last of sorted dates. */
function span(dates: readonly string[]): string[] {
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const length = (Date.parse(last) - Date.parse(first)) / day + 1;
  return Array.from({ length }, (_, i) => new Date(Date.parse(first) + i * day).toISOString().slice(0, 10));
}
