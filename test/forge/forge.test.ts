import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { forgeCommand } from '../../lib/commands/forge.js';
import { countryData } from '../../lib/enrich/country.js';
import { forge } from '../../lib/forge/forge.js';
import type { ForgeOptions } from '../../lib/forge/options.js';
import type { Truth } from '../../lib/forge/truth.js';
import { siteOf } from '../../lib/site.js';
import { addressOf, contentOf, failuresOf, forgedLines, forgedMails, groupBy } from './read-forged.js';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'banbook-forge-'));
after(() => rmSync(root, { recursive: true }));

const defaults = {
  seed: 1,
  scale: 0.01,
  from: '2018-12-01',
  to: '2019-12-01',
  zone: 'Asia/Tokyo',
  home: 'JP',
};
let folders = 0;
async function make(options: Partial<ForgeOptions> = {}): Promise<string> {
  const out = join(root, String(++folders));
  await forge({ ...defaults, out, ...options });
  return out;
}
const fresh = await make();
const truth = JSON.parse(readFileSync(join(fresh, 'truth.json'), 'utf8')) as Truth;
const lines = forgedLines(fresh);
const mails = forgedMails(fresh);
const bans = mails.filter((mail) => mail.event === 'ban');
const monthOf = (wall: number) => new Date(wall * 1000).toISOString().slice(0, 7);
const sumOf = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

function tally(items: Iterable<[string, number]>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [key, count] of items) counts[key] = (counts[key] ?? 0) + count;
  return counts;
}

