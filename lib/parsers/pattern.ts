/**
 * A regular expression whose named groups are read by index. To make a groups object costs as much as the match
 * itself, and sshd's lines are most of what banbook reads. All groups of the source must be named.
 */
export class Pattern<Name extends string> {
  private readonly regex: RegExp;
  private readonly index: ReadonlyMap<string, number>;

  /** @param source of the expression, without the anchors: it is anchored at both ends */
  constructor(source: string) {
    const names = [...source.matchAll(/\(\?<(\w+)>/g)].map(([, name]) => name ?? '');
    this.index = new Map(names.map((name, i) => [name, i + 1]));
    this.regex = new RegExp(`^${source.replaceAll(/\(\?<\w+>/g, '(')}$`, 's');
  }

  exec(text: string): RegExpExecArray | null {
    return this.regex.exec(text);
  }

  /** Where in a match a group stands; 0, which is never a group, where the pattern is without it. */
  at(name: Name): number {
    return this.index.get(name) ?? 0;
  }
}

/** What a group of a match holds; undefined where the pattern has no such group or the text did not need it. */
export const group = (found: RegExpExecArray, at: number): string | undefined =>
  at === 0 ? undefined : found[at];
