import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { drawStills } from './draw-stills.js';
import { notebookText } from './notebook-text.js';
import { readNotebook } from './read-notebook.js';
import { chartsOf, stillsOf, withStills } from './stills.js';

/** A notebook and its executed copy. */
export interface Executed {
  readonly path: string;
  readonly executed: string;
}

function writeChanged(path: string, content: string | Buffer): void {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(content))) return;
  writeFileSync(path, content);
  process.stderr.write(`${path}: outputs written\n`);
}

/**
 * Writes the outputs of executed copies into the notebooks themselves, each chart with a still picture. A chart that
 * has not changed keeps its picture, because another browser would draw it with other pixels. A PNG beside the
 * notebooks with the name of a chart becomes that chart's picture.
 * @param options `force` draws all pictures anew
 */
export async function keepOutputs(
  runs: readonly Executed[],
  { force }: { readonly force: boolean },
): Promise<void> {
  const notebooks = runs.map(({ path, executed }) => ({ path, notebook: readNotebook(executed) }));
  const kept = new Map(force ? [] : runs.flatMap(({ path }) => [...stillsOf(readNotebook(path))]));
  const charts = new Map(
    notebooks.flatMap(({ notebook }) => chartsOf(notebook)).map((chart) => [chart.id, chart]),
  );
  const drawn = await drawStills([...charts.values()].filter(({ id }) => !kept.has(id)));
  const still = (id: string): string | null => drawn.get(id) ?? kept.get(id) ?? null;
  for (const { path, notebook } of notebooks) {
    writeChanged(path, notebookText(withStills(notebook, ({ id }) => still(id))));
    for (const { id } of chartsOf(notebook)) {
      const name = /^banbook-(.+)-[0-9a-f]+-\d+$/.exec(id)?.[1];
      const picture = join(dirname(path), `${name}.png`);
      if (existsSync(picture)) writeChanged(picture, Buffer.from(still(id) ?? '', 'base64'));
    }
  }
}