/** Files of a folder and its raw/, by name. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== 'raw')
    .sort();

function assertSameBytes(a: string, b: string) {
  assert.deepEqual(filesIn(a), filesIn(b));
  for (const name of filesIn(a))
    assert.ok(readFileSync(join(a, name)).equals(readFileSync(join(b, name))), `${name} differs`);
}

test('the same options give the same bytes, into a used folder too', async () => {
  const again = await make({ scale: 0.002, from: '2018-06-01' });
  await forge({ ...defaults, out: again });
  assertSameBytes(fresh, again);
});

test('another seed gives other data', async () => {
  const other = await make({ seed: 2 });
  for (const name of filesIn(fresh).filter((file) => file !== 'site.json'))
    assert.ok(!contentOf(join(fresh, name)).equals(contentOf(join(other, name))), `${name} is the same`);
});

test('the committed sample is what forge makes', () => {
  assert.deepEqual(filesIn(sample), filesIn(fresh));
  // Compared after decompression: zlib's output may differ between versions and processors, its input may not.
  for (const name of filesIn(fresh))
    assert.ok(contentOf(join(sample, name)).equals(contentOf(join(fresh, name))), `${name} differs`);
  const bytes = sumOf(filesIn(sample).map((name) => readFileSync(join(sample, name)).length));
  assert.ok(bytes <= 1_000_000, `expected at most 1 MB, got ${bytes} bytes`);
});

test('gzip headers hold neither time nor system', () => {
  for (const name of filesIn(fresh).filter((file) => file.endsWith('.gz')))
    assert.equal(readFileSync(join(fresh, name)).subarray(0, 10).toString('hex'), '1f8b08000000000002ff');
});

test('each log covers one local month and begins with the mark of synthetic data', () => {
  const files = groupBy(lines, (line) => line.file);
  assert.equal(files.size, 12);
  assert.deepEqual([...files.keys()].slice(0, 2), ['secure-20190101.gz', 'secure-20190201.gz']);
  for (const [file, of] of files) {
    assert.equal(new Set(of.map((line) => monthOf(line.wall))).size, 1, file);
    assert.match(
      of[0]?.text ?? '',
      /^[A-Z][a-z]{2} {2}1 00:00:00 host1\.example banbook-forge\[1\]: synthetic data, seed 1$/,
    );
  }
});

test('lines and mails are in the order of time', () => {
  for (const of of [lines, mails])
    for (const [index, { wall }] of of.entries())
      assert.ok(wall >= (of[index - 1]?.wall ?? 0), `item ${index}`);
});

test('there are exactly as many bans as the scale says', async () => {
  assert.equal(truth.bans, 655);
  assert.equal(bans.length, 655);
  const larger = await make({ scale: 0.03, seed: 7 });
  assert.equal(forgedMails(larger).filter((mail) => mail.event === 'ban').length, 1965);
});

test('the truth of bans is what the mails say', () => {
  const { countryOf } = countryData();
  assert.deepEqual(tally(bans.map((ban) => [monthOf(ban.wall), 1])), truth.bansByMonth);
  const hours = tally(bans.map((ban) => [String(new Date(ban.wall * 1000).getUTCHours()), 1]));
  assert.deepEqual(
    truth.bansByHour.map((_, hour) => hours[hour] ?? 0),
    truth.bansByHour,
  );
  assert.deepEqual(tally(bans.map((ban) => [countryOf(ban.address) ?? '', 1])), truth.bansByCountry);
});

test('the truth of logins and failures is what the logs say', () => {
  const failures = lines.flatMap((line) => {
    const failed = failuresOf(line.text);
    return failed ? [{ ...failed, month: monthOf(line.wall) }] : [];
  });
  const ofRoot = failures.filter((failed) => failed.account === 'root');
  assert.deepEqual(tally(failures.map((failed) => [failed.month, failed.count])), truth.failedByMonth);
  assert.deepEqual(tally(ofRoot.map((failed) => [failed.month, failed.count])), truth.failedRootByMonth);
  const accounts = tally(failures.map((failed) => [failed.account, failed.count]));
  assert.equal(truth.accounts.length, 20);
  for (const { account, failed } of truth.accounts) assert.equal(accounts[account], failed, account);
  assert.ok(sumOf(ofRoot.map((failed) => failed.count)) > sumOf(failures.map((failed) => failed.count)) / 2);
  assert.equal(
    lines.filter((line) => line.text.includes(']: Accepted publickey for taro ')).length,
    truth.logins,
  );
  const seen = new Set(lines.flatMap((line) => addressOf(line.text) ?? []));
  assert.equal(seen.size, truth.distinctAddresses);
});

test("the jail's rule, replayed over the logs, gives exactly the bans of the mails", () => {
  const recent = new Map<string, number[]>();
  const due: { address: string; third: number }[] = [];
  const bannedUntil = new Map<string, number>();
  for (const { wall, text } of lines) {
    const failed = failuresOf(text);
    if (!failed || (bannedUntil.get(failed.address) ?? 0) > wall) continue;
    const within = (recent.get(failed.address) ?? []).filter((time) => time > wall - 1800);
    within.push(...Array.from({ length: failed.count }, () => wall));
    recent.set(failed.address, within);
    if (within.length < 3) continue;
    recent.delete(failed.address);
    due.push({ address: failed.address, third: wall });
    bannedUntil.set(failed.address, wall + 360_000);
  }
  const bansOf = groupBy(bans, (ban) => ban.address);
  for (const [address, thirds] of groupBy(due, (one) => one.address)) {
    const delays = (bansOf.get(address) ?? []).map((ban, index) => ban.wall - (thirds[index]?.third ?? 0));
    assert.equal(delays.length, thirds.length, address);
    assert.ok(
      delays.every((delay) => delay >= 1 && delay <= 2),
      `${address}: ${delays} s after the third failure`,
    );
  }
  assert.equal(due.length, bans.length);
});

test('a mail counts the failures of the findtime before it', () => {
  for (const ban of bans) {
    const before = lines.filter((line) => line.wall < ban.wall && line.wall > ban.wall - 1800);
    const counts = before
      .map((line) => failuresOf(line.text))
      .filter((failed) => failed?.address === ban.address);
    assert.equal(sumOf(counts.map((failed) => failed?.count ?? 0)), ban.failures, ban.address);
    assert.ok(ban.failures >= 3);
  }
});

test('a banned address has no line until its ban ends, and some come back after it', () => {
  const linesOf = groupBy(lines, (line) => addressOf(line.text));
  for (const ban of bans)
    for (const line of linesOf.get(ban.address) ?? [])
      assert.ok(line.wall < ban.wall || line.wall >= ban.wall + 360_000, line.text);
  const again = bans.length - new Set(bans.map((ban) => ban.address)).size;
  assert.ok(again >= 10, `expected some second bans, got ${again}`);
});

test('bans fall sharply after May, follow no hour, and rank the countries as the article does', () => {
  const month = truth.bansByMonth;
  assert.equal(Object.entries(month).sort((a, b) => b[1] - a[1])[0]?.[0], '2019-05');
  assert.ok((month['2019-06'] ?? 0) < (month['2019-05'] ?? 0) / 2 + 5);
  // Chi-square of 24 equal hours: 49.73 is the 0.999 quantile of 23 degrees of freedom.
  const mean = truth.bans / 24;
  const chi = sumOf(truth.bansByHour.map((count) => (count - mean) ** 2 / mean));
  assert.ok(chi < 49.73, `expected a uniform day, got a chi-square of ${chi}`);
  const ranked = Object.entries(truth.bansByCountry);
  assert.deepEqual(
    ranked.slice(0, 3).map(([code]) => code),
    ['CN', 'US', 'FR'],
  );
  assert.equal(
    ranked.findIndex(([code]) => code === 'JP'),
    25,
  );
});

test('some attackers wait 17 to 18 minutes, and those who keep to it are never banned', () => {
  const banned = new Set(bans.map((ban) => ban.address));
  const times = new Map<string, number[]>();
  for (const { wall, text } of lines) {
    const failed = failuresOf(text);
    if (failed) times.set(failed.address, [...(times.get(failed.address) ?? []), wall]);
  }
  const slow = [...times].filter(
    ([, of]) => of.length >= 4 && of.every((time, i) => i === 0 || time - (of[i - 1] ?? 0) > 1000),
  );
  assert.ok(slow.length >= 3, `expected some patient attackers, got ${slow.length}`);
  for (const [address] of slow) assert.ok(!banned.has(address));
});

test('names that mislead a reader stand in the sample as sshd writes them', () => {
  for (const name of [
    '<script>alert(1)</script>',
    '=cmd()',
    'a from 192.0.2.4 port 5 ssh2',
    'test user',
    `"o'brien"`,
    '',
    '-',
  ])
    assert.ok(
      lines.some(
        (line) => failuresOf(line.text)?.account === name && line.text.includes(`invalid user ${name} from `),
      ),
      `no line with the name "${name}"`,
    );
});

test('whois mostly agrees with the country data, and quotes what looks like a separator', () => {
  const mbox = readFileSync(join(fresh, 'raw/fail2ban.mbox'), 'utf8');
  const { countryOf } = countryData();
  const stated = [...mbox.matchAll(/^country: {8}([A-Z]{2})$/gm)].map((match) => match[1]);
  const differs = bans.filter((ban, index) => countryOf(ban.address) !== stated[index]).length / bans.length;
  assert.ok(differs > 0.02 && differs < 0.09, `expected about 5 %, got ${differs}`);
  assert.match(mbox, /^>From /m);
  assert.equal(mbox.match(/^X-Synthetic: banbook forge, seed 1$/gm)?.length, mails.length);
});

test('site.json is one that banbook takes', () => {
  const site = siteOf(JSON.parse(readFileSync(join(fresh, 'site.json'), 'utf8')), 'site.json');
  assert.deepEqual(site.period, { from: '2018-12-01', to: '2019-12-01' });
  assert.equal(site.jails['ssh-sasl'], 'ssh');
});

test('a part of a month, in a zone with summer time, ends where it should', async () => {
  const out = await make({
    from: '2019-03-20',
    to: '2019-04-10',
    zone: 'Europe/Berlin',
    home: 'DE',
    scale: 0.02,
  });
  assert.deepEqual(filesIn(out), [
    'raw/fail2ban.mbox',
    'raw/secure-20190401.gz',
    'raw/secure-20190410.gz',
    'site.json',
    'truth.json',
  ]);
  const mbox = readFileSync(join(out, 'raw/fail2ban.mbox'), 'utf8');
  const offsets = [...mbox.matchAll(/^Date: \w+, (\d\d \w+) .* (\+\d{4})$/gm)];
  for (const [, day = '', offset] of offsets)
    if (day !== '31 Mar') assert.equal(offset, /Mar/.test(day) ? '+0100' : '+0200', day);
  const counted = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth;
  const share = (0.115 * 12) / 31 + (0.135 * 9) / 30;
  assert.equal(counted.bans, Math.round(65_507 * 0.02 * share));
});

const wrong: [Partial<ForgeOptions>, RegExp][] = [
  [{ seed: 1.5 }, /^seed: expected a whole number, got 1.5$/],
  [{ seed: Number.NaN }, /^seed: /],
  [{ scale: 0.0001 }, /^scale: expected a number from 0.001 to 100, got 0.0001$/],
  [{ scale: 101 }, /^scale: /],
  [{ scale: Number.NaN }, /^scale: /],
  [{ from: '2019-12-01' }, /^to: expected a date after 2019-12-01/],
  [{ from: '2018-13-01' }, /^from: expected a date such as/],
  [{ to: '2019-02-30' }, /^to: expected a date such as/],
  [{ zone: 'Asia/Edo' }, /"zone" must be an IANA zone .* got "Asia\/Edo"/],
  [{ home: 'Japan' }, /"home" must be two capital letters/],
];
for (const [options, message] of wrong)
  test(`a wrong option is refused: ${JSON.stringify(options)}`, async () => {
    await assert.rejects(make(options), { name: 'UserError', exitCode: 2, message });
  });

test('data that forge did not make is left alone', async () => {
  const out = mkdtempSync(join(root, 'own-'));
  writeFileSync(join(out, 'site.json'), '{}');
  await assert.rejects(forge({ ...defaults, out }), {
    name: 'UserError',
    message: /site\.json, which forge did not make/,
  });
  assert.deepEqual(filesIn(out), ['site.json']);
});

test('the command refuses an unknown option and a number that is none', async () => {
  await assert.rejects(forgeCommand.run(['--sed', '1']), {
    name: 'UserError',
    exitCode: 2,
    message: /^Unknown option '--sed'/,
  });
  await assert.rejects(forgeCommand.run(['--seed', '']), { name: 'UserError', exitCode: 2 });
});
