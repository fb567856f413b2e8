import { createRequire, SourceMap, type SourceMapPayload } from 'node:module';
import type ts from '@tslab/typescript-for-tslab';

/** Finds the line of a cell's TypeScript that a line of its compiled code came from. */
export interface CellLines {
  /** Keeps the maps of the code compiled last under a cell's number. */
  keep(cell: number): void;
  /** Line (from 1) in the cell as written, or null when it is not known. */
  source(cell: number, line: number, column: number): number | null;
}

const inlineMap = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/;

/** Line in `map`'s source that a position came from; V8 and V3 source maps differ in where columns start. */
function follow(map: SourceMap, line: number, column: number): { line: number; column: number } | null {
  const entry = map.findEntry(line - 1, Math.max(0, column - 1));
  return 'originalLine' in entry ? { line: entry.originalLine + 1, column: entry.originalColumn + 1 } : null;
}

const parseMap = (json: string): SourceMap => new SourceMap(JSON.parse(json) as SourceMapPayload);

/** Compiles as TypeScript's transpileModule does, and hands over both maps: of this step and of the one before. */
function withMaps(
  transpile: typeof ts.transpileModule,
  js: string,
  options: ts.TranspileOptions,
  keep: (maps: SourceMap[]) => void,
): ts.TranspileOutput {
  const before = inlineMap.exec(js)?.[1];
  const compilerOptions = { ...options.compilerOptions, sourceMap: true };
  const out = transpile(js.replace(inlineMap, ''), { ...options, compilerOptions });
  if (before !== undefined && out.sourceMapText !== undefined) {
    keep([parseMap(out.sourceMapText), parseMap(Buffer.from(before, 'base64').toString('utf8'))]);
  }
  return { ...out, outputText: out.outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n') };
}

/**
 * Makes tslab's own TypeScript write source maps, which tslab 1.0.22 (dist/converter.js) never asks for: a cell is
 * compiled twice, to an ES module with types removed and then to CommonJS, so lines move twice.
 * Its functions are read-only getters, so the loaded module is replaced; call this before tslab is loaded.
 */
export function trackLines(): CellLines {
  const fromTslab = createRequire(createRequire(import.meta.url).resolve('tslab'));
  const id = fromTslab.resolve('@tslab/typescript-for-tslab');
  const original: typeof ts = fromTslab(id);
  let last: SourceMap[] = [];
  const cells = new Map<number, SourceMap[]>();
  const createWatchCompilerHost = (files: string[], options: ts.CompilerOptions, ...rest: never[]) =>
    Reflect.apply(original.createWatchCompilerHost, original, [
      files,
      { ...options, inlineSourceMap: true },
      ...rest,
    ]);
  const transpileModule = (js: string, options: ts.TranspileOptions) =>
    withMaps(original.transpileModule, js, options, (maps) => {
      last = maps;
    });
  const loaded = fromTslab.cache[id];
  if (loaded) loaded.exports = { ...original, createWatchCompilerHost, transpileModule };
  return {
    keep: (cell) => void cells.set(cell, last),
    source(cell, line, column) {
      const maps = cells.get(cell);
      if (!maps) return null;
      let at: { line: number; column: number } | null = { line, column };
      for (const map of maps) at = at && follow(map, at.line, at.column);
      return at && Math.max(1, at.line - 1); // tslab puts one line, `export {};`, before the cell
    },
  };
}
