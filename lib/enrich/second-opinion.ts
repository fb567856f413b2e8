import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AsnResponse, CountryResponse, Reader, Response } from 'maxmind';
import { messageOf, UserError } from '../errors.js';
import type { Row } from '../schema.js';

/** Columns of the addresses frame that the user's own MaxMind files fill. */
export type Opinion = Pick<
  Row<'addresses'>,
  'mmdb_country' | 'mmdb_source' | 'mmdb_as_of' | 'as_number' | 'as_organization'
>;

/** Paths of MaxMind-format files: one with countries (Country or City), one with autonomous systems. */
export interface MmdbFiles {
  readonly geo?: string | undefined;
  readonly asn?: string | undefined;
}

/** The files that the environment names. */
export const mmdbFiles = (env: NodeJS.ProcessEnv): MmdbFiles => ({
  geo: env.GEO_MMDB || undefined,
  asn: env.ASN_MMDB || undefined,
});

/** Size and time of the files: what changes when one of them does. */
export const mmdbStamp = (files: MmdbFiles): unknown[] =>
  [files.geo, files.asn].map((path) => {
    const stat = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
    return [path, stat?.size, stat?.mtimeMs];
  });

const require = createRequire(import.meta.url);
const noOpinion: Opinion = {
  mmdb_country: null,
  mmdb_source: null,
  mmdb_as_of: null,
  as_number: null,
  as_organization: null,
};

/**
 * What MaxMind files say of an address, beside the country data that comes with banbook. Without files it says nothing.
 * @throws UserError when a file cannot be read or holds something else; the function too, where only some records do
 */
export function secondOpinion({ geo, asn }: MmdbFiles): (address: string) => Opinion {
  const countries = geo === undefined ? null : open<CountryResponse>('GEO_MMDB', geo, country);
  const systems = asn === undefined ? null : open<AsnResponse>('ASN_MMDB', asn, system);
  if (!countries && !systems) return () => noOpinion;
  const meta = countries?.metadata;
  const said = {
    mmdb_source: meta?.databaseType ?? null,
    mmdb_as_of: meta ? meta.buildEpoch.toISOString().slice(0, 10) : null,
  };
  return (address) => {
    const found = systems?.recordOf(address);
    return {
      ...said,
      mmdb_country: countries?.recordOf(address)?.country?.iso_code ?? null,
      as_number: found?.autonomous_system_number ?? null,
      as_organization: found?.autonomous_system_organization ?? null,
    };
  };
}

/** What a file is to hold. */
interface Kind {
  /** What it says that it holds. */
  readonly type: RegExp;
  /** Whether a pair at the top of a record is as MaxMind writes it. Other vendors have `"country": "US"`. */
  readonly fits: (name: string, value: unknown) => boolean;
  readonly example: string;
}

const places =
  /^(?:city|continent|country|location|postal|registered_country|represented_country|subdivisions|traits)$/;
const country: Kind = {
  type: /Country|City|Enterprise/i,
  fits: (name, value) => places.test(name) && typeof value === 'object',
  example: '{"country":{"iso_code":"US"}}',
};
const system: Kind = {
  type: /ASN|ISP|Enterprise/i,
  fits: (name, value) => /^(?:autonomous_system_|isp$|organization$)/.test(name) || country.fits(name, value),
  example: '{"autonomous_system_number":64496}',
};

interface Mmdb<T> {
  readonly metadata: Reader<Response>['metadata'];
  /** Null where the file says nothing of the address. */
  recordOf(address: string): T | null;
}

function open<T extends Response>(variable: string, path: string, { type, fits, example }: Kind): Mmdb<T> {
  let reader: Reader<T>;
  try {
    const maxmind = require('maxmind') as typeof import('maxmind');
    reader = new maxmind.Reader<T>(readFileSync(path));
  } catch (error) {
    throw new UserError(`${variable}: ${path} is no MaxMind file that can be read (${messageOf(error)})`, 2);
  }
  const { databaseType, ipVersion } = reader.metadata;
  if (!type.test(databaseType))
    throw new UserError(
      `${variable}: ${path} holds "${databaseType}", expected ${type.source.replaceAll('|', ' or ')}`,
      2,
    );
  const recordOf = (address: string): T | null => {
    // A tree of IPv4 has no way to other addresses; the reader would take their first 32 bits for one of its own.
    const record = ipVersion === 4 && address.includes(':') ? null : reader.get(address);
    if (record === null) return null;
    const pairs = Object.entries(record);
    if (pairs.length === 0 || pairs.some(([name, value]) => fits(name, value))) return record;
    throw new UserError(
      `${variable}: ${path} has records of another form than MaxMind's: expected such as ${example}, got ${JSON.stringify(record).slice(0, 200)}`,
      2,
    );
  };
  // A file of another form is told before hours of reading and not at their end.
  for (let byte = 1; byte < 224; byte++) recordOf(`${byte}.0.0.0`);
  return { metadata: reader.metadata, recordOf };
}
