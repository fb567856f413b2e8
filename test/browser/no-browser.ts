import { findChromium, noChromium } from '../../lib/jupyter/chromium.js';

/** Why tests in a browser are skipped, or false. In CI they are not skipped: openBrowser fails there. */
export const noBrowser: string | false = findChromium() === null && !process.env.CI ? noChromium : false;
