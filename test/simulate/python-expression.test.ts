import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { type Random, random } from '../../lib/forge/random.js';
import { ArithmeticError, pythonExpression, type Value } from '../../lib/simulate/python-expression.js';

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
  'ban.Time*100 if 1 < ban.Count < 5 else ban.Time',
  '5 > ban.Count > 2',
  '1 < ban.Count == 3 != ban.Time > 2 >= 2',
  '(1 < ban.Count) == 3',
  '3 > ban.Count > 1 / (ban.Count - 3)',
  'ban.Count - 3 and 1 / (ban.Count - 3)',
  'ban.Count == 3 or 1 / (ban.Count - 3)',
  '1 / (ban.Count - 1)',
  '1 // (ban.Count - 1)',
  '1.5 % (ban.Count - 1)',
  'math.exp(ban.Time)',
  '10.0 ** ban.Time',
  '10 ** ban.Time * 0.5',
  '10 ** ban.Time // 10 ** (ban.Time - 2)',
  '1e200 * 1e200 - banFactor',
  '1e200 * 1e200 - 1e200 * 1e200',
  'int(1e200 * 1e200)',
  'max(5, 1e999 - 1e999) + min(5, 1e999 - 1e999)',
  'math.log(ban.Count - 1)',
  'math.sqrt(ban.Count - 3.5)',
  'math.log(ban.Time, ban.Count)',
  '0 ** (1 - ban.Count)',
  'math.pow(2, ban.Time) + 2 ** -2',
  '1.5 << 2',
  '1 << 2 - ban.Count',
  '1 << 64 >> 60',
  '1.0 // 0.1 + -7.5 // 2 + 7.5 % -2 + -7 % -3 + 7 % -3',
  '2**53 + 1 - 2**53',
  'abs(-2.5) - int(-2.5) + float(3) / 2',
];

/** A random expression that is nowhere complex in Python, nor too large for it. */
function randomExpression(numbers: Random, depth: number): string {
  const part = () => randomExpression(numbers, depth - 1);
  if (depth === 0)
    return numbers.pick(['0', '1', '2', '3', '7', '0.5', '2.5', '1e3', 'ban.Time', 'ban.Count', 'banFactor']);
  const chain = () => numbers.pick(['<', '<=', '>', '>=', '==', '!=']);
  return numbers.pick([
    () => `${part()} ${numbers.pick(['+', '-', '*', '/', '//', '%'])} ${part()}`,
    () => `(${part()} ${numbers.pick(['+', '-', '*', '/', '//', '%'])} ${part()})`,
    () => `${part()} ${chain()} ${part()} ${chain()} ${part()}`,
    () => `(${part()} if ${part()} ${chain()} ${part()} else ${part()})`,
    () => `(${part()} ${numbers.pick(['and', 'or'])} ${part()})`,
    () => `(${part()}) ${numbers.pick(['** 2', '<< 3', '>> 1'])}`,
    () => `-${part()}`,
    () => `${numbers.pick(['min', 'max'])}(${part()}, ${part()})`,
    () => `${numbers.pick(['int', 'float', 'abs', 'math.exp', 'math.log', 'math.sqrt'])}(${part()})`,
  ])();
}

/** In Python's own words: a float that no JSON has, or that there is an error. */
const worded = (value: Value): number | string => {
  const float = Number(value);
  if (Number.isNaN(float)) return 'nan';
  return Number.isFinite(float) ? float : float > 0 ? 'inf' : '-inf';
};

test('expressions have the value that Python gives them, or an error where it gives one', (t) => {
  const numbers = random(1);
  const all = [...expressions, ...Array.from({ length: 3000 }, () => randomExpression(numbers, 3))];
  const script = [
    'import json, math, sys, warnings',
    'warnings.simplefilter("ignore")',
    'class ban: pass',
    'def value(text):',
    '    try: found = eval(text)',
    '    except Exception: return "error"',
    '    try: return found if math.isfinite(float(found)) else repr(found)',
    '    except OverflowError: return "inf"',
    'expressions, values = json.load(sys.stdin)',
    'answers = []',
    'for Time, Count, banFactor in values:',
    '    ban.Time, ban.Count = Time, Count',
    '    answers.append([value(text) for text in expressions])',
    'print(json.dumps(answers))',
  ].join('\n');
  const values = [
    [600n, 1n, 1n],
    [3600n, 3n, 0.5],
    [5n, 25n, 2n],
  ] as const;
  const input = JSON.stringify([all, values.map((names) => names.map(Number))]);
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input, encoding: 'utf8' });
  assert.equal(stderr, '');
  const theirs = JSON.parse(stdout) as (number | string)[][];
  let errors = 0;
  for (const [at, [time, count, banFactor]] of values.entries())
    for (const [place, text] of all.entries()) {
      const wanted = theirs[at]?.[place] ?? '';
      const evaluate = pythonExpression(text, ['ban.Time', 'ban.Count', 'banFactor']);
      const names = { 'ban.Time': time, 'ban.Count': count, banFactor };
      const says = `${text} of ${time}, ${count}, ${banFactor}`;
      if (wanted === 'error') {
        errors += 1;
        assert.throws(() => evaluate(names), ArithmeticError, says);
      } else if (typeof wanted === 'string') assert.equal(worded(evaluate(names)), wanted, says);
      else assert.ok(Math.abs(Number(evaluate(names)) - wanted) <= Math.abs(wanted) * 1e-12, says);
    }
  t.diagnostic(`${all.length} expressions, ${errors} errors in Python`);
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
  ['1 if 007 else 2', /at "007"/],
  ['min(3)', /at "\)"/],
  ['math.exp(1, 2)', /at "\)"/],
  ['1 < 2 <', /at its end/],
  ['not 1', /at "not"/],
  ['x'.repeat(1001), /at most 1000 characters, got 1001/],
] as const)
  test(`refuses ${text.slice(0, 40)}`, () => {
    assert.throws(() => pythonExpression(text, ['ban.Time']), { name: 'UserError', message });
  });
