import type { Random } from './random.js';

/** Names of a tried account, most tried first; a name's weight falls with its place. */
// biome-ignore format: a word list
const names = [
  'root', 'admin', 'test', 'user', 'oracle', 'postgres', 'ubuntu', 'pi', 'git', 'guest', 'ftpuser', 'support',
  'nagios', 'mysql', 'hadoop', 'deploy', 'ubnt', 'www', 'tomcat', 'jenkins', 'ftp', 'minecraft', 'student',
  'teamspeak', 'administrator', 'testuser', 'dev', 'ts3', 'vagrant', 'web', 'demo', 'backup', 'www-data', 'zabbix',
  'steam', 'ec2-user', 'server', 'redis', 'centos', 'default', 'info', 'user1', 'sales', 'nginx', 'webmaster',
  'mail', 'bot', 'elastic', 'jira', 'alex', 'odoo', 'service', 'test1', 'operator', 'usuario', 'nobody', 'docker',
  'csgo', 'developer', 'git1', 'adm', 'staff', 'michael', 'david', 'operador', 'prueba', 'temp', 'mc', 'public',
  'squid', 'cisco', 'anonymous', 'monitor', 'ansible', 'tech', 'office', 'bin', 'upload', 'kafka', 'spark',
];

/** Names that make careless readers of a log go wrong; each of them is one that a client may send. */
const hostile = [
  '<script>alert(1)</script>',
  '=cmd()',
  'a from 192.0.2.4 port 5 ssh2',
  'test user',
  `"o'brien"`,
  '',
  '-',
];

/** Accounts that the server has; the log words their failures in another way. */
const existing = new Set([
  'root',
  'ftp',
  'mail',
  'nobody',
  'operator',
  'adm',
  'bin',
  'postfix',
  'sshd',
  'backup',
]);

const rootWeight = 40;
const weights = names.map((_, place) => (place === 0 ? rootWeight : 60 / (place + 6)));
const hostileShare = 0.015;

export interface Account {
  readonly name: string;
  readonly exists: boolean;
}

export const root: Account = { name: 'root', exists: true };

/** What rare names are made of: a long tail of accounts of which none is tried often. */
// biome-ignore format: a word list
const syllables = [
  'ka', 'ri', 'no', 'be', 'ta', 'mi', 'lo', 'ser', 'an', 'du', 'vi', 'po', 'xe', 'ju', 'han', 'gor',
];
const rareNames = 4096;
const rareShare = 0.12;

function rareName(random: Random): string {
  let name = '';
  for (
    let rank = random.int(syllables.length, rareNames - 1);
    rank > 0;
    rank = Math.floor(rank / syllables.length)
  )
    name += syllables[rank % syllables.length];
  return name;
}

/** Draws the account that a password is tried for. The hostile names take turns, so that a small sample has each. */
export function accounts(random: Random): () => Account {
  let turn = 0;
  return () => {
    if (random.chance(hostileShare)) return { name: hostile[turn++ % hostile.length] ?? '', exists: false };
    if (random.chance(rareShare)) return { name: rareName(random), exists: false };
    const name = names[random.weighted(weights)] ?? 'root';
    return { name, exists: existing.has(name) };
  };
}

/** The account with this name. */
export const accountOf = (name: string): Account => ({ name, exists: existing.has(name) });

/** Some of the names in an order of their own, such as a botnet is given: root, another, and root once more come first. */
export function wordList(random: Random, size: number): readonly Account[] {
  // Squared, so that the lists begin with what everybody tries.
  const left = weights.map((weight, place) => (place === 0 ? 0 : weight * weight));
  return Array.from({ length: size }, (_, index) => {
    if (index === 0 || index === 2) return root;
    const place = random.weighted(left);
    left[place] = 0;
    return accountOf(names[place] ?? 'root');
  });
}

/** The names in the order of the alphabet, in which a patient guesser goes through them. */
export const alphabetical: readonly Account[] = names.toSorted().map(accountOf);
