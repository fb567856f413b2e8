import type { Random } from '../../lib/forge/random.js';

/**
 * Invented answers of whois in the shape, the keys and the length of each registry's, 40 to 90 lines: what a reader
 * of real ban mails has to pass over is most of them. Names, ranges and the words of the comments are made up.
 */
export type WhoisShape = (random: Random, address: string, country: string) => string[];

/** Registries that have a shape of their own, by country; the others are RIPE's. */
const registries: Readonly<Record<string, WhoisShape>> = {
  ...byCountry(arin, 'US', 'CA'),
  ...byCountry(apnic, 'CN', 'IN', 'VN', 'SG', 'ID', 'TW', 'HK', 'TH', 'MY', 'PK', 'PH', 'BD'),
  ...byCountry(lacnic, 'MX', 'AR', 'CO', 'CL', 'PE'),
  ...byCountry(afrinic, 'EG', 'ZA'),
  ...byCountry(nicBr, 'BR'),
  ...byCountry(jpnic, 'JP'),
  ...byCountry(krnic, 'KR'),
};

export const whoisOf: WhoisShape = (random, address, country) =>
  (registries[country] ?? ripe)(random, address, country);

function byCountry(shape: WhoisShape, ...countries: string[]): Record<string, WhoisShape> {
  return Object.fromEntries(countries.map((country) => [country, shape]));
}

const words = [
  'Example',
  'Hosting',
  'Telecom',
  'Cloud',
  'Network',
  'Data',
  'Cable',
  'Online',
  'Fibre',
  'Mobile',
];

const nameOf = (random: Random): string =>
  `${random.pick(words)} ${random.pick(words)} ${random.int(1, 999)}`;
const netOf = (random: Random, country: string): string => `EXAMPLE-${country}-${random.int(1, 9999)}`;
const date = (random: Random): string => `20${random.int(10, 18)}-0${random.int(1, 9)}-1${random.int(0, 9)}`;

/** First and last address of the block of so many third bytes around an address. */
function rangeOf(address: string, size: number): readonly [first: string, last: string] {
  const [a, b, c = 0] = address.split('.').map(Number);
  const first = c - (c % size);
  return [`${a}.${b}.${first}.0`, `${a}.${b}.${first + size - 1}.255`];
}

const prefix = (size: number): number => 24 - Math.log2(size);

/** `key:   value` lines as RIPE, APNIC and AFRINIC set them: values begin in column 17. */
const fields = (...pairs: (readonly [key: string, value: string])[]): string[] =>
  pairs.map(([key, value]) => `${`${key}:`.padEnd(16)}${value}`);

const comments = (mark: string, lines: number): string[] =>
  Array.from(
    { length: lines },
    (_, n) => `${mark} synthetic line ${n + 1} of what a registry says of its terms`,
  );

const remarks = (random: Random, lines: number): string[] =>
  fields(
    ...Array.from({ length: lines }, (_, n): [string, string] => [
      'remarks',
      n === 0 ? '-'.repeat(40) : `invented remark ${n}: write to abuse${random.int(1, 99)}@provider.example`,
    ]),
  );

/** The person or role to write to, which has a country of its own nowhere but in the postal address. */
const person = (random: Random, source: string, handle: string, kind: 'person' | 'role'): string[] =>
  fields(
    [kind, `${random.pick(words)} Operations`],
    ['address', `${nameOf(random)} Ltd.`],
    ['address', `${random.int(1, 200)} Invented Road`],
    ['address', `Floor ${random.int(1, 20)}`],
    ['phone', `+00 555 ${random.int(1000, 9999)}`],
    ['fax-no', `+00 555 ${random.int(1000, 9999)}`],
    ['e-mail', `noc${random.int(1, 99)}@provider.example`],
    ['nic-hdl', handle],
    ['mnt-by', `MNT-EX${random.int(1, 99)}`],
    ['created', `${date(random)}T08:15:00Z`],
    ['last-modified', `${date(random)}T09:45:10Z`],
    ['source', `${source} # Filtered`],
  );

