import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { numberOfAddress } from '../parsers/address.js';

/** Where an answer comes from, as the addresses frame records it. */
export interface CountryData {
  /** ISO 3166-1 alpha-2, or null for a private, reserved or unknown address. */
  countryOf(address: string): string | null;
  readonly source: string;
  /** Date of the data, ISO 8601. */
  readonly asOf: string | null;
}

const require = createRequire(import.meta.url);
let opened: CountryData | undefined;

/** The country data of geoip-lite (GeoLite2). */
export function countryData(): CountryData {
  opened ??= open();
  return opened;
}

function open(): CountryData {
  const packageFile = require.resolve('geoip-lite/package.json');
  const data = join(dirname(packageFile), 'data');
  const version = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
  const countryOf4 = ipv4Countries(join(data, 'geoip-country.dat'));
  let lookup: Lookup | undefined;
  // The data's own release date stands in its checksum file: GeoLite2-Country-CSV_20231115.zip.
  const stamp = /_(\d{4})(\d\d)(\d\d)\.zip/.exec(readFileSync(join(data, 'country.checksum'), 'utf8'));
  return {
    source: `geoip-lite ${version} (GeoLite2 Country)`,
    asOf: stamp ? `${stamp[1]}-${stamp[2]}-${stamp[3]}` : null,
    countryOf: (address) => {
      const number = numberOfAddress(address);
      if (number !== null) return countryOf4(number >>> 0);
      // A text that is no address would be looked up as a number; '' is how this data says that it does not know.
      if (isIP(address) === 0) return null;
      lookup ??= geoipLite(data);
      return lookup(address)?.country || null;
    },
  };
}

type Lookup = (address: string) => { readonly country: string } | null;

/**
 * geoip-lite itself, for the few addresses that are not IPv4, in country-only mode: it reads whatever folder it is
 * given at its first load, and takes 9 MB in place of 150 when the city files are not in it.
 */
function geoipLite(data: string): Lookup {
  // It reads its files while it is required, so the folder of links is not needed after that.
  const folder = mkdtempSync(join(tmpdir(), 'banbook-geoip-'));
  for (const file of ['geoip-country.dat', 'geoip-country6.dat'])
    symlinkSync(join(data, file), join(folder, file));
  (globalThis as { geodatadir?: string }).geodatadir = folder;
  const geoip = require('geoip-lite') as { lookup: Lookup };
  rmSync(folder, { recursive: true });
  return geoip.lookup;
}

/** Bytes of a record: first and last address of a range, big-endian, and the letters of the country. */
const recordSize = 10;
/** RFC 1918; for these geoip-lite has no answer, whatever its file says. */
const closed = ['10.0.0.0', '172.16.0.0', '192.168.0.0'].map(
  (address) => (numberOfAddress(address) ?? 0) >>> 0,
);
const closedSizes = [2 ** 24, 2 ** 20, 2 ** 16];

/**
 * Reads geoip-lite's file of IPv4 ranges. Its own lookup makes an object and a dozen texts of each answer, and took a
 * fifth of an import with 120,000 addresses; a test holds that both give the same.
 */
function ipv4Countries(path: string): (address: number) => string | null {
  const records = readFileSync(path);
  const numbers = new DataView(records.buffer, records.byteOffset, records.length);
  const texts = new Map<number, string>();
  return (address) => {
    if (closed.some((first, i) => address >= first && address < first + (closedSizes[i] ?? 0))) return null;
    let low = 0;
    let high = records.length / recordSize - 1;
    while (low <= high) {
      const at = ((low + high) >> 1) * recordSize;
      if (address < numbers.getUint32(at)) high = at / recordSize - 1;
      else if (address > numbers.getUint32(at + 4)) low = at / recordSize + 1;
      else {
        const letters = numbers.getUint16(at + 8);
        const text = texts.get(letters) ?? records.toString('utf8', at + 8, at + recordSize);
        texts.set(letters, text);
        return text;
      }
    }
    return null;
  };
}
