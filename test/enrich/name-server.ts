import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { scratch } from '../scratch.js';

/** Where Debian has it; .ci/run installs it. */
const nsd = ['/usr/sbin/nsd', '/usr/bin/nsd'].find((path) => existsSync(path));

/** Why the tests cannot run here, or false; in CI that is a failure and no reason to skip. */
export const withoutNameServer = nsd || process.env.CI ? false : 'nsd is not installed (apt install nsd)';

/** Records of each zone, beside its own. */
export type Zones = Readonly<Record<string, readonly string[]>>;

/**
 * A real name server, nsd, on a port of loopback. It answers for the zones that it has and refuses all others.
 * @returns its `address:port`
 */
export async function nameServer(t: TestContext, zones: Zones): Promise<string> {
  if (!nsd) throw new Error('nsd is missing: apt install nsd');
  const folder = scratch(t);
  mkdirSync(join(folder, 'zones'));
  const port = await freePort();
  const lines = [
    'server:',
    '  ip-address: 127.0.0.1',
    `  port: ${port}`,
    '  username: ""',
    '  server-count: 1',
    '  do-ip6: no',
    `  pidfile: "${folder}/pid"`,
    `  zonesdir: "${folder}/zones"`,
    `  xfrdir: "${folder}"`,
    `  xfrdfile: "${folder}/xfrd"`,
    `  zonelistfile: "${folder}/list"`,
    '  database: ""',
    'remote-control:',
    '  control-enable: no',
  ];
  for (const [zone, records] of Object.entries(zones)) {
    lines.push('zone:', `  name: "${zone}"`, `  zonefile: "${zone}"`);
    const own = [
      `$ORIGIN ${zone}.`,
      '$TTL 60',
      '@ SOA ns.invalid. admin.invalid. 1 60 60 60 60',
      '@ NS ns.invalid.',
    ];
    writeFileSync(join(folder, 'zones', zone), `${[...own, ...records].join('\n')}\n`);
  }
  const settings = join(folder, 'nsd.conf');
  writeFileSync(settings, `${lines.join('\n')}\n`);
  const server = spawn(nsd, ['-d', '-c', settings], { stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => stop(server));
  const said: string[] = [];
  server.stderr?.on('data', (text) => said.push(String(text)));
  await answers(`127.0.0.1:${port}`, Object.keys(zones)[0] ?? '', server, said);
  return `127.0.0.1:${port}`;
}

async function answers(server: string, zone: string, child: ChildProcess, said: string[]): Promise<void> {
  const resolver = new Resolver({ timeout: 200, tries: 1 });
  resolver.setServers([server]);
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break;
    if (
      await resolver.resolveSoa(zone).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nsd does not answer for ${zone}: ${said.join('')}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

/** A name server that never answers. @returns its `address:port` */
export async function silentServer(t: TestContext): Promise<string> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  t.after(() => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}
