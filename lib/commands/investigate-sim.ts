import { systemClock } from '../enrich/clock.js';
import { type Fault, faults } from '../enrich/simulator/faults.js';
import { credentials, investigateSimulator } from '../enrich/simulator/simulator.js';
import { UserError } from '../errors.js';
import { type Command, parseOptions } from './command.js';

const usage = `npx banbook investigate-sim [--port N] [--seed N] [--rate N] [--per-day N] [--latency MS] [--fault NAME --every N]

A server on loopback that speaks both Investigate APIs as they are documented. Its scores are made up and say nothing
about any name. It runs until Ctrl-C.

  --port N          port on 127.0.0.1 (default: one that is free)
  --seed N          another seed gives other scores (default: 1)
  --rate N          requests that it answers in a second (default: 3)
  --per-day N       requests that it answers in 24 hours (default: no limit)
  --token-life S    seconds for which a token is good (default: 3600)
  --latency MS      milliseconds before an answer (default: 50)
  --fault NAME      what goes wrong with every Nth request:
${Object.entries(faults)
  .map(([name, what]) => `                      ${name.padEnd(14)}${what}`)
  .join('\n')}
  --every N         (default: 10)`;

const whole = /^\d+$/;
const many = Number.MAX_SAFE_INTEGER;
/** What each number has to be: in words, in letters, from, to. */
const numbers = {
  port: ['a whole number from 0 to 65535', whole, 0, 65535],
  seed: ['a whole number', whole, 0, many],
  rate: ['a number above 0', /^(?:\d*\.?\d+|Infinity)$/, Number.MIN_VALUE, Number.POSITIVE_INFINITY],
  'per-day': ['a whole number above 0', /^(?:\d+|Infinity)$/, 1, Number.POSITIVE_INFINITY],
  'token-life': ['a whole number of seconds above 0', whole, 1, many],
  latency: ['a whole number of milliseconds, at most 2147483647', whole, 0, 2 ** 31 - 1],
  every: ['a whole number above 0', whole, 1, many],
} as const;

export const investigateSimCommand: Command = {
  usage,
  run: async (argv) => {
    const { values } = parseOptions({
      args: argv,
      options: {
        port: { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        rate: { type: 'string', default: '3' },
        'per-day': { type: 'string', default: 'Infinity' },
        'token-life': { type: 'string', default: '3600' },
        latency: { type: 'string', default: '50' },
        fault: { type: 'string' },
        every: { type: 'string', default: '10' },
      },
    });
    const number = (option: keyof typeof numbers): number => {
      const [expected, form, least, most] = numbers[option];
      const value = Number(values[option]);
      if (!form.test(values[option]) || !(value >= least && value <= most))
        throw new UserError(`investigate-sim: --${option} must be ${expected}, got "${values[option]}"`, 2);
      return value;
    };
    const every = number('every');
    const fault = values.fault === undefined ? null : faultOf(values.fault);
    const simulator = await investigateSimulator({
      port: number('port'),
      seed: number('seed'),
      perSecond: number('rate'),
      perDay: number('per-day'),
      tokenSeconds: number('token-life'),
      latencyMs: number('latency'),
      fault: (n) => (n % every === 0 ? fault : null),
      clock: systemClock,
    });
    process.stdout.write(
      `export INVESTIGATE_URL=${simulator.url}\n` +
        `export INVESTIGATE_KEY=${credentials.key} INVESTIGATE_SECRET=${credentials.secret}\n` +
        `# or, for the legacy API: export INVESTIGATE_TOKEN=${credentials.token}\n`,
    );
    await new Promise((resolve) => process.once('SIGINT', resolve));
    await simulator.close();
    const { answered, violations } = simulator.seen;
    process.stdout.write(`${answered.length} answered, ${violations} above the limits\n`);
    return 0;
  },
};

function faultOf(name: string): Fault {
  if (Object.hasOwn(faults, name)) return name as Fault;
  throw new UserError(
    `investigate-sim: --fault is one of ${Object.keys(faults).join(', ')}, got "${name}"`,
    2,
  );
}
