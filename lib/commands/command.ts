import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, UserError } from '../errors.js';

/** One command of the command line. */
export interface Command {
  /** What --help prints. */
  readonly usage: string;
  /** @returns the exit status; what each stands for is in the usage */
  run(argv: string[]): Promise<number>;
}

/** Folder of what was asked about host names and risk. */
export const defaultCache = process.env.BANBOOK_CACHE ?? 'data/cache';

/** parseArgs that answers a wrong option with one clear line. @throws UserError, exit status 2 */
export function parseOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UserError(messageOf(error).split('\n')[0] ?? 'wrong option', 2);
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: T }>
>;

/**
 * Options of a command that reads a folder of frames: its own, and --frames DIR, without which there is none.
 * @param most words that it takes beside its options
 * @throws UserError, exit status 2
 */
export function frameOptions<T extends Options>(
  command: string,
  argv: string[],
  options: T,
  most = 0,
): { frames: string; values: Parsed<T>['values']; words: string[] } {
  const all = { ...options, frames: { type: 'string' } } as const;
  const { values, positionals } = parseOptions({ args: argv, allowPositionals: true, options: all });
  const { frames } = values as { frames?: string };
  if (frames === undefined) throw new UserError(`${command}: expected --frames DIR`, 2);
  if (positionals.length > most)
    throw new UserError(`${command}: expected nothing behind the options, got "${positionals[most]}"`, 2);
  return { frames, values: values as Parsed<T>['values'], words: positionals };
}
