import type { Row } from '../schema.js';

/** A host name that a server looked up when its address connected, and wrote into its log. */
export interface LoggedName {
  readonly address: string;
  readonly name: string;
  /** confirmed: the name led back to the address. */
  readonly status: 'confirmed' | 'unconfirmed';
  readonly source: Exclude<NonNullable<Row<'addresses'>['name_source']>, 'dns'>;
  /** UTC milliseconds. */
  readonly time: number;
}

/** What a name server can have said; anything else in a log is somebody's invention. */
const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_-]{1,63})*\.?$/i;

export const isHostName = (text: string): boolean => hostName.test(text);

/** The first name that was logged for each address. */
export class NameTally {
  private readonly names = new Map<string, LoggedName>();

  /** @param name as logged; a trailing dot and capitals make no other name */
  enter(logged: LoggedName): void {
    const earlier = this.names.get(logged.address);
    if (earlier && isBefore(earlier, logged)) return;
    if (!isHostName(logged.name)) return;
    this.names.set(logged.address, { ...logged, name: logged.name.toLowerCase().replace(/\.$/, '') });
  }

  addAll(names: Iterable<LoggedName>): void {
    for (const name of names) this.enter(name);
  }

  entries(): LoggedName[] {
    return [...this.names.values()];
  }
}

/** Of two at the same time the confirmed one stays, so that the order of reading decides nothing. */
function isBefore(a: LoggedName, b: LoggedName): boolean {
  if (a.time !== b.time) return a.time < b.time;
  return a.status === b.status ? a.name <= b.name : a.status === 'confirmed';
}
