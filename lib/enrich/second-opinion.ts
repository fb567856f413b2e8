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
 * @throws UserError when a file cannot be read or holds something else
 */
export function secondOpinion({ geo, asn }: MmdbFiles): (address: string) => Opinion {
  const countries =
    geo === undefined ? null : open<CountryResponse>('GEO_MMDB', geo, /Country|City|Enterprise/i);
  const systems = asn === undefined ? null : open<AsnResponse>('ASN_MMDB', asn, /ASN|ISP|Enterprise/i);
  if (!countries && !systems) return () => noOpinion;
  const meta = countries?.metadata;
  const said = {
    mmdb_source: meta?.databaseType ?? null,
    mmdb_as_of: meta ? meta.buildEpoch.toISOString().slice(0, 10) : null,
  };
  return (address) => {
    const system = systems?.get(address);
    return {
      ...said,
      mmdb_country: countries?.get(address)?.country?.iso_code ?? null,
      as_number: system?.autonomous_system_number ?? null,
      as_organization: system?.autonomous_system_organization ?? null,
    };
  };
}

function open<T extends Response>(variable: string, path: string, kind: RegExp): Reader<T> {
  let reader: Reader<T>;
  try {
    const maxmind = require('maxmind') as typeof import('maxmind');
    reader = new maxmind.Reader<T>(readFileSync(path));
  } catch (error) {
    throw new UserError(`${variable}: ${path} is no MaxMind file that can be read (${messageOf(error)})`, 2);
  }
  const { databaseType } = reader.metadata;
  if (kind.test(databaseType)) return reader;
  throw new UserError(
    `${variable}: ${path} holds "${databaseType}", expected ${kind.source.replaceAll('|', ' or ')}`,
    2,
  );
}
