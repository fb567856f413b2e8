import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEngine } from '../../lib/engine/index.js';
import {
  type Check,
  type CheckedVia,
  check,
  middle,
  whyNotPredicted,
  whyNotReal,
} from '../../lib/simulate/index.js';
import { siteOf } from '../../lib/site.js';
import { framesOf } from '../frames/frames-of.js';
import { sampleFrames } from './sample-frames.js';

const unexplained = (via: CheckedVia, one: Check) => [
  ...via.notPredicted.filter((ban) => whyNotPredicted(ban, via, one) === null),
  ...via.notReal.filter((ban) => whyNotReal(ban, via, one) === null),
];

test('the bans of the sample come out of its log, and each that does not has its reason', async (t) => {
  const { folder, engine } = await sampleFrames(t);
  const checks = await check(engine, folder, { jail: null, host: null }, middle);
  assert.deepEqual(
    checks.map(({ watch }) => watch.jails),
    [
      ['sasl-iptables', 'postfix-sasl'],
      ['ssh-iptables', 'ssh-sasl'],
    ],
  );
  for (const one of checks) {
    assert.deepEqual(
      one.vias.map(({ via }) => via),
      ['mail', 'log'],
    );
    for (const via of one.vias) {
      assert.deepEqual(unexplained(via, one), []);
      assert.ok((via.recall ?? 0) > 0.99, `${via.via}: recall ${via.recall}`);
      assert.ok((via.precision ?? 0) > 0.98, `${via.via}: precision ${via.precision}`);
      // fail2ban of the forge looks once a second, and mails after a second more at the most.
      assert.ok(via.differences.every((seconds) => seconds >= 1 && seconds <= 2));
      for (const ban of via.notReal) assert.ok(one.rowsBefore(ban).length > 0);
    }
  }
});

test('a jail that counts by another filter is found out', async (t) => {
  const { folder, engine } = await sampleFrames(t);
  const bans = { ...engine.site.bans, 'ssh-sasl': { bantime: 360_000, findtime: 1800, maxretry: 3 } };
  const [one] = await check(
    { ...engine, site: { ...engine.site, bans } },
    folder,
    { jail: 'ssh-sasl', host: null },
    middle,
  );
  const [mail] = one?.vias ?? [];
  const [better] = one?.otherFilter.vias ?? [];
  assert.ok(mail && better && better.matched > mail.matched);
});

const day = 86_400;
const start = Date.UTC(2019, 0, 10) / 1000;
const stamp = (time: number) => new Date(1000 * time).toISOString().slice(0, 19);
const failed = (time: number, address: string) =>
  `${stamp(time)}Z host1 sshd[7]: Failed password for root from ${address} port 5 ssh2\n`;
const banned = (time: number, address: string) =>
  `${stamp(time).replace('T', ' ')},000 fail2ban.actions [99]: NOTICE [sshd] Ban ${address}\n`;

const invalid = (time: number, address: string) =>
  `${stamp(time)}Z host1 sshd[7]: Invalid user x from ${address} port 5\n`;

for (const [lines, tried] of [
  ['failed passwords', failed],
  ['lines that the other filter does not count', invalid],
] as const)
  test(`a ban that is missing months into the log, after ${lines}, is not explained away`, async (t) => {
    const bans = Array.from({ length: 60 }, (_, index) => ({
      address: `192.0.2.${index + 1}`,
      time: start + 5 * day * index,
    }));
    const isLost = (index: number) => index % 12 === 6;
    const times = (time: number) => [time, time + 10, time + 20];
    const files = {
      secure: bans.flatMap(({ address, time }) => times(time).map((each) => tried(each, address))).join(''),
      // The first was banned before the log, and came in by connections that stood open.
      'fail2ban.log': bans
        .map(({ address, time }, index) => (index === 0 || isLost(index) ? '' : banned(time + 21, address)))
        .join(''),
    };
    const site = siteOf({ bans: { sshd: { bantime: 365 * day, findtime: 600, maxretry: 3 } } }, 'x');
    const { out } = await framesOf(t, files, site);
    const engine = await openEngine(out);
    t.after(() => engine.close());
    const [one] = await check(engine, out, { jail: 'sshd', host: null }, middle);
    const [via] = one?.vias ?? [];
    assert.ok(one && via);
    assert.deepEqual(
      via.notReal.map(({ address }) => address),
      bans.filter((_, index) => index === 0 || isLost(index)).map(({ address }) => address),
    );
    assert.deepEqual(
      via.notReal.map((ban) => whyNotReal(ban, via, one)),
      ['the log begins here: it may have been banned before', null, null, null, null, null],
    );
  });
