import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { BanSettings } from '../../lib/ban-settings.js';
import { fail2banServer } from '../../lib/simulate/server.js';
import type { Ticket } from '../../lib/simulate/ticket.js';
import { type Case, randomCase } from './random-case.js';

/** The classes of Debian's package fail2ban, as of release 1.0.2. */
const classes = '/usr/lib/python3/dist-packages/fail2ban/server/failmanager.py';
/** More with FAIL2BAN_CASES=20000. */
const cases = Number(process.env.FAIL2BAN_CASES ?? 1500);

interface Answer {
  readonly events: readonly (readonly (string | number)[])[];
  readonly standing: readonly (readonly (string | number)[])[];
}

/** The options of jail.conf, in words of jail.conf. */
function optionsOf({ increment, ...rest }: BanSettings): object {
  if (!increment) return rest;
  const { formula, factor, multipliers, maxtime, rndtime, overalljails } = increment;
  const options = {
    increment: 'true',
    factor,
    ...(formula === null ? {} : { formula }),
    ...(maxtime === null ? {} : { maxtime: String(maxtime) }),
    ...(rndtime === null ? {} : { rndtime: String(rndtime) }),
    ...(multipliers === null ? {} : { multipliers: multipliers.join(' ') }),
    ...(overalljails ? { overalljails: true } : {}),
  };
  return { ...rest, increment: options };
}

function askFail2ban(all: readonly Case[]): Answer[] {
  const oracle = fileURLToPath(new URL('fail2ban-oracle.py', import.meta.url));
  const input = all.map(({ jails, ...rest }) => {
    const options = Object.entries(jails).map(([name, settings]) => [name, optionsOf(settings)]);
    return JSON.stringify({ ...rest, jails: Object.fromEntries(options) });
  });
  const { stdout, stderr, status } = spawnSync('python3', [oracle], {
    input: `${input.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The generator of the oracle. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function replay({ jails, restarts, seed, lines }: Case): Answer {
  const addresses = [...new Set(lines.map(([, address]) => address))];
  const textOf = ({ address }: Ticket) => addresses[address] ?? '';
  const events: (string | number)[][] = [];
  const endOf = (jail: string, ticket: Ticket) =>
    server.jails.find(({ name }) => name === jail)?.endOf(ticket) ?? 0;
  const server = fail2banServer(jails, {
    restarts: restarts.map(([stop, start]) => ({ stop, start })),
    random: numbers(seed),
    watcher: {
      ban: (jail, ticket, at) => events.push(['ban', jail, textOf(ticket), at, ticket.time, ticket.failures]),
      restore: (jail, ticket, at) => events.push(['restore', jail, textOf(ticket), at, ticket.time, 0]),
      unban: (jail, ticket) =>
        events.push(['unban', jail, textOf(ticket), ticket.time, endOf(jail, ticket), ticket.banCount]),
    },
  });
  for (const [time, address, count, of] of lines) server.failure(of, addresses.indexOf(address), time, count);
  const standing = server.jails.flatMap((jail) =>
    addresses.flatMap((text, address) => {
      const ticket = jail.banOf(address);
      return ticket ? [[jail.name, text, ticket.time, jail.endOf(ticket), ticket.banCount]] : [];
    }),
  );
  return { events, standing };
}

/** Ends of bans by their whole second, as fail2ban keeps them too; bans that end at once and restores have no order. */
function comparable({ events, standing }: Answer) {
  const row = (cells: readonly (string | number)[]) =>
    cells.map((cell) => (typeof cell === 'number' ? Math.floor(cell) : cell));
  const bans = events.filter(([kind]) => kind === 'ban').map(row);
  const rest = events
    .filter(([kind]) => kind !== 'ban')
    .map((cells) => row(cells[0] === 'restore' ? cells.slice(0, 5) : cells).join(' '));
  return { bans, rest: rest.sort(), standing: standing.map((cells) => row(cells).join(' ')).sort() };
}

test('bans agree one for one with fail2ban’s own classes', (t) => {
  if (!existsSync(classes)) {
    assert.ok(!process.env.CI, 'fail2ban is not installed: apt-get install fail2ban');
    t.skip('fail2ban is not installed: apt-get install fail2ban');
    return;
  }
  const all = Array.from({ length: cases }, (_, seed) => randomCase(seed));
  const answers = askFail2ban(all);
  assert.equal(answers.length, all.length);
  let bans = 0;
  for (const [seed, one] of all.entries()) {
    const theirs = comparable(answers[seed] as Answer);
    assert.deepEqual(comparable(replay(one)), theirs, `case ${seed}: ${JSON.stringify(one)}`);
    bans += theirs.bans.length;
  }
  t.diagnostic(`${all.length} logs, ${bans} bans, all equal`);
  assert.ok(bans > all.length);
});
