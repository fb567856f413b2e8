import type { Row } from '../schema.js';

const day = 86_400_000;

/** Days without a mail after which nobody can say that the mailbox was there and quiet. */
const longestSilence = 31;

/** One local date and how many lines, mails or reports are of it. */
export type DayCount = Row<'days'>;

/** Which local dates the input covers; see the days frame for what covers means. */
export class DayCounter {
  private readonly counts = {
    log: new Map<string, { records: number }>(),
    mail: new Map<string, { records: number }>(),
  };

  enter(kind: DayCount['kind'], date: string, records = 1): void {
    const count = this.counts[kind].get(date);
    if (count) count.records += records;
    else this.counts[kind].set(date, { records });
  }

  /** Dates on which there is something. */
  entries(): DayCount[] {
    return (['log', 'mail'] as const).flatMap((kind) =>
      [...this.counts[kind]].map(([date, { records }]) => ({ kind, date, records })),
    );
  }

  /** Rows of the days frame. */
  rows(): DayCount[] {
    const log = this.entries().filter(({ kind }) => kind === 'log');
    const mail = span([...this.counts.mail.keys()].sort()).map((date) => ({
      kind: 'mail' as const,
      date,
      records: this.counts.mail.get(date)?.records ?? 0,
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
