import { spawnSync } from 'node:child_process';
import { UserError } from '../errors.js';
import { root, venv } from './paths.js';

const unreachable =
  /NewConnectionError|NameResolutionError|Temporary failure|Connection refused|Network is unreachable|timed out|ProxyError|Max retries|No route to host/i;

/** Runs a program; what it said when it failed, or null when it did not. */
function failure(command: string, args: string[]): string | null {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status === 0) return null;
  return error ? error.message : `${stdout}\n${stderr}`.trim() || `${command} ended with ${status}`;
}

const lastLines = (text: string): string => text.split('\n').slice(-4).join('\n');

/**
 * Makes .venv with what requirements.txt names. The error says which of its ways of failing it was.
 * @param clear start anew: the programs in .venv name its place, so they end when the project is moved
 */
export function makeVenv(clear: boolean): void {
  const made = failure('python3', ['-m', 'venv', ...(clear ? ['--clear'] : []), venv]);
  if (made !== null && /ENOENT/.test(made)) {
    throw new UserError('python3 is not installed; on Debian: apt install python3-venv');
  }
  if (made !== null && /ensurepip|python3[\d.]*-venv/.test(made)) {
    throw new UserError('Python has no venv module; on Debian: apt install python3-venv');
  }
  if (made !== null) throw new UserError(`python3 -m venv ${venv} failed:\n${lastLines(made)}`);
  const quiet = ['--quiet', '--disable-pip-version-check', '--retries', '2'];
  const args = ['-m', 'pip', 'install', ...quiet, '-r', `${root}requirements.txt`];
  const installed = failure(`${venv}/bin/python`, args);
  if (installed === null) return;
  if (unreachable.test(installed)) throw new UserError('PyPI could not be reached');
  throw new UserError(`pip install -r requirements.txt failed:\n${lastLines(installed)}`);
}
