import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedShare } from '../../lib/forge/months.js';
import { segments } from '../../lib/forge/period.js';
import { type Kind, kinds, namedBans, planOf } from '../../lib/forge/plan.js';
import { storyOf } from '../../lib/forge/story.js';
import { zoneClock } from '../../lib/zone.js';
import { sumOf } from './read-forged.js';

const clock = zoneClock('Asia/Tokyo');
const year = segments('2018-12-01', '2019-12-01', clock);
const story = storyOf(year, clock);
const sent = (scale: number) => planOf(year, scale, story.outage).stretches.filter(({ mailed }) => mailed);
const percent = (part: number, all: number) => Math.round((100 * part) / all);

/** Counts by month of the stretches in which mails are sent. */
function byMonth(scale: number, of: (kind: Record<Kind, number>, named: number) => number): number[] {
  return year.map(({ start, end }) =>
    sumOf(
      sent(scale)
        .filter((stretch) => start <= stretch.start && stretch.end <= end)
        .map(({ counts, named }) => of(counts, named)),
    ),
  );
}

test('65,507 ssh bans at scale 1 have a mail; the outage comes on top', () => {
  const plan = planOf(year, 1, story.outage);
  assert.equal(plan.bans, 65_507);
  assert.equal(sumOf(byMonth(1, ({ sshBan }) => sshBan)), 65_507);
  const silent = plan.stretches.filter(({ mailed }) => !mailed);
  assert.equal(silent.length, 1);
  assert.ok((silent[0]?.counts.sshBan ?? 0) > 100);
});

// A hundredth of the year has months of thirty bans: the smallest in which each of these percentages is a whole number.
for (const scale of [0.01, 0.05, 0.1, 0.5, 1, 10])
  test(`at scale ${scale} 43 % of the bans have a name, and 39 to 43 % of each month`, () => {
    const bans = byMonth(scale, ({ sshBan }) => sshBan);
    const named = byMonth(scale, (_, count) => count);
    assert.equal(percent(sumOf(named), sumOf(bans)), 43);
    const shares = bans.map((all, index) => percent(named[index] ?? 0, all));
    assert.ok(
      shares.every((share) => share >= 39 && share <= 43),
      shares.join(' '),
    );
    // The article's range is used in full, where the months are large enough to leave a choice.
    if (scale >= 0.1) assert.equal(Math.min(...shares), 39);
  });

test('a month of few bans has no more names than 43 %, and none where it has no ban', () => {
  assert.deepEqual(namedBans([0, 1, 3, 7], namedShare.slice(0, 4)), [0, 0, 1, 3]);
});

test('ssh bans rise to 2019-05 and fall sharply; mail bans are few and rise as they fall', () => {
  const ssh = byMonth(1, ({ sshBan }) => sshBan);
  assert.deepEqual(
    ssh.slice(0, 6),
    ssh.slice(0, 6).toSorted((a, b) => a - b),
  );
  assert.equal(Math.max(...ssh), ssh[5]);
  assert.ok((ssh[6] ?? 0) < (ssh[5] ?? 0) / 2);
  const mail = byMonth(1, ({ mailBans }) => mailBans);
  assert.deepEqual(
    mail,
    mail.toSorted((a, b) => a - b),
  );
  assert.ok(sumOf(mail) < sumOf(ssh) / 10);
});

test('zen.spamhaus.org has its peaks in 2019-06 and 2019-10, and bl.spamcop.net is far smaller', () => {
  const zen = byMonth(1, (counts) => counts.zen);
  const usual = zen.filter((_, month) => month !== 6 && month !== 10);
  for (const peak of [6, 10]) assert.ok((zen[peak] ?? 0) > 3 * Math.max(...usual));
  assert.ok(sumOf(byMonth(1, ({ spamcop }) => spamcop)) < sumOf(zen) / 5);
});

test('parts of a month have their part of everything, and a plan has each kind', () => {
  const half = segments('2019-04-01', '2019-04-16', clock);
  const [stretch] = planOf(half, 1, null).stretches;
  assert.equal(stretch?.counts.sshBan, Math.round((65_507 * 0.135) / 2));
  assert.equal(stretch?.counts.zen, 380);
  for (const { counts } of sent(1)) assert.deepEqual(Object.keys(counts).toSorted(), [...kinds].toSorted());
});
