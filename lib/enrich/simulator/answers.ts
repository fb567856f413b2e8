import { createHash } from 'node:crypto';
import type { ApiVersion } from '../investigate/ask.js';
import { bulkLimit } from '../investigate/categorization.js';
import { indicators, simulatedRisk } from './scores.js';

/** A status and what is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const failed = (status: number, message: string): Answer => ({
  status,
  body: { statusCode: status, message },
});

/** What the simulator answers, by path behind the API's base. The forms are those that Cisco documents. */
export function answerOf(
  version: ApiVersion,
  method: string,
  path: string,
  labels: boolean,
  body: string,
  seed: number,
): Answer {
  if (method === 'POST')
    return path === 'domains/categorization' ? bulk(body, labels, seed) : failed(404, 'no such path');
  const pieces = path.split('/').map(decodeURIComponent);
  const last = pieces.at(-1) ?? '';
  if (path.startsWith('domains/risk-score/')) return riskScore(version, last, seed);
  if (path.startsWith('domains/categorization/')) return ok({ [last]: category(last, labels, seed) });
  const found = documented.find(([pattern]) => pattern.test(path));
  return found ? ok(found[1](version)) : failed(404, 'no such path');
}

function riskScore(version: ApiVersion, name: string, seed: number): Answer {
  if (name === '' || /\s/.test(name)) return failed(400, 'malformed domain');
  const risk = simulatedRisk(seed, name);
  if (!risk) return failed(404, 'unknown domain');
  const listed = indicators.map((indicator, i) => {
    const score = Math.round((risk.parts[i] ?? 0) * 1000) / 1000;
    return { indicator, normalized_score: Math.round(score * 100), score };
  });
  const { blocked } = risk;
  const block =
    version === 'legacy'
      ? { indicator: 'Umbrella Block Status', normalized_score: blocked ? 100 : 0, score: blocked }
      : { indicator: 'Block Status', normalized_score: blocked ? 100 : 0, score: blocked ? 1 : 0 };
  return ok({ indicators: [...listed, block], risk_score: risk.risk_score });
}

/** Ids and names of some categories. */
const categories = [
  ['8', 'Business Services'],
  ['23', 'Search Engines'],
  ['25', 'Software/Technology'],
  ['167', 'Infrastructure'],
] as const;

function category(name: string, labels: boolean, seed: number) {
  const risk = simulatedRisk(seed, name);
  const [id, label] = categories[(createHash('sha256').update(name).digest()[0] ?? 0) % 4] ?? ['8', ''];
  return {
    status: risk?.blocked ? -1 : risk && risk.risk_score < 20 ? 1 : 0,
    security_categories: risk?.blocked ? [labels ? 'Malware' : '67'] : [],
    content_categories: risk ? [labels ? label : id] : [],
  };
}

function bulk(body: string, labels: boolean, seed: number): Answer {
  if (Buffer.byteLength(body) > bulkLimit.bytes) return failed(413, 'more than 100 KB');
  let names: unknown;
  try {
    names = JSON.parse(body);
  } catch {
    return failed(400, 'no JSON');
  }
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string'))
    return failed(400, 'no array of names');
  if (names.length > bulkLimit.names) return failed(413, 'more than 1000 names');
  return ok(Object.fromEntries(names.map((name: string) => [name, category(name, labels, seed)])));
}

const pdns = () => ({
  pageInfo: { hasMoreRecords: false, offset: 0, limit: 500, totalNumRecords: 1 },
  records: [{ minTtl: 300, maxTtl: 300, name: 'a.example', type: 'A', rr: '192.0.2.1' }],
});

/** Paths that the statistics do not ask for: an answer of the documented form, the same for every name. */
const documented: readonly (readonly [RegExp, (version: ApiVersion) => unknown])[] = [
  [
    /^recommendations\/name\/[^/]+\.json$/,
    (version) => ({ found: true, pfs2: version === 'v2' ? ['b.example'] : [['b.example', 0.9]] }),
  ],
  [/^links\/name\/[^/]+$/, () => ({ found: true, tb1: [['b.example', 10]] })],
  [/^security\/name\/[^/]+$/, () => ({ dga_score: 0, entropy: 1.9, securerank2: 100, found: true })],
  [
    /^domains\/volume\/[^/]+$/,
    (version) => {
      const queries = [3, 4];
      const dates = [1510873200000, 1510876800000];
      return version === 'v2'
        ? { dates: dates.map(String), queries: queries.map(String) }
        : { dates, queries };
    },
  ],
  [/^dnsdb\/(?:name|ip)\/[A-Z]+\/[^/]+\.json$/, () => ({ rrs_tf: [], features: {} })],
  [/^ips\/[^/]+\/latest_domains$/, () => [{ id: 22842894, name: 'bad.example' }]],
  [/^whois\/[^/]+\/history$/, () => [{ domainName: 'a.example' }]],
  [/^whois\/search\/[^/]+\/[^/]+$/, () => ({ totalResults: 0, records: [] })],
  [
    /^whois\/(?:nameservers|emails)(?:\/[^/]*)?$/,
    () => ({ 'ns1.example': { totalResults: 0, domains: [] } }),
  ],
  [/^whois\/[^/]+$/, () => ({ domainName: 'a.example', registrarName: 'Example Registrar' })],
  [/^search\/[^/]+$/, () => ({ expression: 'a.*', totalResults: 0, moreDataAvailable: false, matches: [] })],
  [/^samples\/[^/]+$/, () => ({ query: 'a.example', totalResults: 0, samples: [] })],
  [/^sample\/[^/]+(?:\/(?:artifacts|connections|samples|behaviors))?$/, () => ({ totalResults: 0 })],
  [/^bgp_routes\/ip\/[^/]+\/as_for_ip\.json$/, () => [{ asn: 64496, cidr: '192.0.2.0/24' }]],
  [/^bgp_routes\/asn\/\d+\/prefixes_for_asn\.json$/, () => [{ cidr: '192.0.2.0/24', geo: {} }]],
  [/^timeline\/[^/]+$/, () => [{ categories: ['Malware'], attacks: [], timestamp: 1510873200000 }]],
  [/^pdns\/(?:domain|name|ip|raw|timeline)\/[^/]+$/, pdns],
  [/^subdomains\/[^/]+$/, () => [{ name: 'www.a.example', securityCategories: [] }]],
  [/^topmillion$/, () => ['a.example', 'b.example']],
];
