import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { isLogwatchMail, parseLogwatchReports } from '../../lib/parsers/logwatch.js';
import { decodeMail } from '../../lib/sources/decode-mail.js';
import { encodedReport } from '../../lib/sources/encoded-report.js';
import { htmlToText } from '../../lib/sources/logwatch-html.js';
import { mailOf } from '../../lib/sources/read-mails.js';
import { fixtureCases } from '../fixtures.js';

const cases = fixtureCases('logwatch');

/** The text of a fixture as an import reads it: a saved report, one in HTML, or a mail. */
async function textOf(path: string): Promise<string> {
  const content = readFileSync(path);
  if (path.endsWith('.b64')) return encodedReport(content.toString()) ?? '';
  if (path.endsWith('.html')) return htmlToText(content.toString());
  if (!path.endsWith('.eml')) return content.toString();
  const mail = await decodeMail(mailOf(content));
  assert.ok(mail);
  return mail.text;
}

/** One entry a line, so that a change is read as a line. */
const written = (reports: ReturnType<typeof parseLogwatchReports>) =>
  reports.flatMap(({ rows, account, ...head }) => [
    head,
    ...rows.map((row) => Object.values(row)),
    ...account.map((lines) => Object.values(lines)),
  ]);

for (const { name, input, expected } of cases)
  test(name, async () => {
    const text = await textOf(input);
    const reports = parseLogwatchReports(text);
    const actual = written(reports);
    if (!existsSync(expected) && process.env.WRITE_FIXTURES)
      writeFileSync(expected, `[\n${actual.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`);
    assert.ok(existsSync(expected), `${expected} is missing: the expectation of its input`);
    assert.deepEqual(JSON.parse(JSON.stringify(actual)), JSON.parse(readFileSync(expected, 'utf8')));

    const counted = reports.flatMap(({ account }) => account).reduce((sum, { lines }) => sum + lines, 0);
    assert.equal(counted, text.replace(/\n$/, '').split('\n').length, 'lines that are in no class');
    if (name.includes('.unknown.')) return;
    const unknown = reports.flatMap(({ account }) => account.filter((lines) => lines.class === 'unknown'));
    assert.deepEqual(unknown, [], 'lines that no pattern knows');
  });

test('there are fixtures', () => assert.ok(cases.length > 5));

test('a text without the head of a report is none', () => {
  assert.deepEqual(parseLogwatchReports('Failed logins from:\n   192.0.2.1: 1 time\n'), []);
  assert.equal(isLogwatchMail('Logwatch for host1', 'see you there'), false);
});

test('a mail is known by its text, whatever its subject', async () => {
  const text = await textOf(cases.find(({ name }) => name.endsWith('.eml'))?.input ?? '');
  assert.equal(isLogwatchMail('the daily', text), true);
  assert.equal(isLogwatchMail('Logwatch for host1 (Linux)', text), true);
});

test('the figure of a client cannot be forged by an account or by a line of another section', async () => {
  const hostile = await textOf(cases.find(({ name }) => name.includes('hostile'))?.input ?? '');
  const rows = parseLogwatchReports(hostile).flatMap((report) => report.rows);
  assert.equal(
    rows.find(({ address }) => address === '198.51.100.9'),
    undefined,
  );
  assert.equal(
    rows.find(({ value }) => value > 5),
    undefined,
  );
});

test('HTML: an entity is no tag and no line end', () => {
  assert.equal(htmlToText('<td>&lt;b&gt;a&#10;b&#x2028;c&amp;&#99999999;</td>'), ' <b>a b c&&#99999999;\n');
});

test('HTML and reports of any content take linear time', async () => {
  const long = 400_000;
  for (const piece of ['<', '<!--', '<td>', '&#', '&lt;', '<style>', '\n', '</td', '<h2>', '<pre>\n'])
    htmlToText(piece.repeat(long / piece.length));
  const report = await textOf(cases.find(({ name }) => name.includes('active-bans'))?.input ?? '');
  const head = report.split(' ---')[0] ?? '';
  const pieces = [' ', ': ', ' -- ', '1 ', '0.00 ', ' (', ':   (', '[ ', '= ', '1:', '- ', 'a from '];
  const begins = [
    '',
    ' Chain f2b-sshd (1 references)\n',
    ' Failed logins from:\n',
    ' ****** Detail (10) ***\n       3   x ---\n',
  ];
  const lead = [
    ' ',
    '    ',
    '       1      ',
    '   User ',
    ' REJECT     all ',
    ' A',
    '   1K  x',
    '       1   x',
  ];
  for (const title of ['SSHD', 'pam_unix', 'Postfix', 'Dovecot', 'fail2ban', 'iptables', 'firewall'])
    for (const begin of begins)
      for (const start of lead)
        for (const piece of pieces)
          parseLogwatchReports(
            `${head} ----- ${title} Begin -----\n${begin}${start}${piece.repeat(20_000 / piece.length)}x\n`,
          );
});
