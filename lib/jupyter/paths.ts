import { root } from '../version.js';

export { root };

/** Python environment of the project, and prefix of its kernel and settings. */
export const venv = `${root}.venv`;
