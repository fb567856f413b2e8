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
