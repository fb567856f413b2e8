import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { investigateSettings } from '../../lib/enrich/investigate/settings.js';
import { UserError } from '../../lib/errors.js';
import { scratch } from '../scratch.js';

const key = { INVESTIGATE_KEY: 'k3y', INVESTIGATE_SECRET: 's3cret' };

test('which API, by what is set', () => {
  assert.equal(investigateSettings({}), null);
  assert.equal(investigateSettings(key)?.base.href, 'https://api.umbrella.com/investigate/v2/');
  const legacy = investigateSettings({ INVESTIGATE_TOKEN: 't0ken' });
  assert.equal(legacy?.base.href, 'https://investigate.api.umbrella.com/');
  assert.equal(legacy?.version, 'legacy');
  const twin = investigateSettings({ ...key, INVESTIGATE_URL: 'https://api.sse.cisco.com' });
  assert.equal(twin?.base.href, 'https://api.sse.cisco.com/investigate/v2/');
});

test('the key is in no property', () => {
  const shown = inspect(investigateSettings(key), { depth: null, showHidden: true });
  assert.doesNotMatch(shown, /k3y|s3cret/);
});

for (const [what, env] of Object.entries({
  'half a key': { INVESTIGATE_KEY: 'k3y' },
  'the other half': { INVESTIGATE_SECRET: 's3cret' },
  'keys of both APIs': { ...key, INVESTIGATE_TOKEN: 't0ken' },
  http: { ...key, INVESTIGATE_URL: 'http://api.umbrella.com' },
  'http to a name like loopback': { ...key, INVESTIGATE_URL: 'http://127.0.0.1.example' },
  'a user in the URL': { ...key, INVESTIGATE_URL: 'https://me:k3y@api.umbrella.com' },
  'no URL': { ...key, INVESTIGATE_URL: 'api.umbrella.com' },
  'another scheme': { ...key, INVESTIGATE_URL: 'file:///etc/passwd' },
}))
  test(`refused: ${what}`, () => {
    assert.throws(
      () => investigateSettings(env),
      (error) => error instanceof UserError && !/k3y|s3cret|t0ken/.test(error.message),
    );
  });

test('a key file has mode 600 and known lines; its content is never printed', (t) => {
  const folder = scratch(t, {
    good: '# a remark\n\nINVESTIGATE_KEY=k3y\nINVESTIGATE_SECRET=s3=cret\n',
    wrong: 'k3y\n',
    empty: '',
    remarks: '# INVESTIGATE_KEY=k3y\n',
    unset: 'INVESTIGATE_KEY=\nINVESTIGATE_SECRET=\n',
  });
  const [good, wrong] = [join(folder, 'good'), join(folder, 'wrong')];
  const read = (file: string) => investigateSettings({ INVESTIGATE_KEY_FILE: file });
  const says = (pattern: RegExp) => (error: unknown) =>
    error instanceof UserError && pattern.test(error.message) && !/k3y|s3/.test(error.message);
  chmodSync(good, 0o644);
  assert.throws(() => read(good), says(/others can read .*chmod 600/));
  chmodSync(good, 0o600);
  assert.equal(read(good)?.version, 'v2');
  chmodSync(wrong, 0o600);
  assert.throws(() => read(wrong), says(/line 1: expected one of INVESTIGATE_KEY=/));
  for (const nothing of ['empty', 'remarks', 'unset']) {
    chmodSync(join(folder, nothing), 0o600);
    assert.throws(() => read(join(folder, nothing)), says(/INVESTIGATE_KEY_FILE: .* sets nothing; expected/));
  }
  assert.throws(() => read(join(folder, 'none')), says(/INVESTIGATE_KEY_FILE: cannot be read/));
});
