import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exceptions } from './fail2ban-exceptions.js';
import { type Sample, samplesFolder, samplesOf } from './fail2ban-samples.js';

/**
 * fail2ban's own annotated logs as an oracle. Its `match` says that a line counts as a failure at once, under the
 * modes that the file names; banbook says what a line is, and counts `failed` alone. So of lines that match, the
 * address has to be right and the line a row that is no login: of sshd, dovecot and PAM any other event, of postfix a
 * failed login or a reject. Of lines that do not match, none may be one that banbook counts.
 */
const files = ['sshd', 'sshd-journal', 'postfix', 'dovecot', 'pam-generic'];

/** Rows that a statistic counts as a failure. A key that was refused is an offer, not a guess: no statistic counts it. */
const isCounted = ({ row, file }: Sample): boolean =>
  row !== null &&
  row.address !== null &&
  (row.event === 'failed' ||
    row.event === 'not_allowed' ||
    (row.event === 'pam_failure' && file === 'pam-generic')) &&
  row.method !== 'publickey';

/**
 * Some samples have an address with a zero in front, which no address has: it is then kept as a name. Some do not say
 * the address, which stands on an earlier line.
 */
const isOf = (row: NonNullable<Sample['row']>, host: string | null): boolean =>
  host === null ? row.address !== null : [row.address, row.name].includes(host);

const isRight = (sample: Sample): boolean =>
  sample.match
    ? sample.row !== null && sample.row.event !== 'accepted' && isOf(sample.row, sample.host)
    : !isCounted(sample);

const about = 'the list of exceptions is that of release 1.0.2; another one may have other samples';

for (const file of files)
  test(`fail2ban's samples: ${file}`, (t) => {
    if (samplesFolder === null) {
      assert.ok(!process.env.CI, 'fail2ban is not installed: apt-get install fail2ban');
      t.skip('fail2ban is not installed: apt-get install fail2ban');
      return;
    }
    const samples = samplesOf(samplesFolder, file);
    assert.ok(samples.length > 0, `${samplesFolder}/${file} holds no sample`);
    const wrong = samples.filter((sample) => !isRight(sample));
    const share = (match: boolean) => {
      const all = samples.filter((sample) => sample.match === match);
      return `${all.filter(isRight).length} of ${all.length}`;
    };
    t.diagnostic(`${file}: right ${share(true)} that match, ${share(false)} that do not`);
    assert.deepEqual(
      samples.filter(({ known }) => !known).map(({ number, key }) => ({ line: number, key })),
      [],
      `wordings of ${file} that banbook does not know (${about})`,
    );
    const listed = exceptions[file] ?? {};
    assert.deepEqual(
      wrong.filter(({ key }) => !(key in listed)).map(({ number, key, row }) => ({ line: number, key, row })),
      [],
      `lines of ${file} that banbook reads otherwise (${about})`,
    );
    const keys = new Set(wrong.map(({ key }) => key));
    assert.deepEqual(
      Object.keys(listed).filter((key) => !keys.has(key)),
      [],
      `exceptions of ${file} that are none any more (${about})`,
    );
  });
