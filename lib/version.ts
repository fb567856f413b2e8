import { readFileSync } from 'node:fs';

/** Folder of the project, where package.json is. */
export const projectRoot = new URL('../', import.meta.url);

/** banbook's version, as package.json has it. */
export const version: string = (
  JSON.parse(readFileSync(new URL('package.json', projectRoot), 'utf8')) as { version: string }
).version;
