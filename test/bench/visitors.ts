import { type Account, accounts } from '../../lib/forge/accounts.js';
import type { Random } from '../../lib/forge/random.js';

/** First bytes that are not public as a whole or in part; none of them is drawn. */
const reserved = new Set([10, 100, 127, 169, 172, 192, 198, 203]);
const firstBytes = Array.from({ length: 223 }, (_, i) => i + 1).filter((byte) => !reserved.has(byte));

/** Share of visits from an address that was not seen before, and how many of the last ones come back. */
const newcomers = 0.85;
const remembered = 4096;

export interface AddressSource {
  next(): string;
  /** Addresses that were drawn, each once. */
  distinct(): number;
}

/** Addresses of visits, one after the other. Their number grows with the input, as it does on a real server. */
export function addressSource(random: Random): AddressSource {
  const recent: string[] = [];
  const drawn = new Set<number>();
  const draw = (): string => {
    for (;;) {
      const bytes = [random.pick(firstBytes), random.int(0, 255), random.int(0, 255), random.int(1, 254)];
      const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
      if (drawn.has(number)) continue;
      drawn.add(number);
      return bytes.join('.');
    }
  };
  return {
    next() {
      if (recent.length > 0 && !random.chance(newcomers)) return random.pick(recent);
      const address = draw();
      recent[(drawn.size - 1) % remembered] = address;
      return address;
    },
    distinct: () => drawn.size,
  };
}

const syllables = [
  'ka',
  'ri',
  'no',
  'be',
  'ta',
  'mi',
  'lo',
  'ser',
  'an',
  'du',
  'vi',
  'po',
  'xe',
  'ju',
  'han',
  'gor',
];
/** Names of the long tail: none is tried often, many are tried once. */
const rareNames = 20_000;
const rareShare = 0.12;

/** Accounts that are tried: forge's names, and a tail of rare ones in which the n-th is tried 1/n times as often. */
export function accountSource(random: Random): () => Account {
  const common = accounts(random);
  return () => {
    if (!random.chance(rareShare)) return common();
    let rank = Math.floor(rareNames ** random.unit());
    let name = '';
    for (; rank > 0; rank = Math.floor(rank / syllables.length)) name += syllables[rank % syllables.length];
    return { name, exists: false };
  };
}
