import { joined, type Notebook, type NotebookOutput } from './read-notebook.js';

/** Adds an output to those of a cell; text of the same stream is one output, as in Jupyter. */
export function addOutput(outputs: NotebookOutput[], output: NotebookOutput): void {
  const last = outputs.at(-1);
  if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name)
    outputs[outputs.length - 1] = { ...last, text: joined(last.text) + joined(output.text) };
  else outputs.push(output);
}

/** Text as Jupyter keeps it: lines, each with its end. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** An output with its texts in lines, so that a change of one line is a change of one line of the file. */
function savedOutput(output: NotebookOutput): NotebookOutput {
  if (output.text !== undefined) return { ...output, text: linesOf(joined(output.text)) };
  if (output.data === undefined) return output;
  const forms = Object.entries(output.data).map(([type, form]) => [
    type,
    typeof form === 'string' && type.startsWith('text/') ? linesOf(form) : form,
  ]);
  return { ...output, data: Object.fromEntries(forms) };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sortKeys(part)]));
}

/** The text of an .ipynb file as Jupyter writes it: keys sorted, one space of indent, texts in lines. */
export function notebookText(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: linesOf(joined(cell.source)),
    ...(cell.outputs ? { outputs: cell.outputs.map(savedOutput) } : {}),
  }));
  return `${JSON.stringify(sortKeys({ ...notebook, cells }), null, 1)}\n`;
}
