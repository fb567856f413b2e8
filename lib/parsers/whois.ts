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
/** KRNIC puts blanks between a key and its colon. */
const longestKey = 40;

const registry = /^(?:RIPE|APNIC|LACNIC|AFRINIC|IANA)$/i;
/** What RIPE and APNIC call a range of another registry. `country: EU` beside it means no one. */
const unmanaged = /^(?:NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK|(?:IANA|ERX)-NETBLOCK[\w-]*|IANA-BLK)$/i;
const jpnicLine = /^(?:[a-z]\. ?)?(\[[^\]]{2,40}\])[ \t]*(\S.*)$/;
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
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    reader.line(text, at, end);
    at = end + 1;
  }
  return reader.result();
}

/** Takes the lines of an answer where they stand in a mail. */
export class WhoisReader {
  private network = noNetwork();
  private readonly networks = [this.network];

  /** @param at where the line begins; @param end where it ends, its LF not included */
  line(text: string, at: number, end: number): void {
    const field = fieldOf(text, at, end);
    if (field === null) return;
    // ARIN's CIDR says the NetRange again and begins no network.
    if (field.key[0] === 'range' && this.network.range !== null) {
      this.network = noNetwork();
      this.networks.push(this.network);
    }
    enter(field.key, field.value, this.network);
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

/**
 * Lengths of the keys that begin with a letter, a bit for each length, by the letter in lower case: nine of ten lines
 * of an answer are told to be of no use by their first letter and where their colon stands.
 */
const lengths = new Int32Array(128);
for (const key of keys.keys()) {
  const begins = key.charCodeAt(0);
  if (begins < 128) lengths[begins] = (lengths[begins] ?? 0) | (1 << key.length);
}

/** The key that is known and the value of a line; null for any other line, and for an empty value. */
function fieldOf(text: string, at: number, end: number): { key: Key; value: string } | null {
  const begins = text.charCodeAt(at);
  if (begins === 91 || text.charCodeAt(at + 1) === 46) return jpnicField(text.slice(at, end));
  const known = begins < 128 ? (lengths[begins | 32] ?? 0) : -1;
  if (known === 0) return null;
  const last = Math.min(end, at + longestKey);
  let colon = at;
  while (colon < last && text.charCodeAt(colon) !== 58) colon++;
  let keyEnd = colon;
  while (keyEnd > at && isBlank(text.charCodeAt(keyEnd - 1))) keyEnd--;
  if (colon === last || (known & (1 << (keyEnd - at))) === 0) return null;
  const key = keys.get(text.slice(at, keyEnd).toLowerCase());
  const value = key ? text.slice(colon + 1, end).trim() : '';
  return key && value !== '' ? { key, value } : null;
}

const isBlank = (code: number): boolean => code === 32 || code === 9;

function jpnicField(text: string): { key: Key; value: string } | null {
  const line = jpnicLine.exec(text);
  const key = line ? keys.get(line[1]?.toLowerCase() ?? '') : undefined;
  return key ? { key, value: line?.[2]?.trim() ?? '' } : null;
}

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
