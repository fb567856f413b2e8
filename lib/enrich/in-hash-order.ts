import { createHash } from 'node:crypto';

/**
 * Texts in the order of their hashes, which has nothing to do with what they say: at whatever point a run over them
 * stops, what was asked is a fair sample of all, and the next run has the same order.
 */
export function inHashOrder(texts: readonly string[]): string[] {
  const hashed = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text] as const);
  return hashed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}
