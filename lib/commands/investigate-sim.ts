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
    const number = (option: keyof typeof values): number => {
      const value = Number(values[option]);
      if (Number.isNaN(value) || value < 0)
        throw new UserError(`investigate-sim: --${option} must be a number, got "${values[option]}"`, 2);
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
      fault: (n) => (every > 0 && n % every === 0 ? fault : null),
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
