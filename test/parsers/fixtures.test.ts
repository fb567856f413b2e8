import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { banMailTemplates } from '../../lib/parsers/ban-mail.js';
import { dovecotTemplates } from '../../lib/parsers/dovecot.js';
import { fail2banLogTemplates } from '../../lib/parsers/fail2ban-log.js';
import { pamTemplates } from '../../lib/parsers/pam.js';
import { postfixTemplates } from '../../lib/parsers/postfix.js';
import { sshdTemplates } from '../../lib/parsers/sshd.js';
import { fixtureCases, parseLogFixture, parseMailFixture } from '../fixtures.js';

interface Entry {
  class: string;
  template?: string;
}

/** A new case is a file; its expectation is written by `WRITE_FIXTURES=1 npm test` for you to read and correct. */
function expectation(path: string, actual: object[]): Entry[] {
  if (!existsSync(path) && process.env.WRITE_FIXTURES)
    writeFileSync(path, `[\n${actual.map((entry) => `  ${JSON.stringify(entry)}`).join(',\n')}\n]\n`);
  assert.ok(existsSync(path), `${path} is missing: the expectation of its input`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

const parsers = [
  { parser: 'sshd', parse: async (path: string) => parseLogFixture(path), templates: sshdTemplates },
  { parser: 'postfix', parse: async (path: string) => parseLogFixture(path), templates: postfixTemplates },
  { parser: 'dovecot', parse: async (path: string) => parseLogFixture(path), templates: dovecotTemplates },
  { parser: 'pam', parse: async (path: string) => parseLogFixture(path), templates: pamTemplates },
  {
    parser: 'fail2ban-log',
    parse: async (path: string) => parseLogFixture(path),
    templates: fail2banLogTemplates,
  },
  { parser: 'envelope', parse: async (path: string) => parseLogFixture(path), templates: [] },
  { parser: 'ban-mail', parse: parseMailFixture, templates: banMailTemplates },
];

for (const { parser, parse, templates } of parsers) {
  const cases = fixtureCases(parser);
  test(`${parser}: there are fixtures`, () => assert.ok(cases.length > 0));

  for (const { name, input, expected } of cases) {
    test(name, async () => {
      const actual = await parse(input);
      assert.ok(actual.length > 0, `${name} is empty`);
      assert.deepEqual(actual, expectation(expected, actual));
      if (name.includes('.unknown.')) return;
      const lost = (actual as Entry[]).flatMap((entry, i) => (/event|noise/.test(entry.class) ? [] : i + 1));
      assert.deepEqual(lost, [], `${name}: records that no pattern knows`);
    });
  }

  test(`${parser}: each pattern has a fixture`, async () => {
    const used = new Set<string | undefined>();
    for (const { input } of cases)
      for (const entry of await parse(input)) used.add((entry as Entry).template);
    assert.deepEqual(
      templates.filter((template) => !used.has(template)),
      [],
    );
  });
}

test('a line that should match and does not fails', () => {
  const [entry] = parseLogFixture(
    fixtureCases('envelope').find(({ name }) => name.includes('not-syslog'))?.input ?? '',
  ).slice(1);
  assert.equal((entry as Entry).class, 'unknown');
});
