import { plainAddress } from './observation.js';

/** What one line of a logwatch report says of the bans of a jail that last: how many, or one address of them. */
export interface ListedBan {
  /** Line of the text, counted from 0. */
  readonly line: number;
  /** The day that the report is about. */
  readonly date: string;
  readonly host: string | null;
  readonly jail: string;
  /** Null where the line says how many there are. */
  readonly address: string | null;
  readonly count: number;
}

interface Report {
  readonly date: string | null;
  readonly host: string | null;
  /** When it was made, and the word for its day. */
  readonly made: string;
  readonly range: string;
}

const noReport: Report = { date: null, host: null, made: '', range: '' };
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** Titles of sections that may list bans; what stands outside of all sections is of a local script. */
const ofBans = /fail2ban|f2b|iptables|firewall|ipset|\bban/i;

/**
 * Finds the bans that the logwatch reports of a text list. Where the import knows the forms of fail2ban-client, iptables
 * and ipset, this looks for addresses behind the name of a jail.
 */
export function listedBans(text: string): ListedBan[] {
  const found: ListedBan[] = [];
  let report = noReport;
  let jail: string | null = null;
  let counts = true;
  for (const [line, raw] of text.split('\n').entries()) {
    const words = raw.trim();
    const [, title = '', edge] = /^-{5,} (.*) (Begin|End)\b/.exec(words) ?? [];
    if (edge) {
      counts = edge === 'End' || ofBans.test(title);
      jail = null;
    }
    if (/^#+ logwatch \d/i.test(words)) report = noReport;
    report = headed(report, words);
    const said = words.replace(/^[|` -]+/, '');
    const named = /^(?:Status for the jail: |Name: |Chain )?(?:f2b-|fail2ban-)?([\w.-]+)/i.exec(said);
    if (/^(?:Status for the jail: |Chain (?:f2b|fail2ban)-|(?:Name: )?(?:f2b|fail2ban)-\S+$)/i.test(said))
      jail = named?.[1] ?? null;
    else if (said.startsWith('Chain ')) jail = null;
    const { date, host } = report;
    if (date === null || jail === null || !counts) continue;
    const entry = { line, date, host, jail };
    const total = /^(?:Currently banned|Number of entries):\s*(\d+)/i.exec(said)?.[1];
    if (total !== undefined) found.push({ ...entry, address: null, count: Number(total) });
    for (const address of addressesOf(said)) found.push({ ...entry, address, count: 1 });
  }
  return found;
}

/** What a line adds to the head of a report. */
function headed(report: Report, words: string): Report {
  const [, name, value = ''] =
    /^(Processing Initiated|Date Range Processed|Logfiles for Host): ?(.*)$/.exec(words) ?? [];
  if (name === 'Logfiles for Host') return { ...report, host: value };
  if (name === 'Processing Initiated') return { ...report, made: value };
  // Where the day is not written out, it is told by when the report was made.
  if (name !== undefined) return { ...report, range: value, date: dayBefore(report.made, value) };
  if (report.range === '' || !words.startsWith('( ')) return report;
  const days = [...words.matchAll(/(\d{4})-([A-Z][a-z]{2})-(\d\d)/g)].map(([, year, month = '', day]) =>
    iso(Number(year), month, Number(day)),
  );
  return { ...report, range: '', date: new Set(days).size === 1 ? (days[0] ?? null) : null };
}

function dayBefore(made: string, range: string): string | null {
  const back = ['today', 'yesterday'].indexOf(range.trim());
  const [, month = '', day, year] = / ([A-Z][a-z]{2}) +(\d+) [\d:]{8} (\d{4})/.exec(made) ?? [];
  return back < 0 || year === undefined ? null : iso(Number(year), month, Number(day) - back);
}

const iso = (year: number, month: string, day: number): string =>
  new Date(Date.UTC(year, months.indexOf(month) / 3, day)).toISOString().slice(0, 10);

/** Addresses of a list, of a rule, or of a line that begins with one. */
function addressesOf(said: string): string[] {
  const words = said.split(/[\s,]+/).map((word) => word.replace(/\/\d+$/, ''));
  const known = words.flatMap((word) => (word === '0.0.0.0' ? [] : (plainAddress(word) ?? [])));
  if (/^(?:Banned )?IP list:/i.test(said)) return known;
  const isOne = plainAddress(words[0] ?? '') !== null || /\b(?:REJECT|DROP)\b/.test(said);
  return isOne ? known.slice(0, 1) : [];
}
