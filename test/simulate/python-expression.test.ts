import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pythonExpression } from '../../lib/simulate/python-expression.js';

const expressions = [
  '1',
  '.5e1 + 2.',
  '2.0 / 2.885385',
  'ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor',
  'ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)',
  '-2 ** 2 + 7 // 2 - -7 // 2 + 7 % 3 - -7 % 3',
  '2 ** 3 ** 2 >> 3 << 1',
  '1 + 2 << 3 - 1',
  'max(1, ban.Time, 3) + min(4, 2) if ban.Count >= 3 and ban.Time != 5 or ban.Count == 1 else int(math.sqrt(ban.Time))',
  'math.log(ban.Time) + math.log(8, 2) + math.pow(2, -1) + abs(-3)',
  '((((+ban.Time))))',
];

test('expressions have the value that Python gives them', () => {
  const script = [
    'import json, math, sys',
    'class ban: pass',
    'answers = []',
    'for Time, Count, banFactor in json.loads(sys.argv[2]):',
    '    ban.Time, ban.Count = Time, Count',
    '    answers.append([eval(text) for text in json.loads(sys.argv[1])])',
    'print(json.dumps(answers))',
  ].join('\n');
  const values = [
    [600, 1, 1],
    [3600, 3, 0.5],
    [5, 25, 2],
  ] as const;
  const args = ['-c', script, JSON.stringify(expressions), JSON.stringify(values)];
  const { stdout, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
  assert.equal(stderr, '');
  const ours = values.map(([time, count, banFactor]) =>
    expressions.map((text) =>
      pythonExpression(text, ['ban.Time', 'ban.Count', 'banFactor'])({
        'ban.Time': time,
        'ban.Count': count,
        banFactor,
      }),
    ),
  );
  assert.deepEqual(ours, JSON.parse(stdout));
});

for (const [text, message] of [
  ['', /cannot read "" at its end/],
  ['1 +', /at its end/],
  ['(1', /at its end/],
  ['1 2', /at "2"/],
  ['ban.Time.real', /at "ban.Time.real"/],
  ['__import__(1)', /at "__import__"/],
  ['open("x")', /from ""x"\)"/],
  ['constructor', /at "constructor"/],
  ['x'.repeat(1001), /at most 1000 characters, got 1001/],
] as const)
  test(`refuses ${text.slice(0, 40)}`, () => {
    assert.throws(() => pythonExpression(text, ['ban.Time']), { name: 'UserError', message });
  });
