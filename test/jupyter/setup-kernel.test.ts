import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { root } from '../../lib/jupyter/paths.js';

/** A copy of the project that shares node_modules, with a PATH of its own, and without a network for pip. */
function copyOf(t: TestContext): {
  folder: string;
  setup(): { code: number | null; said: string; seconds: number };
} {
  const folder = mkdtempSync(join(tmpdir(), 'banbook-setup-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ['dist', 'package.json', 'requirements.txt']) {
    cpSync(root + name, join(folder, name), { recursive: true });
  }
  for (const name of ['node_modules', 'data/cache']) {
    mkdirSync(root + name, { recursive: true });
    mkdirSync(join(folder, name, '..'), { recursive: true });
    symlinkSync(root + name, join(folder, name));
  }
  mkdirSync(join(folder, 'bin'));
  const command = `import { setupKernelCommand } from './dist/commands/setup-kernel.js';
    process.exitCode = await setupKernelCommand.run([]).catch((error) => {
      console.error(error.name + ': ' + error.message);
      return error.exitCode ?? 70;
    });`;
  const env = {
    PATH: join(folder, 'bin'),
    PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
    PIP_CONFIG_FILE: '/dev/null',
  };
  const setup = () => {
    const start = performance.now();
    const args = ['--input-type=module', '--eval', command];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' });
    return { code: status, said: stderr, seconds: (performance.now() - start) / 1000 };
  };
  return { folder, setup };
}

function writeProgram(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

test('without Python the error says what to install', (t) => {
  const { folder, setup } = copyOf(t);
  const none = setup();
  assert.equal(none.code, 1);
  assert.match(
    none.said,
    /UserError: python3 is not installed; on Debian: apt install python3-venv; no other Jupyter/,
  );
  writeProgram(
    join(folder, 'bin/python3'),
    'echo "ensurepip is not\navailable. apt install python3.11-venv"; exit 1',
  );
  const part = setup();
  assert.equal(part.code, 1);
  assert.match(
    part.said,
    /UserError: Python has no venv module; on Debian: apt install python3-venv; no other/,
  );
});

test('without PyPI a Jupyter on PATH is used, and a second call does nothing', (t) => {
  const { folder, setup } = copyOf(t);
  const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  }).stdout.trim();
  writeProgram(join(folder, 'bin/python3'), `exec ${python} "$@"`);
  const alone = setup();
  assert.equal(alone.code, 1);
  assert.match(
    alone.said,
    /UserError: PyPI could not be reached; no other Jupyter was found either; install/,
  );

  writeProgram(join(folder, 'bin/jupyter'), 'exit 1');
  assert.equal(setup().code, 1, 'a jupyter without JupyterLab is of no use');
  writeProgram(join(folder, 'bin/jupyter'), '[ "$1" = lab ]');
  const found = setup();
  assert.equal(found.code, 0, found.said);
  assert.match(found.said, /PyPI could not be reached; using JupyterLab found at .*bin\/jupyter/);
  const kernel = join(folder, '.venv/share/jupyter/kernels/tslab/kernel.json');
  assert.deepEqual(JSON.parse(readFileSync(kernel, 'utf8')).argv, [
    process.execPath,
    join(folder, 'dist/jupyter/launcher.js'),
    '{connection_file}',
  ]);

  const again = setup();
  assert.deepEqual([again.code, again.said], [0, '']);
  assert.ok(again.seconds < 2, `${again.seconds} s`);
  rmSync(kernel);
  assert.equal(setup().code, 0);
  assert.ok(existsSync(kernel), 'a lost kernel.json comes back');
});
