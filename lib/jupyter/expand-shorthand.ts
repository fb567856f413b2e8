import { createRequire } from 'node:module';
import type typescript from '@tslab/typescript-for-tslab';

const require = createRequire(createRequire(import.meta.url).resolve('tslab'));
const ts: typeof typescript = require('@tslab/typescript-for-tslab');

/**
 * Writes `{x}` as `{x: x}`. tslab 1.0.22 (dist/converter.js, wrapPrevIdentifier) does not rewrite the short form, so a
 * variable of an earlier cell in it passes the type check and throws ReferenceError. Lines stay; columns behind move.
 */
export function expandShorthand(source: string): string {
  const places: { at: number; name: string }[] = [];
  const visit = (node: typescript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      places.push({ at: node.name.getEnd(), name: node.name.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest));
  return places.reduceRight((text, { at, name }) => `${text.slice(0, at)}: ${name}${text.slice(at)}`, source);
}
