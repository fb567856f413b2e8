/**
 * An error that the user can act on: what was expected, what came, where, what to do.
 * The command line prints its message without a stack; everything else is a defect and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** @param exitCode 2 for a wrong call, 1 for input that could not be used */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
