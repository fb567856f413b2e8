import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sizeOfRange } from '../../lib/parsers/range-size.js';
import { parseWhois } from '../../lib/parsers/whois.js';

const ripe = `
inetnum:        192.0.2.0 - 192.0.2.255
netname:        EXAMPLE-RIPE
country:        de # since 2010
source:         RIPE

organisation:   ORG-EX1-RIPE
country:        FR

route:          192.0.2.0/24
`;

const arin = (owner: string, country: string, range = '192.0.0.0 - 192.0.255.255') => `
NetRange:       ${range}
CIDR:           192.0.0.0/16
NetName:        EXAMPLE-ARIN
NetHandle:      NET-192-0-0-0-1

OrgName:        Example
OrgId:          ${owner}
Country:        ${country}
`;

const jpnic = (keys: readonly string[]) => `
[ JPNIC database provides information regarding IP address and ASN. ]

Network Information:
a. [${keys[0]}]           192.0.2.0/24
b. [${keys[1]}]           EXAMPLE-JP
g. [Organization]         Example K.K.
`;

const arinList = `
American Registry for Internet Numbers NET192 (NET-192-0-0-0-0) 192.0.0.0 - 192.255.255.255
Example ISP EX-ISP (NET-192-0-2-0-1) 192.0.2.0 - 192.0.2.255
Six and Sons EX-SIX (NET6-2001-DB8-1) 2001:DB8:: - 2001:DB8:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF

# ARIN WHOIS data and services are subject to the Terms of Use (NET-1) of 1 - 2
`;

const cases: [name: string, text: string, expected: [string | null, string | null, string | null]][] = [
  ["ARIN's list", arinList, [null, 'EX-ISP', '192.0.2.0 - 192.0.2.255']],
  [
    "ARIN's list, and RIPE behind it",
    `${arinList}${ripe.replace('192.0.2.0 - 192.0.2.255', '192.0.2.0 - 192.0.2.127')}`,
    ['DE', 'EXAMPLE-RIPE', '192.0.2.0 - 192.0.2.127'],
  ],
  [
    "ARIN's list of IPv6",
    arinList.split('\n').slice(3).join('\n'),
    [null, 'EX-SIX', '2001:DB8:: - 2001:DB8:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF'],
  ],
  ['nothing', '', [null, null, null]],
  ['no answer', '% No match found\n', [null, null, null]],
  ['a country alone', 'country: FR', ['FR', null, null]],
  ['RIPE', ripe, ['DE', 'EXAMPLE-RIPE', '192.0.2.0 - 192.0.2.255']],
  [
    'RIPE, IPv6',
    'inet6num:       2001:db8::/32\nnetname:        EXAMPLE-V6\ncountry:        NL\n',
    ['NL', 'EXAMPLE-V6', '2001:db8::/32'],
  ],
  [
    'APNIC',
    '% [whois.apnic.net]\n\ninetnum:        192.0.2.0 - 192.0.2.127\nnetname:        EXAMPLE-AP\ncountry:        CN\n\nirt:            IRT-EXAMPLE\ncountry:        AU\n',
    ['CN', 'EXAMPLE-AP', '192.0.2.0 - 192.0.2.127'],
  ],
  [
    'AFRINIC',
    'inetnum:        198.51.100.0 - 198.51.100.255\nnetname:        EXAMPLE-ZA\ncountry:        ZA\nsource:         AFRINIC\n',
    ['ZA', 'EXAMPLE-ZA', '198.51.100.0 - 198.51.100.255'],
  ],
  ['ARIN', arin('EXAMPLE-5', 'US'), ['US', 'EXAMPLE-ARIN', '192.0.0.0 - 192.0.255.255']],
  [
    'ARIN, a part of a provider’s network, in either order',
    `${arin('EXAMPLE-5', 'US')}\n${arin('EXAMPLE-6', 'CA', '192.0.2.0 - 192.0.2.63').replace('-ARIN', '-PART')}`,
    ['CA', 'EXAMPLE-PART', '192.0.2.0 - 192.0.2.63'],
  ],
  [
    'the larger network last',
    `${arin('EXAMPLE-6', 'CA', '192.0.2.0 - 192.0.2.63')}\n${arin('EXAMPLE-5', 'US')}`,
    ['CA', 'EXAMPLE-ARIN', '192.0.2.0 - 192.0.2.63'],
  ],
  [
    'ARIN refers to RIPE',
    `${arin('RIPE', 'NL', '192.0.2.0 - 192.0.2.127')}\n${ripe}`,
    ['DE', 'EXAMPLE-RIPE', '192.0.2.0 - 192.0.2.255'],
  ],
  [
    'ARIN refers to RIPE and RIPE did not answer',
    arin('RIPE', 'NL'),
    [null, 'EXAMPLE-ARIN', '192.0.0.0 - 192.0.255.255'],
  ],
  [
    'RIPE does not manage it',
    'inetnum: 192.0.0.0 - 192.0.255.255\nnetname: NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK\ncountry: EU\n',
    [null, 'NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK', '192.0.0.0 - 192.0.255.255'],
  ],
  [
    'LACNIC',
    'inetnum:     198.51.100.0/22\nstatus:      allocated\nowner:       EJEMPLO S.A\nownerid:     PA-EJSA-LACNIC\ncountry:     PA\n\nnic-hdl:     EX1\ncountry:     AR\n',
    ['PA', 'EJEMPLO S.A', '198.51.100.0/22'],
  ],
  [
    'NIC.br',
    'inetnum:     192.0.2/24\naut-num:     AS64496\nowner:       Exemplo Ltda\ncountry:     BR\n',
    ['BR', 'Exemplo Ltda', '192.0.2/24'],
  ],
  ['JPNIC', jpnic(['Network Number', 'Network Name']), ['JP', 'EXAMPLE-JP', '192.0.2.0/24']],
  [
    'JPNIC in Japanese',
    jpnic(['IPネットワークアドレス', 'ネットワーク名']),
    ['JP', 'EXAMPLE-JP', '192.0.2.0/24'],
  ],
  [
    'JPNIC without a network name',
    jpnic(['Network Number', 'Something Else']),
    ['JP', 'Example K.K.', '192.0.2.0/24'],
  ],
  [
    'KRNIC, Korean and English, provider and customer',
    'IPv4주소           : 192.0.0.0 - 192.0.255.255 (/16)\n기관명             : 예시\n서비스명           : EXAMPLE-ISP\n\nIPv4주소           : 192.0.2.0 - 192.0.2.255 (/24)\n기관명             : 예시\n\n# ENGLISH\n\nIPv4 Address       : 192.0.0.0 - 192.0.255.255 (/16)\nOrganization Name  : Example Telecom\nService Name       : EXAMPLE-ISP\n\nIPv4 Address       : 192.0.2.0 - 192.0.2.255 (/24)\nOrganization Name  : Example Co.\n',
    ['KR', 'Example Co.', '192.0.2.0 - 192.0.2.255'],
  ],
  [
    'keys within other keys and comments',
    '% country: XX\nremarks: country: YY\n country: ZZ\ninetnum-up: 192.0.0.0/16\n#netname: X\n',
    [null, null, null],
  ],
  ['a place of a geographic database', 'Country:JP, Japan\nAS:AS64496 Example\n', [null, null, null]],
];

