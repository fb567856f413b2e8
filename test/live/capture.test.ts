import { fileURLToPath } from 'node:url';
import { checkRun } from './check-run.js';

// A small run of test-live that is kept in the repository: real daemons, without their installation.
checkRun(fileURLToPath(new URL('../../data/capture', import.meta.url)));
