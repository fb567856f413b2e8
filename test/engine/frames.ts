import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Engine, openEngine } from '../../lib/engine/index.js';
import { type FrameName, schema } from '../../lib/schema.js';
import { defaultSite, type Site } from '../../lib/site.js';

/** Cells of one row by column, as they stand in the file (so `""` is the empty string); the rest is null. */
export type FileRow = Readonly<Record<string, string>>;
export type FileRows = Partial<Record<FrameName, readonly FileRow[]>>;

/** The text of a frame file. */
export function csvOf(frame: FrameName, rows: readonly FileRow[]): string {
  const names = Object.keys(schema[frame].columns);
  for (const row of rows)
    for (const name of Object.keys(row))
      if (!names.includes(name)) throw new Error(`no column ${name} in ${frame}`);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

/** A temporary folder of frames that goes when the test ends; files can be given as rows or as raw text. */
export function framesFolder(
  t: TestContext,
  frames: Partial<Record<FrameName, readonly FileRow[] | string>>,
  settings: { site?: Partial<Site>; synthetic?: boolean } = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'banbook-[engine] '));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [frame, rows] of Object.entries(frames))
    writeFileSync(
      join(folder, `${frame}.csv`),
      typeof rows === 'string' ? rows : csvOf(frame as FrameName, rows),
    );
  const site = { ...defaultSite, ...settings.site };
  const banbook = { version: '0.1.0', site, synthetic: settings.synthetic ?? true };
  writeFileSync(join(folder, 'datapackage.json'), JSON.stringify({ name: 'frames', banbook }));
  return folder;
}

/** An open engine over such a folder. */
export async function engineOver(
  t: TestContext,
  frames: FileRows,
  settings: { site?: Partial<Site>; synthetic?: boolean } = {},
): Promise<Engine> {
  const engine = await openEngine(framesFolder(t, frames, settings));
  t.after(() => engine.close());
  return engine;
}
