import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { forgeCommand } from '../../lib/commands/forge.js';
import { forge } from '../../lib/forge/forge.js';
import type { ForgeOptions } from '../../lib/forge/options.js';
import { siteOf } from '../../lib/site.js';
import { folderOfFile, maker, sampleOptions, truthOf } from './make.js';
import { contentOf, forgedLines, forgedMails, groupBy, mailsOf, monthOf, sumOf } from './read-forged.js';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const root = folderOfFile();
const make = maker(root);
const fresh = await make();
const logs = ['secure', 'maillog', 'messages', 'dovecot.log'];

/** Files of a folder and its raw/ and cache/, by name. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();

test('the same options give the same bytes, into a used folder too', async () => {
  const again = await make({ scale: 0.002, from: '2018-06-01', gzip: false });
  await forge({ ...sampleOptions, out: again });
  assert.deepEqual(filesIn(fresh), filesIn(again));
  for (const name of filesIn(fresh))
    assert.ok(readFileSync(join(fresh, name)).equals(readFileSync(join(again, name))), `${name} differs`);
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
  assert.ok(bytes <= 3_000_000, `expected at most 3 MB, got ${bytes} bytes`);
});

test('gzip headers hold neither time nor system, and the data is that of plain logs', async () => {
  const plain = await make({ gzip: false });
  const zipped = filesIn(fresh).filter((file) => file.endsWith('.gz'));
  assert.equal(zipped.length, 12 * logs.length);
  for (const name of zipped) {
    assert.equal(readFileSync(join(fresh, name)).subarray(0, 10).toString('hex'), '1f8b08000000000002ff');
    assert.ok(contentOf(join(fresh, name)).equals(readFileSync(join(plain, name.slice(0, -3)))), name);
  }
});

for (const log of logs)
  test(`${log}: each file covers one local month, in the order of time, and begins with the mark of synthetic data`, () => {
    const files = groupBy(forgedLines(fresh, log), (line) => line.file);
    assert.equal(files.size, 12);
    for (const [file, lines] of files) {
      assert.equal(new Set(lines.map((line) => monthOf(line.wall))).size, 1, file);
      assert.equal(lines[0]?.text, 'banbook-forge[1]: synthetic data, seed 1');
      for (const [index, { wall }] of lines.entries())
        assert.ok(wall >= (lines[index - 1]?.wall ?? 0), `${file}:${index + 1}`);
    }
  });

test('every other file says that it is synthetic too', () => {
  const first = readFileSync(join(fresh, 'raw/fail2ban.log'), 'utf8').split('\n', 1)[0];
  assert.equal(first, '2018-12-01 00:00:00 host1.example banbook-forge[1]: synthetic data, seed 1');
  for (const name of ['fail2ban.mbox', 'logwatch.mbox'])
    for (const mail of mailsOf(fresh, name)) assert.match(mail, /^X-Synthetic: banbook forge, seed 1$/m);
  assert.match(readFileSync(join(fresh, 'raw/fail2ban.mbox'), 'utf8'), /^>From /m);
});

test('site.json is one that banbook takes', () => {
  const site = siteOf(JSON.parse(readFileSync(join(fresh, 'site.json'), 'utf8')), 'site.json');
  assert.deepEqual(site.period, { from: '2018-12-01', to: '2019-12-01' });
  assert.deepEqual([site.jails['ssh-sasl'], site.jails['sasl-iptables']], ['ssh', 'smtp']);
});

test('there are exactly as many bans as the scale says', async () => {
  for (const [scale, seed, bans] of [
    [0.01, 1, 655],
    [0.03, 7, 1965],
  ]) {
    const mails = forgedMails(await make({ scale: Number(scale), seed: Number(seed) }));
    assert.equal(mails.filter((mail) => mail.event === 'ban' && mail.jail === 'ssh-sasl').length, bans);
  }
});

test('a part of a month, in a zone with summer time, ends where it should', async () => {
  const out = await make({
    from: '2019-03-20',
    to: '2019-04-10',
    zone: 'Europe/Berlin',
    home: 'DE',
    scale: 0.02,
    gzip: false,
  });
  assert.deepEqual(
    filesIn(out).filter((name) => /secure|json|mbox/.test(name)),
    [
      'cache/names.jsonl',
      'raw/fail2ban.mbox',
      'raw/logwatch.mbox',
      'raw/secure-20190401',
      'raw/secure-20190410',
      'site.json',
      'truth.json',
    ],
  );
  const mbox = readFileSync(join(out, 'raw/fail2ban.mbox'), 'utf8');
  const offsets = [...mbox.matchAll(/^Date: \w+, (\d\d \w+) .* (\+\d{4})$/gm)];
  for (const [, day = '', offset] of offsets)
    if (day !== '31 Mar') assert.equal(offset, /Mar/.test(day) ? '+0100' : '+0200', day);
  const share = (0.115 * 12) / 31 + (0.135 * 9) / 30;
  assert.equal(truthOf(out).bans, Math.round(65_507 * 0.02 * share));
  // Too short for the episodes of a year.
  assert.equal(truthOf(out).hidden.outage, null);
  assert.notEqual(truthOf(out).hidden.intruder, null);
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
  [{ home: 'ZZ' }, /^home: the country data has no IPv4 addresses of "ZZ"/],
];
for (const [options, message] of wrong)
  test(`a wrong option is refused: ${JSON.stringify(options)}`, async () => {
    await assert.rejects(make(options), { name: 'UserError', exitCode: 2, message });
  });

test('data that forge did not make is left alone', async () => {
  const out = mkdtempSync(join(root, 'own-'));
  writeFileSync(join(out, 'site.json'), '{}');
  await assert.rejects(forge({ ...sampleOptions, out }), {
    name: 'UserError',
    message: /site\.json, which forge did not make/,
  });
  assert.deepEqual(filesIn(out), ['site.json']);
});

test('the command takes the year of an article, and refuses what it does not know', async (t) => {
  t.mock.method(console, 'log', () => {});
  const out = join(root, 'year');
  assert.equal(await forgeCommand.run(['--year', '2020', '--scale', '0.001', '--out', out]), 0);
  const { period } = JSON.parse(readFileSync(join(out, 'site.json'), 'utf8'));
  assert.deepEqual(period, { from: '2019-12-01', to: '2020-12-01' });
  for (const [argv, message] of [
    [['--sed', '1'], /^Unknown option '--sed'/],
    [['--seed', ''], /^seed: /],
    [['--year', '20'], /^forge: --year must be a year such as 2020, got "20"/],
  ] as const)
    await assert.rejects(forgeCommand.run([...argv]), { name: 'UserError', exitCode: 2, message });
});
