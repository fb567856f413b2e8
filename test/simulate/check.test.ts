import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Check,
  type CheckedVia,
  check,
  middle,
  whyNotPredicted,
  whyNotReal,
} from '../../lib/simulate/index.js';
import { sampleFrames } from './sample-frames.js';

const unexplained = (via: CheckedVia, one: Check) => [
  ...via.notPredicted.filter((ban) => whyNotPredicted(ban, via, one) === null),
  ...via.notReal.filter((ban) => whyNotReal(ban, via, one) === null),
];

test('the bans of the sample come out of its log, and each that does not has its reason', async (t) => {
  const { folder, engine } = await sampleFrames(t);
  const checks = await check(engine, folder, null, middle);
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
  const [one] = await check({ ...engine, site: { ...engine.site, bans } }, folder, 'ssh-sasl', middle);
  const [mail] = one?.vias ?? [];
  const [better] = one?.otherFilter.vias ?? [];
  assert.ok(mail && better && better.matched > mail.matched);
});
