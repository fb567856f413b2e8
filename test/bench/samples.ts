import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../lib/errors.js';
import type { Input } from './input.js';
import { environment } from './peers.js';

/** The first lines of an input as a file of its own, for a program that would take too long for all of them. */
export function firstLines(input: Input, count: number): { path: string; lines: number } {
  if (count >= input.lines) return input;
  const folder = join(dirname(input.path), 'samples');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${basename(input.path)}-${count}`);
  run(`head -n ${count} < "$1" > "$2"`, [input.path, path], folder);
  return { path, lines: count };
}

/** Takes a log through logwatch's own filters, in the order of its settings for sshd. @returns the path of what is left */
export function filterForLogwatch(path: string, folder: string): string {
  const filtered = `${path}-filtered`;
  const shared = '/usr/share/logwatch/scripts/shared';
  run(
    `perl ${shared}/expandrepeats < "$1" | perl ${shared}/onlyservice sshd | perl ${shared}/removeheaders > "$2"`,
    [path, filtered],
    folder,
  );
  return filtered;
}

function run(script: string, paths: readonly string[], folder: string): void {
  const shell = spawnSync('sh', ['-c', script, 'sh', ...paths], {
    env: environment(folder),
    encoding: 'utf8',
  });
  if (shell.status !== 0) throw new UserError(`bench: cannot make a sample of ${paths[0]}: ${shell.stderr}`);
}