function ripe(random: Random, address: string, country: string): string[] {
  const size = 2 ** random.int(0, 5);
  const [first, last] = rangeOf(address, size);
  const handle = `EX${random.int(1, 9999)}-RIPE`;
  return [
    ...comments('%', 3),
    '',
    ...comments('%', 4),
    '',
    `% Abuse contact for '${first} - ${last}' is 'abuse@provider.example'`,
    '',
    ...fields(
      ['inetnum', `${first} - ${last}`],
      ['netname', netOf(random, country)],
      ['descr', `${nameOf(random)} Ltd.`],
      ['country', country],
      ['org', `ORG-EX${random.int(1, 99)}-RIPE`],
      ['admin-c', handle],
      ['tech-c', handle],
      ['status', 'ASSIGNED PA'],
    ),
    ...remarks(random, random.int(0, 12)),
    ...fields(
      ['mnt-by', 'MNT-EXAMPLE'],
      ['created', `${date(random)}T11:12:13Z`],
      ['last-modified', `${date(random)}T11:12:14Z`],
      ['source', 'RIPE'],
    ),
    '',
    ...organisation(random, country),
    '',
    ...person(random, 'RIPE', handle, 'role'),
    '',
    `% Information related to '${first}/${prefix(size)}AS64496'`,
    '',
    ...route(random, `${first}/${prefix(size)}`, 'RIPE'),
    '',
    ...comments('%', 1),
    '',
  ];
}

const organisation = (random: Random, country: string): string[] =>
  fields(
    ['organisation', `ORG-EX${random.int(1, 99)}-RIPE`],
    ['org-name', `${nameOf(random)} Ltd.`],
    ['country', country],
    ['org-type', 'LIR'],
    ['address', `${random.int(1, 200)} Invented Road`],
    ['address', 'Exampleton'],
    ['phone', `+00 555 ${random.int(1000, 9999)}`],
    ['abuse-c', `AB${random.int(1, 999)}-RIPE`],
    ['mnt-ref', 'MNT-EXAMPLE'],
    ['source', 'RIPE # Filtered'],
  );

const route = (random: Random, prefixed: string, source: string): string[] =>
  fields(
    ['route', prefixed],
    ['descr', `${nameOf(random)} route`],
    ['origin', `AS${random.int(64_496, 64_511)}`],
    ['mnt-by', 'MNT-EXAMPLE'],
    ['created', `${date(random)}T11:12:13Z`],
    ['last-modified', `${date(random)}T11:12:14Z`],
    ['source', source],
  );

function apnic(random: Random, address: string, country: string): string[] {
  const size = 2 ** random.int(0, 6);
  const [first, last] = rangeOf(address, size);
  const handle = `EX${random.int(1, 9999)}-AP`;
  return [
    '% [whois.apnic.net]',
    ...comments('%', 1),
    '',
    `% Information related to '${first} - ${last}'`,
    '',
    `% Abuse contact for '${first} - ${last}' is 'abuse@provider.example'`,
    '',
    ...fields(
      ['inetnum', `${first} - ${last}`],
      ['netname', netOf(random, country)],
      ['descr', `${nameOf(random)} Company`],
      ['descr', `No. ${random.int(1, 99)}, Invented Street`],
      ['descr', 'Example District'],
      ['country', country],
      ['admin-c', handle],
      ['tech-c', handle],
      ['abuse-c', `AE${random.int(1, 99)}-AP`],
      ['status', 'ALLOCATED PORTABLE'],
    ),
    ...remarks(random, random.int(2, 14)),
    ...fields(
      ['mnt-by', 'MAINT-EXAMPLE-AP'],
      ['mnt-irt', `IRT-EXAMPLE-${country}`],
      ['last-modified', `${date(random)}T01:02:03Z`],
      ['source', 'APNIC'],
    ),
    '',
    ...fields(
      ['irt', `IRT-EXAMPLE-${country}`],
      ['address', `No. ${random.int(1, 99)}, Invented Street`],
      ['e-mail', 'irt@provider.example'],
      ['abuse-mailbox', 'irt@provider.example'],
      ['admin-c', handle],
      ['tech-c', handle],
      ['auth', '# Filtered'],
      ['mnt-by', 'MAINT-EXAMPLE-AP'],
      ['last-modified', `${date(random)}T01:02:03Z`],
      ['source', 'APNIC'],
    ),
    '',
    ...person(random, 'APNIC', handle, 'person').map((line) => line.replace(' # Filtered', '')),
    '',
    ...comments('%', 1),
    '',
    '',
  ];
}

