import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf, UserError } from '../errors.js';
import { type Column, type FrameName, schema } from '../schema.js';
import { type Site, siteOf } from '../site.js';
import { version } from '../version.js';
import type { WrittenFrame } from './csv.js';
import { recoverFolder } from './replace-folder.js';

/** What datapackage.json says of a folder of frames, beyond the schema of each. */
export interface FramesInfo {
  readonly version: string;
  readonly site: Site;
  /** True when any of the input says that banbook forge made it. */
  readonly synthetic: boolean;
  /** First and last local date of the input, or null when it has no stamp. */
  readonly period: { readonly first: string; readonly last: string } | null;
}

/**
 * Writes datapackage.json: a Frictionless Data Package with a Table Schema, row count and SHA-256 for each frame.
 * @param frames what was written of each frame; one that was not written is not in it
 * @returns the frames
 */
export function writeDatapackage<T extends Readonly<Partial<Record<FrameName, WrittenFrame>>>>(
  folder: string,
  info: Omit<FramesInfo, 'version'>,
  frames: T,
): T {
  const all: Readonly<Partial<Record<FrameName, WrittenFrame>>> = frames;
  const resources = (Object.keys(schema) as FrameName[]).flatMap((frame) => {
    const written = all[frame];
    if (!written) return [];
    const { rows, bytes, hash } = written;
    return {
      name: frame,
      path: `${frame}.csv`,
      title: schema[frame].row,
      profile: 'tabular-data-resource',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes,
      hash,
      rows,
      schema: { missingValues: [''], fields: Object.entries(schema[frame].columns).map(fieldOf) },
    };
  });
  const datapackage = {
    profile: 'tabular-data-package',
    name: 'banbook-frames',
    title: info.synthetic ? 'banbook frames of synthetic data' : 'banbook frames',
    description:
      'A cell that begins with = + - @ or a quote before one of them has one more \' in front, so that no spreadsheet runs it. "" is the empty string, nothing is a missing value.',
    banbook: { version, ...info },
    resources,
  };
  writeFileSync(`${folder}/datapackage.json`, `${JSON.stringify(datapackage, null, 2)}\n`);
  return frames;
}

/** `sha256:…` of a file, which may be larger than the memory. */
export function hashOf(path: string): string {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1 << 20);
  const file = openSync(path, 'r');
  for (let size = readSync(file, piece); size > 0; size = readSync(file, piece))
    hash.update(piece.subarray(0, size));
  closeSync(file);
  return `sha256:${hash.digest('hex')}`;
}

const hashes = new Map<string, { readonly seen: string; readonly hash: string }>();

/** The hash of a file, worked out again only when the file has been touched: a notebook opens its frames often. */
function knownHashOf(path: string): string {
  const { ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  const seen = [ino, size, mtimeNs, ctimeNs].join();
  const known = hashes.get(path);
  if (known?.seen === seen) return known.hash;
  const hash = hashOf(path);
  hashes.set(path, { seen, hash });
  return hash;
}

const formats: Partial<Record<Column['type'], string>> = { datetime: 'any', date: '%Y-%m-%d' };

function fieldOf([name, column]: [string, Column]): object {
  const constraints = {
    ...(column.required ? { required: true } : {}),
    ...(column.values ? { enum: column.values } : {}),
  };
  return {
    name,
    type: column.type,
    ...(formats[column.type] ? { format: formats[column.type] } : {}),
    description: column.meaning,
    ...(Object.keys(constraints).length > 0 ? { constraints } : {}),
  };
}

/** @throws UserError when the folder has no frames, or datapackage.json is not as banbook writes it */
export function readDatapackage(folder: string): FramesInfo {
  const path = join(folder, 'datapackage.json');
  if (!existsSync(path)) recoverFolder(folder);
  const remedy = `make them with: npx banbook frames --out ${folder} PATH…`;
  if (!existsSync(path)) throw new UserError(`${folder}: no frames here; ${remedy}`);
  let read: { banbook?: Partial<FramesInfo> } | null;
  try {
    read = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UserError(`${path}: cannot be read (${messageOf(error)}); ${remedy}`);
  }
  const { version: made, site, synthetic, period } = read?.banbook ?? {};
  if (made === undefined || typeof synthetic !== 'boolean')
    throw new UserError(`${path}: expected "banbook": {"version", "site", "synthetic", "period"}; ${remedy}`);
  return { version: made, site: siteOf(site, path), synthetic, period: period ?? null };
}

/** What datapackage.json says was written of each frame. */
export function writtenFrames(folder: string): Partial<Record<FrameName, WrittenFrame>> {
  return Object.fromEntries(
    resourcesOf(folder).map(({ name, rows, bytes, hash }) => [name, { rows, bytes, hash }]),
  );
}

type Resource = WrittenFrame & { readonly name: FrameName };

const resourcesOf = (folder: string): Resource[] =>
  (JSON.parse(readFileSync(join(folder, 'datapackage.json'), 'utf8')) as { resources?: Resource[] })
    .resources ?? [];

/** Frames whose files are, to the byte, those that banbook wrote; their rows fit the schema. */
export function framesAsWritten(folder: string): ReadonlySet<FrameName> {
  const isSame = ({ name, bytes, hash }: Resource): boolean => {
    const file = resolve(folder, `${name}.csv`);
    return (
      Object.hasOwn(schema, name) &&
      statSync(file, { throwIfNoEntry: false })?.size === bytes &&
      knownHashOf(file) === hash
    );
  };
  return new Set(
    resourcesOf(folder)
      .filter(isSame)
      .map(({ name }) => name),
  );
}
