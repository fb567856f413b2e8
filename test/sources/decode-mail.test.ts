import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { decodeAnyMail, decodeMail } from '../../lib/sources/decode-mail.js';
import { decodePlainMail } from '../../lib/sources/decode-plain-mail.js';
import type { Mail } from '../../lib/sources/mail.js';
import { largestMail, mailOf as mailOfBytes, mailsOf } from '../../lib/sources/read-mails.js';
import { mutations, randomOf } from '../fuzz/mutate.js';

/** A mail of text in latin1, one character a byte. */
const mailOf = (text: string) => mailOfBytes(Buffer.from(text, 'latin1'));

const fixtures = new URL('../fixtures/ban-mail/', import.meta.url);
const mails = readdirSync(fixtures)
  .filter((file) => file.endsWith('.mbox'))
  .flatMap((file) => [...mailsOf(readFileSync(new URL(file, fixtures)), 1)]);

/** The texts of a list in every combination. */
const combine = (...lists: (readonly string[])[]): string[] =>
  lists.reduce<string[]>((all, list) => all.flatMap((text) => list.map((next) => text + next)), ['']);

/** Compares the quick way with the library's; @returns how many mails went the quick way */
async function compare(texts: readonly string[]): Promise<number> {
  let quick = 0;
  for (const text of texts) {
    const raw = mailOf(text);
    const plain = decodePlainMail(raw);
    if (!plain) continue;
    quick++;
    const { id, subject, date, received, envelope, synthetic, text: body, attached } = plain;
    assert.deepEqual(
      { id, subject, date, received, envelope, synthetic, text: body, attached },
      await decodeAnyMail(raw),
      JSON.stringify(text),
    );
  }
  return quick;
}

const latin1 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('latin1');

test('plain mails are decoded as the library decodes them: all fixtures', async () => {
  const quick = await compare(mails.flatMap(({ text }) => text ?? []));
  assert.ok(quick > mails.length / 2, `${quick} of ${mails.length}`);
});

test('plain mails are decoded as the library decodes them: mutated fixtures', async () => {
  const random = randomOf(20_190_601);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const steps = Object.keys(mutations).filter((name) => !/compressed|long/.test(name));
  const bytes = mails.map(({ text }) => Buffer.from(text ?? '', 'latin1'));
  const texts = Array.from({ length: 600 }, () =>
    (mutations[pick(steps)]?.(pick(bytes), random, pick(bytes)) ?? Buffer.alloc(0)).toString('latin1'),
  );
  const quick = await compare(texts);
  assert.ok(quick > texts.length / 4, `${quick} of ${texts.length}`);
});

test('plain mails are decoded as the library decodes them: content types, encodings, charsets', async () => {
  const texts = combine(
    [
      '',
      'content-type: text/plain\n',
      'Content-Type: text/plain; charset="utf-8"\n',
      'Content-Type: text/plain; charset=us-ascii\n',
      'Content-Type: text/plain;\n\tcharset=ISO-8859-1\n',
      'Content-Type: text/plain; charset=windows-1252; format=flowed\n',
      'Content-Type: TEXT/PLAIN;charset=iso-8859-15;\n',
      'Content-Type: text/html\n',
      'Content-Type:\n',
      'Content-Type: text/plain; charset=x\n',
      'Content-Type: text/plain\nContent-Type: text/html\n',
      'Content-Type : text/html\n',
      'Content-Disposition: attachment\n',
    ],
    [
      '',
      'Content-Transfer-Encoding: 7bit\n',
      'Content-Transfer-Encoding: 8BIT \n',
      'Content-Transfer-Encoding: quoted-printable\n',
      'Content-Transfer-Encoding:\n',
    ],
    ['Subject: plain\n', latin1('Subject: zwölf\n'), 'Subject: zw\xf6lf\n', ''],
    ['\nbody\n', latin1('\nzwölf “x” €\n'), '\nzw\xf6lf \x93x\x94 \xa4\n', '\n\xef\xbb\xbfmarked\n', ''],
  );
  assert.ok((await compare(texts)) > texts.length / 4);
});

