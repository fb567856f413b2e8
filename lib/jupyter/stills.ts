import type { Data, Layout } from 'plotly.js-dist';
import { escapeHtml } from '../figures/html.js';
import { plotlyMime } from '../figures/show.js';
import { joined, type Notebook, type NotebookOutput } from './read-notebook.js';

/** A chart under a cell, as its Plotly form has it. */
export interface Chart {
  /** Id of its element: a hash of the figure is in it, so another figure has another id. */
  readonly id: string;
  readonly data: Data[];
  readonly layout: Partial<Layout>;
}

/** The beginning of a chart's HTML form, which lib/figures/show.ts writes, and behind it the still picture if there is one. */
const start = /^<div id="([^"]+)" class="banbook-chart"[^>]*>(?:<img [^>]*>)?/;

const pngMime = 'image/png';

const htmlOf = (output: NotebookOutput): string => joined(output.data?.['text/html'] as string | string[]);

/** The chart that an output shows, or null when it is none. */
export function chartOf(output: NotebookOutput): Chart | null {
  const id = start.exec(htmlOf(output))?.[1];
  const figure = output.data?.[plotlyMime] as Omit<Chart, 'id'> | undefined;
  return id === undefined || figure === undefined ? null : { ...figure, id };
}

/** The picture that an output has of its chart, PNG in base64, or null. */
const stillOf = (output: NotebookOutput): string | null =>
  (output.data?.[pngMime] as string | undefined) ?? null;

/**
 * An output with a picture of its chart: in its HTML form, within the element that the chart's script will fill, for
 * viewers that run no scripts (an untrusted notebook), and as a form of its own for those that prefer an image. Under
 * the picture stand the words of `text/plain`. `null` takes the picture out.
 */
function withStill(output: NotebookOutput, png: string | null): NotebookOutput {
  const alt = escapeHtml(joined(output.data?.['text/plain'] as string | string[]));
  const image = png === null ? '' : `<img alt="${alt}" src="data:${pngMime};base64,${png}">`;
  const html = htmlOf(output).replace(start, (found) => found.replace(/<img [^>]*>/, '') + image);
  const { [pngMime]: _, ...others } = output.data ?? {};
  return { ...output, data: { ...others, 'text/html': html, ...(png === null ? {} : { [pngMime]: png }) } };
}

/** A notebook whose charts have the pictures that `still` gives; null for none. */
export function withStills(notebook: Notebook, still: (chart: Chart) => string | null): Notebook {
  const cells = notebook.cells.map((cell) => {
    if (cell.outputs === undefined) return cell;
    const outputs = cell.outputs.map((output) => {
      const chart = chartOf(output);
      return chart === null ? output : withStill(output, still(chart));
    });
    return { ...cell, outputs };
  });
  return { ...notebook, cells };
}

/** The pictures that a notebook has, by the ids of their charts. */
export function stillsOf({ cells }: Notebook): Map<string, string> {
  const stills = new Map<string, string>();
  for (const output of cells.flatMap((cell) => cell.outputs ?? [])) {
    const [chart, still] = [chartOf(output), stillOf(output)];
    if (chart !== null && still !== null) stills.set(chart.id, still);
  }
  return stills;
}

/** All charts of a notebook. */
export const chartsOf = ({ cells }: Notebook): Chart[] =>
  cells.flatMap((cell) => cell.outputs ?? []).flatMap((output) => chartOf(output) ?? []);
