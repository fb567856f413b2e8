import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase64Blocks, mendBase64Body } from '../../lib/sources/base64-blocks.js';

const encode = (text: string) => `${Buffer.from(text).toString('base64')}\n`;

test('blocks that are padded on their own', () => {
  const parts = ['a', 'bc', 'def', 'ghij', '', 'klmno'];
  assert.equal(decodeBase64Blocks(parts.map(encode).join('')).toString(), parts.join(''));
});

test('line ends, blanks and other characters are passed over', () => {
  assert.equal(decodeBase64Blocks('Y W\r\nI=\r\n\r\n-- Y2Q=').toString(), 'abcd');
  assert.equal(decodeBase64Blocks('').length, 0);
  assert.equal(decodeBase64Blocks('====').length, 0);
});

const head = 'Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n';

test('a mail whose body has padding in its middle gets one block', () => {
  const mail = mendBase64Body(Buffer.from(`${head}${encode('a'.repeat(100))}${encode('ü')}`));
  const body = mail.toString('latin1').slice(head.length);
  assert.equal(Buffer.from(body, 'base64').toString(), `${'a'.repeat(100)}ü`);
  assert.ok(body.split('\n').every((line) => line.length <= 76));
});

test('other mails stay as they are', () => {
  for (const text of [
    `${head}${encode('a')}`,
    `${head}${encode('a').repeat(1)}\r\n`,
    'Subject: x\r\n\r\nYQ==\r\nYg==\r\n',
    'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\nYQ==\r\n--b--',
    'no head',
  ]) {
    const bytes = Buffer.from(text);
    assert.equal(mendBase64Body(bytes), bytes);
  }
});
