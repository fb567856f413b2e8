import { UserError } from '../errors.js';
import { explain } from '../explain.js';
import { escapeControls } from '../printable.js';
import { progressBar } from '../progress.js';
import { type Command, frameOptions } from './command.js';

const usage = `npx banbook explain ID KEY --frames DIR

Prints the raw lines behind one number: FILE:LINE: TEXT. Of a mail, where it begins, its Date and its Subject.

  ID            id of a statistic, see: npx banbook stat --help
  KEY           first column of the row in: npx banbook stat ID --frames DIR (where that is a rank, the second)
  --frames DIR  folder of the frames`;

export const explainCommand: Command = {
  usage,
  run: async (argv) => {
    const { frames, words } = frameOptions('explain', argv, {}, 2);
    const [id, key] = words;
    if (id === undefined || key === undefined)
      throw new UserError(`explain: expected ID and KEY, got ${words.length} argument(s)`, 2);
    let lines = 0;
    let events = 0;
    const bar = progressBar();
    // On a terminal the lines themselves show the progress, and a bar would be written between them.
    const onProgress = process.stdout.isTTY ? undefined : bar.update;
    for await (const { path, line, text, count } of explain(frames, id, key, onProgress)) {
      process.stdout.write(`${escapeControls(path)}:${line}: ${escapeControls(text)}\n`);
      if (count === null) continue;
      lines++;
      events += count;
    }
    bar.done();
    process.stderr.write(`${id} ${escapeControls(key)}: ${events} from ${lines} record(s)\n`);
    return 0;
  },
};
