import { UserError } from '../errors.js';

/** Names that an expression may use, with their values. */
export type Names = Readonly<Record<string, number>>;

type Evaluate = (names: Names) => number;

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  float: (x = Number.NaN) => x,
  int: (x = Number.NaN) => Math.trunc(x),
  abs: (x = Number.NaN) => Math.abs(x),
  min: Math.min,
  max: Math.max,
  'math.exp': (x = Number.NaN) => Math.exp(x),
  'math.log': (x = Number.NaN, base = Math.E) =>
    base === Math.E ? Math.log(x) : Math.log(x) / Math.log(base),
  'math.pow': (x = Number.NaN, y = Number.NaN) => x ** y,
  'math.sqrt': (x = Number.NaN) => Math.sqrt(x),
};

/** Operators of two sides by how strongly they bind, the weakest first. */
const levels: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { or: (a, b) => a || b },
  { and: (a, b) => a && b },
  {
    '<': (a, b) => Number(a < b),
    '<=': (a, b) => Number(a <= b),
    '>': (a, b) => Number(a > b),
    '>=': (a, b) => Number(a >= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
  },
  { '<<': (a, b) => a * 2 ** b, '>>': (a, b) => Math.floor(a / 2 ** b) },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  {
    '*': (a, b) => a * b,
    '//': (a, b) => Math.floor(a / b),
    '/': (a, b) => a / b,
    '%': (a, b) => a - b * Math.floor(a / b),
  },
];

const token =
  /\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[A-Za-z_][\w.]*|\*\*|\/\/|<<|>>|<=|>=|==|!=|[-+*/%<>(),])/y;

/** Longer ones could nest deeper than the stack. */
const longest = 1000;

function tokensOf(text: string): string[] {
  if (text.length > longest)
    throw new UserError(`an expression has at most ${longest} characters, got ${text.length}`, 2);
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = token.lastIndex) {
    const found = token.exec(text);
    if (!found?.[1]) throw new UserError(`cannot read "${text}" from "${text.slice(at).trim()}"`, 2);
    tokens.push(found[1]);
  }
  return tokens;
}

/**
 * Compiles an arithmetic expression of Python, such as the formulas of fail2ban's jail.conf. Nothing else of Python is
 * there, and nothing is run: numbers, operators, `x if condition else y`, and a few functions of numbers.
 * @param allowed names that may stand in it
 * @throws UserError that quotes what could not be read
 */
export function pythonExpression(text: string, allowed: readonly string[]): Evaluate {
  const tokens = tokensOf(text);
  let at = 0;
  const fail = (): UserError =>
    new UserError(`cannot read "${text}" at ${tokens[at] === undefined ? 'its end' : `"${tokens[at]}"`}`, 2);
  const take = (wanted: string): void => {
    if (tokens[at] !== wanted) throw fail();
    at += 1;
  };

  const conditional = (): Evaluate => {
    const value = binary(0);
    if (tokens[at] !== 'if') return value;
    at += 1;
    const condition = binary(0);
    take('else');
    const other = conditional();
    return (names) => (condition(names) ? value(names) : other(names));
  };
  const binary = (level: number): Evaluate => {
    const operators = levels[level];
    if (!operators) return sign();
    let left = binary(level + 1);
    for (;;) {
      const name = tokens[at] ?? '';
      const operate = Object.hasOwn(operators, name) ? operators[name] : undefined;
      if (!operate) return left;
      at += 1;
      const [first, second] = [left, binary(level + 1)];
      left = (names) => operate(first(names), second(names));
    }
  };
  const sign = (): Evaluate => {
    if (tokens[at] === '-') {
      at += 1;
      const value = sign();
      return (names) => -value(names);
    }
    if (tokens[at] === '+') at += 1;
    const base = primary();
    if (tokens[at] !== '**') return base;
    at += 1;
    const power = sign();
    return (names) => base(names) ** power(names);
  };
  const primary = (): Evaluate => {
    const name = tokens[at] ?? '';
    at += 1;
    if (name === '(') {
      const value = conditional();
      take(')');
      return value;
    }
    if (/^[\d.]/.test(name)) {
      const number = Number(name);
      return () => number;
    }
    if (Object.hasOwn(functions, name)) return call(functions[name] ?? Math.max);
    if (allowed.includes(name)) return (names) => names[name] ?? Number.NaN;
    at -= 1;
    throw fail();
  };
  const call = (run: (...values: number[]) => number): Evaluate => {
    const values: Evaluate[] = [];
    take('(');
    while (tokens[at] !== ')') {
      if (values.length > 0) take(',');
      values.push(conditional());
    }
    take(')');
    return (names) => run(...values.map((value) => value(names)));
  };

  const whole = conditional();
  if (at < tokens.length) throw fail();
  return whole;
}
