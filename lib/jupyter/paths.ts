import { fileURLToPath } from 'node:url';

/** Folder of the project, with a slash at its end; the same seen from lib/jupyter and from dist/jupyter. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Python environment of the project, and prefix of its kernel and settings. */
export const venv = `${root}.venv`;
