/** One question got no answer; the message is what the column `error` of the risk frame says, such as `HTTP 503`. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  /** @param status of HTTP; null where there was no reply, or one that cannot be read */
  constructor(
    message: string,
    readonly status: number | null = null,
  ) {
    super(message);
  }
}