function afrinic(random: Random, address: string, country: string): string[] {
  const [first, last] = rangeOf(address, 4);
  const handle = `EX${random.int(1, 9999)}-AFRINIC`;
  return [
    ...comments('%', 6),
    '',
    `% Information related to '${first} - ${last}'`,
    '',
    ...fields(
      ['inetnum', `${first} - ${last}`],
      ['netname', netOf(random, country)],
      ['descr', nameOf(random)],
      ['country', country],
      ['org', 'ORG-EX1-AFRINIC'],
      ['admin-c', handle],
      ['tech-c', handle],
      ['status', 'ASSIGNED PA'],
      ['mnt-by', 'EXAMPLE-MNT'],
      ['source', 'AFRINIC # Filtered'],
      ['parent', '0.0.0.0 - 255.255.255.255'],
    ),
    '',
    ...organisation(random, country).map((line) => line.replace('RIPE', 'AFRINIC')),
    '',
    ...person(random, 'AFRINIC', handle, 'person'),
    '',
  ];
}

/** `Key:          value` with the value in column 17, each block of a network, its owner and its contacts. */
function arin(random: Random, address: string, country: string): string[] {
  const outer = rangeOf(address, 64);
  const inner = rangeOf(address, 4);
  const frame = ['', '#', ...comments('#', 4), '#', ...comments('#', 3), '#', '', ''];
  const provider = [
    ...arinNetwork(random, outer, 64, `EXAMPLE-${random.int(1, 99)}`),
    ...arinOwner(random, country),
  ];
  // A provider's network, and for every third address the part of it that a customer has.
  if (!random.chance(0.33)) return [...frame, ...provider, ...arinContacts(random), ...frame];
  const customer = [
    ...arinNetwork(random, inner, 4, netOf(random, country)),
    ...arinOwner(random, country).slice(0, 8),
  ];
  return [
    ...frame,
    '# start',
    '',
    ...provider,
    ...arinContacts(random),
    '# end',
    '',
    '',
    '# start',
    '',
    ...customer,
    '',
    '# end',
    ...frame,
  ];
}

const arinNetwork = (
  random: Random,
  [first, last]: readonly [string, string],
  size: number,
  name: string,
): string[] =>
  fields(
    ['NetRange', `${first} - ${last}`],
    ['CIDR', `${first}/${prefix(size)}`],
    ['NetName', name],
    ['NetHandle', `NET-${first.replaceAll('.', '-')}-1`],
    ['Parent', 'EXAMPLE (NET-0-0-0-0-0)'],
    ['NetType', size > 4 ? 'Direct Allocation' : 'Reassigned'],
    ['OriginAS', ''],
    ['Organization', `${nameOf(random)} Inc. (EX-${random.int(1, 99)})`],
    ['RegDate', date(random)],
    ['Updated', date(random)],
    ['Ref', `https://whois.example/rest/net/${first}`],
  );

const arinOwner = (random: Random, country: string): string[] => [
  '',
  '',
  ...fields(
    ['OrgName', `${nameOf(random)} Inc.`],
    ['OrgId', `EX-${random.int(1, 99)}`],
    ['Address', `${random.int(1, 9999)} Invented Avenue`],
    ['City', 'Exampleton'],
    ['StateProv', 'EX'],
    ['PostalCode', `${random.int(10_000, 99_999)}`],
    ['Country', country],
    ['RegDate', date(random)],
    ['Updated', date(random)],
    ['Comment', 'Invented comment: write to abuse@provider.example'],
    ['Comment', ''],
    ['Ref', `https://whois.example/rest/entity/EX-${random.int(1, 99)}`],
  ),
  '',
];

