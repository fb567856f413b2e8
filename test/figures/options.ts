import type { Figure, FigureOptions } from '../../lib/figures/index.js';

export const options: FigureOptions = {
  name: 'test',
  title: 'A title',
  source: {
    n: 1655,
    unit: 'bans',
    period: { from: '2018-12-01', to: '2019-11-30' },
    data: null,
    synthetic: true,
  },
};

/** All texts of a figure's annotations. */
export const notesOf = (figure: Figure): string[] =>
  (figure.layout.annotations ?? []).map((annotation) => String(annotation.text));

/** A trace of a figure as plain JSON, as a page gets it. */
export function traceOf(figure: Figure, index: number): Record<string, unknown> {
  const trace: unknown = JSON.parse(JSON.stringify(figure.data))[index];
  if (typeof trace !== 'object' || trace === null) throw new Error(`no trace ${index}`);
  return { ...trace };
}
