import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const { BANBOOK_PAGES: pages, BANBOOK_SECRETS: secrets } = process.env;

test('the key that an article was made with is in no page, executed notebook, frame, cache or log', {
  skip:
    pages && secrets
      ? false
      : 'BANBOOK_PAGES and BANBOOK_SECRETS do not name pages and a key; make test does',
}, () => {
  const [key = '', secret = ''] = String(secrets).split(' ');
  assert.ok(key.length > 5 && secret.length > 5);
  const basic = Buffer.from(`${key}:${secret}`).toString('base64');
  const made = dirname(String(pages));
  const files = readdirSync(made, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, path, name }) => join(parentPath ?? path, name));
  for (const kind of [
    /article\.html$/,
    /10-risk-scores\.ipynb$/,
    /10-risk-scores\.html$/,
    /risk\.csv$/,
    /risk\.jsonl$/,
  ])
    assert.ok(
      paths.some((path) => kind.test(path)),
      `no file ${kind}`,
    );
  for (const path of paths) {
    const bytes = readFileSync(path);
    for (const text of [key, secret, basic]) assert.ok(!bytes.includes(text), `${path} holds the key`);
  }
});
