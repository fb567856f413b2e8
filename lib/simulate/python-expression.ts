import { UserError } from '../errors.js';

/** A number of Python: an int is a bigint, a float a number. True and False are 1 and 0. */
export type Value = bigint | number;

/** Names that an expression may use, with their values. */
export type Names = Readonly<Record<string, Value>>;

type Evaluate = (names: Names) => Value;

/** What Python raises while it counts: a division by zero, a result too large, the root of a negative number. */
export class ArithmeticError extends Error {
  override readonly name = 'ArithmeticError';
}

const raise = (what: string): never => {
  throw new ArithmeticError(what);
};

export function toFloat(value: Value): number {
  const float = Number(value);
  return typeof value === 'bigint' && !Number.isFinite(float) ? raise('int too large for a float') : float;
}

/** Calls a function of floats as Python does, where what has no number or too large a one is an error. */
const strict =
  (run: (...values: number[]) => number) =>
  (...values: Value[]): number => {
    const floats = values.map(toFloat);
    const result = run(...floats);
    const isError = Number.isNaN(result)
      ? !floats.some(Number.isNaN)
      : !Number.isFinite(result) && floats.every(Number.isFinite);
    return isError ? raise('math range error') : result;
  };

const isInts = (a: Value, b: Value): boolean => typeof a === 'bigint' && typeof b === 'bigint';
const ofInts = (run: (a: bigint, b: bigint) => bigint, ofFloats: (a: number, b: number) => Value) => {
  return (a: Value, b: Value): Value =>
    isInts(a, b) ? run(BigInt(a), BigInt(b)) : ofFloats(toFloat(a), toFloat(b));
};

/** Ints longer than this, in bits, are an error: Python would count with them, and take its time. */
const longestInt = 100_000;

const isTrue = (value: Value): boolean => value !== 0 && value !== 0n;
const isEqual = (a: Value, b: Value): boolean => a <= b && a >= b;
const divisor = (value: Value): Value => (isTrue(value) ? value : raise('division by zero'));

function floorOfFloats(a: number, b: number): { quotient: number; rest: number } {
  const rest = a % b;
  const isBelow = rest !== 0 && rest < 0 !== b < 0;
  const quotient = (a - rest) / b - (isBelow ? 1 : 0);
  return { quotient: Math.round(quotient), rest: isBelow ? rest + b : rest };
}

const restOf = (a: bigint, b: bigint): bigint => ((a % b) + b) % b;
const floorDivide = ofInts(
  (a, b) => (a - restOf(a, b)) / b,
  (a, b) => floorOfFloats(a, b).quotient,
);
const rest = ofInts(restOf, (a, b) => floorOfFloats(a, b).rest);
export const multiply = ofInts(
  (a, b) => a * b,
  (a, b) => a * b,
);
const divide = (a: Value, b: Value): number => toFloat(a) / toFloat(divisor(b));

function shift(a: Value, b: Value, run: (a: bigint, b: bigint) => bigint): bigint {
  if (typeof a !== 'bigint' || typeof b !== 'bigint') return raise('a float cannot be shifted');
  return b < 0n || b > longestInt ? raise('shift count out of range') : run(a, b);
}

const floatPower = strict((a, b) => a ** b);

function power(a: Value, b: Value): Value {
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || b < 0n) return floatPower(a, b);
  return BigInt(a.toString(2).length) * b > longestInt ? raise('int too large') : a ** b;
}

/** The least by an order: of equals, and beside a NaN, the first, as in Python. */
const best =
  (isBetter: (a: Value, b: Value) => boolean) =>
  (first: Value, ...others: Value[]): Value =>
    others.reduce((found, one) => (isBetter(one, found) ? one : found), first);
export const least = best((a, b) => a < b);
export const greatest = best((a, b) => a > b);

const logarithm = strict(Math.log);

/** Functions, with how many values each takes. */
const functions: Readonly<
  Record<string, { takes: readonly [number, number]; run: (...values: [Value, ...Value[]]) => Value }>
> = {
  float: { takes: [1, 1], run: toFloat },
  int: {
    takes: [1, 1],
    run: (x) => (Number.isFinite(toFloat(x)) ? BigInt(Math.trunc(toFloat(x))) : raise('no int')),
  },
  abs: { takes: [1, 1], run: (x) => (x < 0 ? -x : x) },
  min: { takes: [2, Number.POSITIVE_INFINITY], run: least },
  max: { takes: [2, Number.POSITIVE_INFINITY], run: greatest },
  'math.exp': { takes: [1, 1], run: strict(Math.exp) },
  'math.log': {
    takes: [1, 2],
    run: (x, base) => (base === undefined ? logarithm(x) : divide(logarithm(x), logarithm(base))),
  },
  'math.pow': { takes: [2, 2], run: floatPower },
  'math.sqrt': { takes: [1, 1], run: strict(Math.sqrt) },
};

