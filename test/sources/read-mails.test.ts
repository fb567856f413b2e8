import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { longestLine, readLines } from '../../lib/sources/read-lines.js';
import { largestMail, mailOf, mailsOf, type RawMail } from '../../lib/sources/read-mails.js';
import { readMbox, readOneMail } from './mails-by-lines.js';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

async function* once(text: string): AsyncGenerator<Buffer> {
  yield bytesOf(text);
}

async function byLines(text: string): Promise<RawMail[]> {
  const mails: RawMail[] = [];
  for await (const mail of readMbox(readLines(once(text), 'latin1'))) mails.push(mail);
  return mails;
}

const from = 'From a@x Sat Dec  1 00:03:11 2018';
const folder = new URL('../fixtures/ban-mail/', import.meta.url);
const texts = [
  '',
  '\n',
  `${from}`,
  `${from}\n`,
  `${from}\r\nSubject: 1\r\n\r\nbody\r\n\r\n${from} \r\n`,
  `\n${from}\nSubject: 1\n\n>From me\n>>From you\n> From us\nFrom here on no mail\n\nFrom b@x Sat, 1 Dec 2018\n${from}\n\nno end`,
  `\xef\xbb\xbf${from}\n\nx\n`,
  `Subject: 0\n\n>From x\n${from}\n>From y`,
  `\0\0${from}\n\0\0\0>From z\n\0\na\0b\n\0\0${from}\nb\r\r\n\0\r\n`,
  `${from}\n${'x'.repeat(longestLine - 1)}\n${from}\n${'x'.repeat(longestLine)}\n${from}\n${'x'.repeat(longestLine - 1)}`,
  `${from}\n${`${'y'.repeat(999)}\n`.repeat(largestMail / 1000 + 10)}${from}\nz\n`,
  `a\r>From b\n`,
  ...readdirSync(folder)
    .filter((file) => file.endsWith('.mbox'))
    .map((file) => readFileSync(new URL(file, folder), 'latin1')),
];

test('mails cut from a text are those that its lines give', async () => {
  for (const text of texts)
    assert.deepEqual([...mailsOf(bytesOf(text), 1)], await byLines(text), JSON.stringify(text.slice(0, 300)));
});

test('pieces of a mailbox give the mails of the whole, with its line numbers', async () => {
  const [first = '', second = ''] = ['one', 'two'].map((word) => `${from}\nSubject: ${word}\n\nx\n\n`);
  assert.deepEqual(
    [...mailsOf(bytesOf(first), 1), ...mailsOf(bytesOf(second), 6)],
    await byLines(`${first}${second}`),
  );
});

test('the one mail of a file', async () => {
  for (const text of texts) {
    const mails: RawMail[] = [];
    for await (const mail of readOneMail(readLines(once(text), 'latin1'))) mails.push(mail);
    assert.deepEqual([mailOf(bytesOf(text))], mails, JSON.stringify(text.slice(0, 300)));
  }
});

test('cutting takes no more than linear time', () => {
  const begun = performance.now();
  for (const text of ['\r', '\0', '>', '\n>', 'From ', '\nFrom ', `${from} `, '\n'])
    Array.from(mailsOf(bytesOf(text.repeat(500_000 / text.length)), 1));
  assert.ok(performance.now() - begun < 1500, `${performance.now() - begun} ms`);
});