const arinContacts = (random: Random): string[] =>
  ['OrgTech', 'OrgAbuse', 'OrgNOC'].flatMap((role) => [
    '',
    ...fields(
      [`${role}Handle`, `EX${random.int(1, 999)}-ARIN`],
      [`${role}Name`, `${random.pick(words)} Operations`],
      [`${role}Phone`, `+1-555-${random.int(1000, 9999)} `],
      [`${role}Email`, 'noc@provider.example'],
      [`${role}Ref`, `https://whois.example/rest/poc/EX${random.int(1, 999)}`],
    ),
  ]);

/** LACNIC sets its values in column 14. */
const narrow = (...pairs: (readonly [key: string, value: string])[]): string[] =>
  pairs.map(([key, value]) => `${`${key}:`.padEnd(13)}${value}`);

function lacnic(random: Random, address: string, country: string): string[] {
  const [first] = rangeOf(address, 16);
  return [
    '',
    ...comments('%', 4),
    '',
    ...narrow(
      ['inetnum', `${first}/20`],
      ['status', 'allocated'],
      ['aut-num', 'N/A'],
      ['owner', `${nameOf(random)} S.A.`],
      ['ownerid', `${country}-EXSA-LACNIC`],
      ['responsible', 'Invented Person'],
      ['address', `Calle Inventada ${random.int(1, 999)}`],
      ['address', `${random.int(1000, 9999)} - Ejemplo - EX`],
      ['country', country],
      ['phone', `+00 555 ${random.int(1000, 9999)}`],
      ['owner-c', 'EXA'],
      ['tech-c', 'EXA'],
      ['abuse-c', 'EXA'],
      ['inetrev', `${first}/20`],
      ['nserver', 'NS1.PROVIDER.EXAMPLE'],
      ['nsstat', '20190101 AA'],
      ['nslastaa', '20190101'],
      ['nserver', 'NS2.PROVIDER.EXAMPLE'],
      ['nsstat', '20190101 AA'],
      ['nslastaa', '20190101'],
      ['created', '20110203'],
      ['changed', '20160304'],
    ),
    '',
    ...narrow(
      ['nic-hdl', 'EXA'],
      ['person', 'Invented Person'],
      ['e-mail', 'noc@provider.example'],
      ['address', `Calle Inventada ${random.int(1, 999)}`],
      ['country', country],
      ['phone', `+00 555 ${random.int(1000, 9999)}`],
      ['created', '20110203'],
      ['changed', '20160304'],
    ),
    '',
    ...comments('%', 3),
    '',
  ];
}

function nicBr(random: Random, address: string): string[] {
  const [first] = rangeOf(address, 32);
  const block = `${first.replace(/\.0$/, '')}/19`;
  return [
    '',
    ...comments('%', 5),
    '',
    ...narrow(
      ['inetnum', block],
      ['aut-num', `AS${random.int(64_496, 64_511)}`],
      ['abuse-c', 'EXA12'],
      ['owner', `${nameOf(random)} Ltda`],
      ['ownerid', '00.000.000/0001-00'],
      ['responsible', 'Pessoa Inventada'],
      ['country', 'BR'],
      ['owner-c', 'EXA12'],
      ['tech-c', 'EXA12'],
      ['inetrev', block],
      ['nserver', 'ns1.provider.example'],
      ['nsstat', '20190101 AA'],
      ['nslastaa', '20190101'],
      ['nserver', 'ns2.provider.example'],
      ['nsstat', '20190101 AA'],
      ['nslastaa', '20190101'],
      ['created', '20100504'],
      ['changed', '20180203'],
    ),
    '',
    ...narrow(
      ['nic-hdl-br', 'EXA12'],
      ['person', 'Pessoa Inventada'],
      ['e-mail', 'noc@provider.example'],
      ['country', 'BR'],
      ['created', '20100504'],
      ['changed', '20180203'],
    ),
    '',
    ...comments('%', 8),
    '',
  ];
}

