import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Debian's programs and not others of the same name; no settings of the user come in. */
export const environment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: folders.join(':'),
  HOME: join(folder, 'home'),
  LC_ALL: 'C',
  TZ: 'UTC',
  TERM: 'dumb',
});

/** Debian's packages by the file that shows them installed. */
const files: Readonly<Record<string, string>> = {
  mawk: 'mawk',
  ripgrep: 'rg',
  lnav: 'lnav',
  logwatch: '../share/logwatch/scripts/services/sshd',
  fail2ban: 'fail2ban-regex',
  python3: 'python3',
};

/** @param apt name of the package; null is banbook, which is there */
export const isInstalled = (apt: string | null): boolean =>
  apt === null || folders.some((folder) => existsSync(join(folder, files[apt] ?? apt)));

/** The versions that dpkg knows: `mawk 1.3.4`. */
export function installedVersions(): string[] {
  const names = Object.keys(files).filter(isInstalled);
  const query = spawnSync('dpkg-query', ['-W', ...names], { encoding: 'utf8' });
  return query.stdout?.trim().replaceAll('\t', ' ').split('\n') ?? names;
}