for (const [name, text, [country, netname, range]] of cases)
  test(`whois: ${name}`, () => assert.deepEqual(parseWhois(text), { country, netname, range }));

test('sizes of ranges', () => {
  for (const [range, size] of [
    ['192.0.2.0 - 192.0.2.255', 256],
    ['192.0.2.0-192.0.2.3', 4],
    ['192.0.2/24', 256],
    ['192.0.2.1/32', 1],
    ['2001:db8::/32', 2 ** 96],
    ['2001:DB8:: - 2001:DB8::F', 16],
    ['2001:db8:0:0:0:0:0:1 - ::1', Number.POSITIVE_INFINITY],
    ['192.0.2.0/24, 198.51.100.0/24, 203.0.113.0/24'.padEnd(200, ', 192.0.2.0/24'), 256],
    ['192.0.2.0/33', Number.POSITIVE_INFINITY],
    [':'.repeat(500_000), Number.POSITIVE_INFINITY],
    ['somewhere', Number.POSITIVE_INFINITY],
  ] as const)
    assert.equal(sizeOfRange(range), size, range);
});

test('hostile texts take no more than linear time', () => {
  const begun = performance.now();
  for (const text of [
    `country:${' '.repeat(500_000)}x`,
    `a. [${'x'.repeat(500_000)}`,
    `a. [Network Number]${' '.repeat(500_000)}`,
    `inetnum: ${'1'.repeat(500_000)}\ninetnum: ${'1.'.repeat(250_000)}/`,
    'inetnum: x\n'.repeat(50_000),
    `IPv4 Address : x${' (/1'.repeat(100_000)}`,
  ])
    parseWhois(text);
  assert.ok(performance.now() - begun < 500, `${performance.now() - begun} ms`);
});
