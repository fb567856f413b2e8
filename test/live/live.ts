/** Checks the folder that run.sh filled, named by BANBOOK_LIVE: `make test-live`. */
import assert from 'node:assert/strict';
import { checkRun } from './check-run.js';

const folder = process.env.BANBOOK_LIVE ?? '';
assert.ok(folder, 'set BANBOOK_LIVE to the folder that test/live/run.sh filled');
checkRun(folder);
