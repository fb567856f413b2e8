import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

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

/**
 * The country data of geoip-lite (GeoLite2), in country-only mode: geoip-lite reads whatever folder it is
 * given at its first load, and takes 9 MB in place of 150 when the city files are not in it.
 */
export function countryData(): CountryData {
  opened ??= open();
  return opened;
}

function open(): CountryData {
  const packageFile = require.resolve('geoip-lite/package.json');
  const data = join(dirname(packageFile), 'data');
  const version = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
  // geoip-lite reads its files while it is required, so the folder of links is not needed after that.
  const folder = mkdtempSync(join(tmpdir(), 'banbook-geoip-'));
  for (const file of ['geoip-country.dat', 'geoip-country6.dat'])
    symlinkSync(join(data, file), join(folder, file));
  (globalThis as { geodatadir?: string }).geodatadir = folder;
  const geoip = require('geoip-lite') as { lookup(address: string): { country: string } | null };
  rmSync(folder, { recursive: true });
  // The data's own release date stands in its checksum file: GeoLite2-Country-CSV_20231115.zip.
  const stamp = /_(\d{4})(\d\d)(\d\d)\.zip/.exec(readFileSync(join(data, 'country.checksum'), 'utf8'));
  return {
    source: `geoip-lite ${version} (GeoLite2 Country)`,
    asOf: stamp ? `${stamp[1]}-${stamp[2]}-${stamp[3]}` : null,
    // A text that is no address would be looked up as a number; '' is how this data says that it does not know.
    countryOf: (address) => (isIP(address) === 0 ? null : geoip.lookup(address)?.country || null),
  };
}
