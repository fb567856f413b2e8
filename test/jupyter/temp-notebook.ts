import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { root } from '../../lib/jupyter/paths.js';

/** A temporary folder from which notebooks can import banbook; removed when the test ends. */
export function tempFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'banbook-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  mkdirSync(join(folder, 'frames'));
  writeFileSync(join(folder, 'frames', 'datapackage.json'), '{}\n');
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'));
  return folder;
}

/** Writes a notebook; a cell that begins with # is Markdown. */
export function writeNotebook(path: string, cells: readonly string[]): string {
  const notebook = {
    cells: cells.map((source, index) =>
      source.startsWith('#')
        ? { cell_type: 'markdown', id: `cell-${index}`, metadata: {}, source }
        : {
            cell_type: 'code',
            id: `cell-${index}`,
            metadata: {},
            source,
            execution_count: null,
            outputs: [],
          },
    ),
    metadata: { kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(path, JSON.stringify(notebook));
  return path;
}