const comparisons: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': isEqual,
  '!=': (a, b) => !isEqual(a, b),
};

/** Operators of two sides by how strongly they bind, the weakest first. */
const levels: readonly Readonly<Record<string, (a: Value, b: Value) => Value>>[] = [
  {
    '<<': (a, b) => shift(a, b, (x, y) => x << y),
    '>>': (a, b) => shift(a, b, (x, y) => x >> y),
  },
  {
    '+': ofInts(
      (a, b) => a + b,
      (a, b) => a + b,
    ),
    '-': ofInts(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  },
  {
    '*': multiply,
    '//': (a, b) => floorDivide(a, divisor(b)),
    '/': divide,
    '%': (a, b) => rest(a, divisor(b)),
  },
];

/** The entry of a name in a table; not what every object has. */
const entryOf = <T>(table: Readonly<Record<string, T>>, name = ''): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

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
 * @returns counts it; throws ArithmeticError where Python raises an error
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
    const value = or();
    if (tokens[at] !== 'if') return value;
    at += 1;
    const condition = or();
    take('else');
    const other = conditional();
    return (names) => (isTrue(condition(names)) ? value(names) : other(names));
  };
  /** `or` and `and` give their first value where its truth decides, and only else count the second. */
  const lazy = (word: 'or' | 'and', operand: () => Evaluate): Evaluate => {
    const first = operand();
    if (tokens[at] !== word) return first;
    at += 1;
    const second = lazy(word, operand);
    return (names) => {
      const value = first(names);
      return isTrue(value) === (word === 'or') ? value : second(names);
    };
  };
  const or = (): Evaluate => lazy('or', () => lazy('and', comparison));
  /** `a < b < c` is `a < b and b < c`. */
  const comparison = (): Evaluate => {
    const first = binary(0);
    const links: { holds: (a: Value, b: Value) => boolean; operand: Evaluate }[] = [];
    for (let holds = entryOf(comparisons, tokens[at]); holds; holds = entryOf(comparisons, tokens[at])) {
      at += 1;
      links.push({ holds, operand: binary(0) });
    }
    if (links.length === 0) return first;
    return (names) => {
      let left = first(names);
      for (const { holds, operand } of links) {
        const right = operand(names);
        if (!holds(left, right)) return 0n;
        left = right;
      }
      return 1n;
    };
  };
  const binary = (level: number): Evaluate => {
    const operators = levels[level];
    if (!operators) return sign();
    let left = binary(level + 1);
    for (;;) {
      const operate = entryOf(operators, tokens[at]);
      if (!operate) return left;
      at += 1;
      const [first, second] = [left, binary(level + 1)];
      left = (names) => operate(first(names), second(names));
    }
  };
  const sign = (): Evaluate => {
    const name = tokens[at];
    if (name === '-' || name === '+') {
      at += 1;
      const value = sign();
      return name === '+' ? value : (names) => -value(names);
    }
    const base = primary();
    if (tokens[at] !== '**') return base;
    at += 1;
    const exponent = sign();
    return (names) => power(base(names), exponent(names));
  };
  const primary = (): Evaluate => {
    const name = tokens[at] ?? '';
    at += 1;
    if (name === '(') {
      const value = conditional();
      take(')');
      return value;
    }
    if (/^[\d.]/.test(name) && !/^0+[1-9]\d*$/.test(name)) {
      const number = /^\d+$/.test(name) ? BigInt(name) : Number(name);
      return () => number;
    }
    if (Object.hasOwn(functions, name)) return call(name);
    if (allowed.includes(name)) return (names) => names[name] ?? Number.NaN;
    at -= 1;
    throw fail();
  };
  const call = (name: string): Evaluate => {
    const {
      takes: [fewest, most],
      run,
    } = functions[name] as (typeof functions)[string];
    const values: Evaluate[] = [];
    take('(');
    while (tokens[at] !== ')') {
      if (values.length > 0) take(',');
      values.push(conditional());
    }
    if (values.length < fewest || values.length > most) throw fail();
    take(')');
    return (names) => run(...(values.map((value) => value(names)) as [Value, ...Value[]]));
  };

  const whole = conditional();
  if (at < tokens.length) throw fail();
  return whole;
}
