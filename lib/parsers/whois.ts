/**
 * The whois text in a ban mail: what the registry said of the address on the day of the ban.
 *
 * Schema: country (ISO 3166-1 alpha-2, upper case), netname, range (as written: `a - b` or CIDR); each null when
 * the text has no such line. Keys of RIPE, APNIC, AFRINIC and LACNIC (`inetnum`, `netname`, `country`) and of
 * ARIN (`NetRange`, `CIDR`, `NetName`, `Country`). Where a text has several objects the first that has the key
 * answers; a text is the owner's word, not a fact.
 *
 *     inetnum:        192.0.2.0 - 192.0.2.255
 *     netname:        EXAMPLE-NET
 *     country:        DE
 */
export interface Whois {
  readonly country: string | null;
  readonly netname: string | null;
  readonly range: string | null;
}

const country = /^country:[ \t]*([A-Za-z]{2})[ \t]*(?:#.*)?$/im;
const netname = /^netname:[ \t]*(\S.*)$/im;
const range = /^(?:inetnum|inet6num|NetRange|CIDR):[ \t]*(\S.*)$/im;

/** @param text the part of the mail between "more information about" and the next part */
export function parseWhois(text: string): Whois {
  return {
    country: country.exec(text)?.[1]?.toUpperCase() ?? null,
    netname: netname.exec(text)?.[1]?.trim() ?? null,
    range: range.exec(text)?.[1]?.trim() ?? null,
  };
}
