/**
 * Things to do in order, the earlier ones of which may still wait for a piece: what has been begun goes on while the
 * next is prepared.
 */
export class Steps {
  private readonly waiting: (() => Promise<void>)[] = [];

  constructor(private readonly width: number) {}

  /** @param ready what the step waits for, begun already */
  async add<T>(step: (value: T) => unknown, ready?: Promise<T>): Promise<void> {
    // Until its turn comes nobody waits for it, and Node would end the program over its failure.
    ready?.catch(() => {});
    this.waiting.push(async () => {
      await step((await ready) as T);
    });
    while (this.waiting.length >= this.width) await this.waiting.shift()?.();
  }

  async end(): Promise<void> {
    while (this.waiting.length > 0) await this.waiting.shift()?.();
  }
}
