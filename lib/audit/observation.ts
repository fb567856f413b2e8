/** What a raw line or mail says, read without the parsers: one failed password or one ban. */
export interface Observation {
  readonly kind: 'failure' | 'ban';
  readonly source: string;
  readonly line: number;
  /** Wall clock of the site, `2019-06-01T21:00:00`. */
  readonly local: string;
  readonly address: string;
  /** Of a failure, the account; of a ban, the jail. */
  readonly name: string;
  readonly count: number;
}

/** Local time of an instant, by the calendar of the system: slow, and nothing that the import uses. */
export function localClock(zone: string): (utc: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const known = new Map<number, string>();
  return (utc) => {
    const minute = Math.floor(utc / 60_000);
    let text = known.get(minute);
    if (text === undefined) {
      if (known.size > 100_000) known.clear();
      text = format
        .format(minute * 60_000)
        .replace(' ', 'T')
        .slice(0, 17);
      known.set(minute, text);
    }
    return text + String(Math.floor(utc / 1000) % 60).padStart(2, '0');
  };
}
