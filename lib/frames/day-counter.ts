import type { Row } from '../schema.js';

const day = 86_400_000;

/** Days without a mail after which nobody can say that the mailbox was there and quiet. */
const longestSilence = 31;

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

/** Every date from the first to the last of sorted dates, but for gaps in which nothing is known. */
function span(dates: readonly string[]): string[] {
  return dates.flatMap((date, i) => {
    const next = Date.parse(dates[i + 1] ?? date);
    const gap = (next - Date.parse(date)) / day;
    const length = gap === 0 || gap > longestSilence ? 1 : gap;
    return Array.from({ length }, (_, n) => new Date(Date.parse(date) + n * day).toISOString().slice(0, 10));
  });
}
