import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { readSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const sample = new URL('../../data/sample/', import.meta.url).pathname;
const banMail = { file: 'fail2ban.mbox', after: 'Message-Id: <20190212102511.8C1DB63610@host1.example>' };
const attempt = { file: 'secure-20190301.gz', after: 'Feb  3 23:08:17 host1.example sshd[6658]: Failed' };

/** One line of the sample's raw data in other words, and the findings that depend on it; all others stay. */
const changes: readonly {
  readonly what: string;
  readonly file: string;
  /** The line is the first behind this text that has `from`. */
  readonly after: string;
  readonly from: string;
  readonly to: string;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    what: 'a line that tells nothing of an attempt',
    file: 'messages-20190301.gz',
    after: 'Feb  1 03:00:00 host1.example systemd[1]: Starting Cleanup',
    from: 'Started Cleanup',
    to: 'Finished Cleanup',
    findings: {},
  },
  {
    what: 'the hour of a failed password: no statistic counts them by the hour',
    ...attempt,
    after: 'Feb  3 16:45:23 host1.example sshd[6653]: Failed',
    from: 'Feb  3 23:08:17 host1.example sshd[6658]: Failed',
    to: 'Feb  3 22:08:17 host1.example sshd[6658]: Failed',
    findings: {},
  },
  {
    what: 'the account of a failed password: PAM still says root, and the connection has another try',
    ...attempt,
    from: 'password for root',
    to: 'password for admin',
    findings: {
      'root-failures-by-month': ['total', 'per_day', 'rate_before', 'fail2ban_matches'],
      'ssh-accounts': ['total', 'top_failures', 'top_share', 'shown_share'],
      'account-concentration': [
        'total',
        'ssh_failures',
        'ssh_top_1_share',
        'ssh_top_10_share',
        'ssh_top_100_share',
        'ssh_top_tenth_share',
      ],
    },
  },
  {
    what: 'the subject of a ban mail: the address is that of the text',
    file: 'fail2ban.mbox',
    after: 'id 8C1DB63610; Tue, 12 Feb 2019 19:25:11 +0900',
    from: 'banned 11.128.23.68',
    to: 'banned 103.39.90.98',
    findings: {},
  },
  {
    what: 'the address of a ban: now of another country, and of one that was banned before',
    ...banMail,
    from: 'The IP 11.128.23.68 has',
    to: 'The IP 103.39.90.98 has',
    findings: {
      countries: ['top_bans', 'top_share', 'top_share_low', 'top_share_high'],
      'reverse-names-by-month': ['share_low', 'share_high'],
      'risk-scores': ['total', 'no_name'],
    },
  },
  {
    what: 'the hour of a ban mail',
    ...banMail,
    after: 'id 8C1DB63610; Tue, 12 Feb 2019 19:25:11 +0900',
    from: 'Date: Tue, 12 Feb 2019 19:25:11 +0900',
    to: 'Date: Tue, 12 Feb 2019 18:25:11 +0900',
    findings: {
      'ssh-bans-by-hour': ['uniform_chi2', 'uniform_p', 'effect_w', 'dispersion', 'uniform_p_bursts'],
      'ban-table-by-month': ['bans_correlation'],
    },
  },
  {
    what: 'the block list of a refusal',
    file: 'maillog-20190301.gz',
    after: 'host1.example postfix/smtpd[7027]: NOQUEUE',
    from: 'blocked using bl.spamcop.net;',
    to: 'blocked using zen.spamhaus.org;',
    findings: { 'rejects-by-month': ['rbl_1_total', 'rbl_2_total'] },
  },
  {
    what: 'the account of a mail login',
    file: 'dovecot.log-20190301.gz',
    after: 'imap-login: Info: Disconnected (auth failed, 1 attempts in 5 secs)',
    from: 'user=<sales@host1.example>',
    to: 'user=<junmori@host1.example>',
    findings: {
      'dovecot-accounts': ['top_failures', 'top_share', 'shown_share'],
      'account-concentration': ['mail_top_1_share', 'mail_top_10_share', 'mail_top_tenth_share', 'mail_gini'],
    },
  },
  {
    what: 'a number in a morning report',
    file: 'logwatch.mbox',
    after: 'From logwatch@host1.example Wed Mar 13 03:00:13 2019',
    from: 'Currently banned:\t14',
    to: 'Currently banned:\t15',
    findings: { 'ban-table-by-month': ['snapshot_mean'] },
  },
];

/** Puts other words into one line of a text, and into no other. */
function changed(text: string, { after, from, to }: (typeof changes)[number]): string {
  const start = text.indexOf(after);
  const at = text.indexOf(from, start);
  assert.ok(start >= 0 && at >= 0, `the sample has no longer "${from}" behind "${after}"`);
  const other = text.slice(0, at) + to + text.slice(at + from.length);
  const lines = other.split('\n');
  assert.equal(text.split('\n').filter((line, i) => line !== lines[i]).length, 1);
  return other;
}

test('one line of the raw data changes exactly the findings that depend on it', async (t) => {
  const folder = scratch(t);
  const [raw, out] = [join(folder, 'raw'), join(folder, 'frames')];
  cpSync(join(sample, 'raw'), raw, { recursive: true });
  // The names alone: whoever has asked for scores has them in the sample's cache too.
  cpSync(join(sample, 'cache/names.jsonl'), join(folder, 'cache/names.jsonl'));
  const site = readSite(join(sample, 'site.json'));
  const findings = async () => {
    const options = { year: null, threads: 1, onProgress: () => {}, cache: join(folder, 'cache') };
    await makeFrames([raw], out, site, options);
    return await readFrame(out, 'findings');
  };
  const before = await findings();
  for (const change of changes)
    await t.test(change.what, async () => {
      const path = join(raw, change.file);
      const file = readFileSync(path);
      const [unpack, pack] = change.file.endsWith('.gz')
        ? [gunzipSync, gzipSync]
        : [Buffer.from, Buffer.from];
      writeFileSync(path, pack(Buffer.from(changed(unpack(file).toString(), change))));
      const after = await findings();
      writeFileSync(path, file);
      const found: Record<string, string[]> = {};
      for (const [i, { statistic, key, value }] of before.entries()) {
        assert.deepEqual([after[i]?.statistic, after[i]?.key], [statistic, key]);
        if (after[i]?.value !== value) found[statistic] = [...(found[statistic] ?? []), key];
      }
      assert.deepEqual(found, change.findings);
    });
});
