import type { Random } from './random.js';

/** Names of mailboxes that are tried on any server. */
// biome-ignore format: a word list
const common = [
  'info', 'admin', 'test', 'sales', 'support', 'contact', 'office', 'webmaster', 'postmaster', 'mail', 'service',
  'scan', 'backup', 'help', 'hello', 'news', 'billing', 'root', 'noreply', 'marketing', 'account', 'user', 'demo',
];
// biome-ignore format: a word list
const first = [
  'akira', 'ben', 'carla', 'daiki', 'emi', 'fumi', 'gina', 'hana', 'ito', 'jun', 'ken', 'lena', 'mari', 'naoki',
  'olga', 'pavel', 'rei', 'sato', 'tomo', 'ume', 'vera', 'wang', 'yuki', 'zoe',
];
// biome-ignore format: a word list
const last = ['abe', 'baba', 'chen', 'doi', 'endo', 'fuji', 'goto', 'hara', 'ikeda', 'kato', 'lee', 'mori', 'ono', 'ueda'];

const commonShare = 0.12;

/** An account of a mailbox: spread thin over some hundred names, with or without the domain. */
export function mailAccount(random: Random, domain: string): string {
  const name = random.chance(commonShare)
    ? random.pick(common)
    : `${random.pick(first)}${random.chance(0.6) ? '.' : ''}${random.pick(last)}`;
  return random.chance(0.6) ? `${name}@${domain}` : name;
}