/** JPNIC answers in Japanese, and in English to who asks so. */
function jpnic(random: Random, address: string): string[] {
  const [first] = rangeOf(address, 8);
  const english = random.chance(0.5);
  const label = (inEnglish: string, inJapanese: string) => `[${english ? inEnglish : inJapanese}]`.padEnd(24);
  return [
    ...Array.from(
      { length: 8 },
      (_, n) => `[ synthetic line ${n + 1} of what a registry says of its terms      ]`,
    ),
    '',
    english ? 'Network Information:' : 'Network Information: [ネットワーク情報]',
    `a. ${label('Network Number', 'IPネットワークアドレス')} ${first}/21`,
    `b. ${label('Network Name', 'ネットワーク名')} EXAMPLE${random.int(1, 999)}`,
    `f. ${label('Organization', '組織名')} ${english ? 'Example' : '株式会社例示'} ${random.int(1, 999)}`,
    `g. ${label('Organization', 'Organization')} ${nameOf(random)} K.K.`,
    `m. ${label('Administrative Contact', '管理者連絡窓口')} JP000${random.int(10, 99)}`,
    `n. ${label('Technical Contact', '技術連絡担当者')} JP000${random.int(10, 99)}`,
    `o. ${label('Abuse', 'Abuse')} abuse@provider.example`,
    `p. ${label('Nameserver', 'ネームサーバ')} ns1.provider.example`,
    `p. ${label('Nameserver', 'ネームサーバ')} ns2.provider.example`,
    `[${english ? 'Assigned Date' : '割当年月日'}]                 2012/03/04`,
    `[${english ? 'Last Update' : '最終更新'}]                   2018/05/06 07:08:09(JST)`,
    '',
    'Less Specific Info.',
    '----------',
    `${nameOf(random)} K.K.`,
    `                     [Allocation]                               ${first}/16`,
    '',
    'More Specific Info.',
    '----------',
    'No match!!',
    '',
    ...comments('%', 6),
    '',
    ...fields(
      ['inetnum', `${rangeOf(address, 64).join(' - ')}`],
      ['netname', netOf(random, 'JP')],
      ['country', 'JP'],
    ),
    '',
  ];
}

/** KRNIC gives each network twice, in Korean and in English. */
function krnic(random: Random, address: string): string[] {
  const [outer, inner] = [rangeOf(address, 64), rangeOf(address, 1)];
  const name = nameOf(random);
  const korean = (range: readonly string[], size: number, service: string): string[] => [
    `IPv4주소           : ${range.join(' - ')} (/${prefix(size)})`,
    `기관명             : 주식회사 예시`,
    ...(service === '' ? [] : [`서비스명           : ${service}`]),
    `주소               : 예시특별시 가상로 ${random.int(1, 99)}`,
    `우편번호           : 0${random.int(1000, 9999)}`,
    `할당일자           : 20100${random.int(1, 9)}04`,
  ];
  const english = (range: readonly string[], size: number, service: string): string[] => [
    `IPv4 Address       : ${range.join(' - ')} (/${prefix(size)})`,
    `Organization Name  : ${name}`,
    ...(service === '' ? [] : [`Service Name       : ${service}`]),
    `Address            : Example-si Gasang-ro ${random.int(1, 99)}`,
    `Zip Code           : 0${random.int(1000, 9999)}`,
    `Registration Date  : 20100${random.int(1, 9)}04`,
  ];
  const contact = [
    '',
    `Name               : IP Manager`,
    `Phone              : +00-555-${random.int(1000, 9999)}`,
    `E-Mail             : ip@provider.example`,
    '',
  ];
  const service = `EXAMPLE-${random.int(1, 99)}`;
  return [
    `query : ${address}`,
    '',
    '# KOREAN(UTF8)',
    '',
    ...comments('#', 3),
    '',
    ...korean(outer, 64, service),
    ...contact,
    ...korean(inner, 1, ''),
    '',
    '# ENGLISH',
    '',
    ...comments('#', 2),
    '',
    ...english(outer, 64, service),
    ...contact,
    ...english(inner, 1, ''),
    ...contact,
    '- synthetic, not the answer of a registry -',
    '',
  ];
}