test('plain mails are decoded as the library decodes them: headers', async () => {
  const texts = combine(
    ['', '\n', ' \n', '\tcontinued\n', 'no colon\n', ':\n', 'From x y\n'],
    [
      'Subject: a\n',
      'SUBJECT:a \n b\n\t c\n',
      'Subj\n ect: a\n',
      'Subject\n',
      'Subject:\n',
      'Subject: =?utf-8?q?a?=\n',
      'Subject: a\nSubject: b\n',
      'Subject : a\n',
      '\xa0Subject: a\n',
      '',
    ],
    [
      'Date: Sat, 01 Dec 2018 00:03:11 +0900\n',
      'Date\n : x\n',
      'Date: \xe5\x9c\x9f,  1 12\xe6\x9c\x88\nDate: y\n',
      '',
    ],
    [
      'Received: a\nReceived: b;\n c\nX-Synthetic: yes\nMessage-Id: <1@x>\n',
      'Message-ID:\n <1 @x> \nMESSAGE-ID: 2\nX-SYNTHETIC:\nX-Synthetic: 2\n',
      'Received\n',
    ],
    ['\nbody', 'body\n\n\n', '\r\n\r\nbody\r\n', '\n\x1b$B%M%C%H\x1b(B\n\0\n', '\nx\ry\n\r\r\nz\n'],
  );
  assert.ok((await compare(texts)) > texts.length / 4);
});

test('plain mails are decoded at once, others and those within them later', async () => {
  const plain = decodeMail(mailOf('Subject: a\n\nb\n'));
  assert.ok(!(plain instanceof Promise));
  assert.equal(plain?.text, 'b\n');
  const other = decodeMail(mailOf('Subject: a\nContent-Type: message/rfc822\n\nSubject: b\n\nc\n'));
  assert.ok(other instanceof Promise);
  assert.deepEqual(
    (await other)?.attached.map(({ subject, text }) => [subject, text]),
    [['b', 'c\n']],
  );
  assert.equal(decodeMail(mailOf('x'.repeat(largestMail))), null);
});

const bodyOf = async (headers: string, body: Buffer | string): Promise<Mail | null> =>
  decodeMail(mailOf(`${headers}\n${Buffer.from(body).toString('latin1')}`));

test('bodies without a charset: UTF-8, ISO 8859-1, ISO-2022-JP between escapes', async () => {
  const japanese = Buffer.from('b. [\x1b$B%M%C%H%o!<%/L>\x1b(B]  X\n');
  assert.equal((await bodyOf('Subject: a\n', 'zwölf\n'))?.text, 'zwölf\n');
  assert.equal((await bodyOf('Subject: a\n', Buffer.from('zwölf\n', 'latin1')))?.text, 'zwölf\n');
  assert.equal((await bodyOf('Subject: a\n', japanese))?.text, 'b. [ネットワーク名]  X\n');
  assert.equal(
    (await bodyOf('Content-Type: text/plain; charset=iso-2022-jp\n', japanese))?.text,
    'b. [ネットワーク名]  X\n',
  );
});

test('HTML without a text: lines of blocks, preformatted text, entities; no scripts, styles, comments', async () => {
  const html =
    '<!-- a > b --><style>x</style><p>one\ntwo&nbsp;&lt;3&#x41;&#66;&nope;</p><pre>a:  1\nb:  2</pre>x<br>y<script>"</p>"</script>z<b';
  const text = (await bodyOf('Content-Type: text/html; charset=utf-8\n', html))?.text;
  assert.deepEqual(
    text?.split('\n').filter((line) => line !== ''),
    ['one two <3AB&nope;', 'a:  1', 'b:  2', 'x', 'yz'],
  );
});

test('mails within mails: no deeper than four, each once', async () => {
  let nested = 'Subject: 0\n\ntext\n';
  for (let depth = 1; depth < 9; depth++)
    nested = `Subject: ${depth}\nContent-Type: message/rfc822\n\n${nested}`;
  const mail = await decodeMail(mailOf(nested));
  assert.deepEqual(
    mail?.attached.map(({ subject }) => subject),
    ['7', '6', '5', '4'],
  );
});

test('hostile mails take no more than linear time', async () => {
  const begun = performance.now();
  const many = (text: string, times = 500_000) => text.repeat(times / text.length);
  for (const text of [
    `Content-Type: text/html\n\n${many('<')}`,
    `Content-Type: text/html\n\n${many('<!--')}`,
    `Content-Type: text/html\n\n${many('<script>')}`,
    `Content-Type: text/html\n\n${many('&#')}`,
    `Subject: a\n\n${many('\x1b$B')}`,
    `Subject: a\n${many(' \n', 60_000)}\n`,
    `Subject: a\n\n${many('------------------------------\n\n')}\nMessage: 1\n`,
  ])
    await decodeMail(mailOf(text));
  assert.ok(performance.now() - begun < 3000, `${performance.now() - begun} ms`);
});
