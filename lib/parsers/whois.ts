import { isBlank } from '../sources/byte-words.js';
import { bytesOf, standsInAnyCase } from './bytes.js';
import { sizeOfRange } from './range-size.js';

/**
 * The whois text in a ban mail: what the registry said of the address on the day of the ban.
 *
 * Schema: country (ISO 3166-1 alpha-2, upper case), netname, range (as written: `a - b` or CIDR); each null when
 * the text has no such line. A text is the owner's word, not a fact.
 *
 *     inetnum:        192.0.2.0 - 192.0.2.255      RIPE, APNIC, AFRINIC; LACNIC, and NIC.br, which writes
 *     netname:        EXAMPLE-NET                  `192.0.2/24`, name no networks: the owner stands for the name
 *     country:        DE
 *
 *     Example ISP EXAMPLE-NET (NET-192-0-2-0-1) 192.0.2.0 - 192.0.2.255        ARIN, where it knows several
 *
 *     NetRange:       192.0.2.0 - 192.0.2.255      ARIN; the country is that of the organization below it
 *     NetName:        EXAMPLE-NET
 *
 *     a. [Network Number]     192.0.2.0/24         JPNIC, in English or Japanese; it gives no country, and
 *     b. [Network Name]       EXAMPLE-NET          registers networks in JP only
 *
 *     IPv4 Address : 192.0.2.0 - 192.0.2.255 (/24) KRNIC, in English or Korean; the same with KR
 *     Service Name : EXAMPLE
 *
 * A text may have several networks: a registry refers to another (ARIN to RIPE), or says to whom a provider gave a
 * part of its range. All three columns come from the smallest one, and of equals from the last: it is nearest to
 * the address, and a registry refers only to one that knows more. Where a registry merely names another that is to
 * be asked (ARIN's `OrgId: RIPE`), any other network wins, and the country, which is that registry's, is no answer.
 */
export interface Whois {
  readonly country: string | null;
  readonly netname: string | null;
  readonly range: string | null;
}

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

type About = 'range' | 'cidr' | 'netname' | 'owner' | 'country' | 'registry';
type Key = readonly [about: About, national?: 'JP' | 'KR'];

/** What a line is about, by its key in lower case. */
const keys: ReadonlyMap<string, Key> = new Map<string, Key>([
  ['inetnum', ['range']],
  ['inet6num', ['range']],
  ['netrange', ['range']],
  ['cidr', ['cidr']],
  ['netname', ['netname']],
  ['owner', ['owner']],
  ['country', ['country']],
  ['orgid', ['registry']],
  ['[network number]', ['range', 'JP']],
  ['[network name]', ['netname', 'JP']],
  ['[organization]', ['owner', 'JP']],
  ['[ipネットワークアドレス]', ['range', 'JP']],
  ['[ネットワーク名]', ['netname', 'JP']],
  ['[組織名]', ['owner', 'JP']],
  ['ipv4 address', ['range', 'KR']],
  ['ipv6 address', ['range', 'KR']],
  ['service name', ['netname', 'KR']],
  ['network name', ['netname', 'KR']],
  ['organization name', ['owner', 'KR']],
  ['ipv4주소', ['range', 'KR']],
  ['ipv6주소', ['range', 'KR']],
  ['서비스명', ['netname', 'KR']],
  ['기관명', ['owner', 'KR']],
]);
/** Bytes up to the colon. KRNIC puts blanks between a key and its colon. */
const longestKey = 50;

const registry = /^(?:RIPE|APNIC|LACNIC|AFRINIC|IANA)$/i;
/** What RIPE and APNIC call a range of another registry. `country: EU` beside it means no one. */
const unmanaged = /^(?:NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK|(?:IANA|ERX)-NETBLOCK[\w-]*|IANA-BLK)$/i;
const jpnicLine = /^(?:[a-z]\. ?)?(\[[^\]]{2,40}\])[ \t]*(\S.*)$/;
/** Organization, name, handle and range. */
const listedNetwork = /^(?:\S.* )?(\S+) \(NET6?-[\w-]{1,60}\) ([\d.]+ - [\d.]+|[\dA-F:]+ - [\dA-F:]+)$/;
const countryCode = /^([A-Za-z]{2})[ \t]*(?:#.*)?$/;

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

interface Network {
  range: string | null;
  netname: string | null;
  owner: string | null;
  country: string | null;
  /** The country of a registry that registers for one country. */
  national: string | null;
  /** Whether it only says which registry to ask. */
  referral: boolean;
}

/** @param text the part of the mail between "more information about" and the next part */
export function parseWhois(text: string): Whois {
  const reader = new WhoisReader();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    reader.line(bytes, at, end);
    at = end + 1;
  }
  return reader.result();
}

/** Takes the lines of an answer, in UTF-8, where they stand in a mail: a string for each would take longer than all else. */
export class WhoisReader {
  private network = noNetwork();
  private readonly networks = [this.network];

  /** @param at where the line begins; @param end where it ends, its LF not included */
  line(bytes: Buffer, at: number, end: number): void {
    const begins = bytes[at] ?? 0;
    if (endsWithRange(bytes, at, end) && this.listedLine(bytes.toString('utf8', at, end))) return;
    if (begins === openBracket || bytes[at + 1] === dot) this.jpnicLine(bytes.toString('utf8', at, end));
    else if (keysByBegin[begins]) this.keyedLine(keysByBegin[begins], bytes, at, end);
  }

  private keyedLine(known: readonly (readonly KeyBytes[])[], bytes: Buffer, at: number, end: number): void {
    const last = Math.min(end, at + longestKey);
    let colon = at;
    while (colon < last && bytes[colon] !== colonSign) colon++;
    if (colon === last) return;
    let keyEnd = colon;
    while (keyEnd > at && isBlank(bytes[keyEnd - 1])) keyEnd--;
    for (const { letters, key } of known[keyEnd - at] ?? []) {
      if (!standsInAnyCase(letters, bytes, at)) continue;
      const value = bytes.toString('utf8', colon + 1, end).trim();
      if (value !== '') this.enter(key, value);
    }
  }

  private listedLine(text: string): boolean {
    const [, netname, range] = listedNetwork.exec(text) ?? [];
    if (netname === undefined || range === undefined) return false;
    this.enter(['range'], range);
    this.enter(['netname'], netname);
    return true;
  }

  private jpnicLine(text: string): void {
    const line = jpnicLine.exec(text);
    const key = line ? keys.get(line[1]?.toLowerCase() ?? '') : undefined;
    if (key) this.enter(key, line?.[2]?.trim() ?? '');
  }

  private enter(key: Key, value: string): void {
    // ARIN's CIDR says the NetRange again and begins no network.
    if (key[0] === 'range' && this.network.range !== null) {
      this.network = noNetwork();
      this.networks.push(this.network);
    }
    enter(key, value, this.network);
  }

  result(): Whois {
    return shape(this.networks);
  }
}

const noNetwork = (): Network => ({
  range: null,
  netname: null,
  owner: null,
  country: null,
  national: null,
  referral: false,
});

/** Of what stands several times in a network the first counts: the network's own before its contacts'. */
function enter([about, national]: Key, value: string, network: Network): void {
  network.national ??= national ?? null;
  if (about === 'range' || about === 'cidr')
    network.range ??= value.endsWith(')') ? value.replace(/ \(\/\d+\)$/, '') : value;
  else if (about === 'netname') {
    network.netname ??= value;
    network.referral ||= unmanaged.test(value);
  } else if (about === 'owner') network.owner ??= value;
  else if (about === 'country') network.country ??= countryCode.exec(value)?.[1]?.toUpperCase() ?? null;
  else network.referral ||= registry.test(value);
}

interface KeyBytes {
  /** In lower case. */
  readonly letters: Uint8Array;
  readonly key: Key;
}

/**
 * The keys by their first byte, in either case, and by their length: nine of ten lines of an answer are told to be of
 * no use by these.
 */
const keysByBegin: (KeyBytes[][] | undefined)[] = new Array(256).fill(undefined);
for (const [text, key] of keys) {
  const letters = bytesOf(text);
  const begins = letters[0] ?? 0;
  const byLength = keysByBegin[begins] ?? Array.from({ length: longestKey + 1 }, () => []);
  byLength[letters.length]?.push({ letters, key });
  keysByBegin[begins] = byLength;
  if (begins >= 97 && begins <= 122) keysByBegin[begins - 32] = byLength;
}

const [openBracket, colonSign, dot, blank, hyphen, upperF] = [91, 58, 46, 32, 45, 70];

/** Whether the last word of a line stands behind ` - `. ARIN writes addresses in digits and capitals, as few lines end. */
function endsWithRange(bytes: Buffer, at: number, end: number): boolean {
  if (end === at || (bytes[end - 1] ?? 0) > upperF) return false;
  let word = end;
  const first = Math.max(at, end - longestAddress);
  while (word > first && bytes[word - 1] !== blank) word--;
  return word > at + 2 && word < end && bytes[word - 2] === hyphen && bytes[word - 3] === blank;
}

const longestAddress = 40;

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

function shape(networks: readonly Network[]): Whois {
  const own = networks.filter((network) => !network.referral);
  const network = smallest(own.length > 0 ? own : networks);
  return {
    country: network.referral ? null : (network.national ?? network.country),
    netname: network.netname ?? network.owner,
    range: network.range,
  };
}

function smallest(networks: readonly Network[]): Network {
  const [only] = networks;
  if (only && networks.length === 1) return only;
  const size = ({ range }: Network) => (range === null ? Number.POSITIVE_INFINITY : sizeOfRange(range));
  return networks.reduce((least, network) => (size(network) <= size(least) ? network : least));
}
