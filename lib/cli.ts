#!/usr/bin/env node
import type { Command } from './commands/command.js';
import { explainCommand } from './commands/explain.js';
import { framesCommand } from './commands/frames.js';
import { statCommand } from './commands/stat.js';
import { UserError } from './errors.js';
import { version } from './version.js';

const commands: readonly Command[] = [framesCommand, statCommand, explainCommand];

const usage = `banbook ${version}: who has been knocking on your server for a year

npx banbook COMMAND …

${commands.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`).join('\n')}

npx banbook COMMAND --help tells more of each.`;

async function main([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name.startsWith('-')) {
    if (name === '--version') process.stdout.write(`${version}\n`);
    else if (name === undefined || ['help', '--help', '-h'].includes(name))
      process.stdout.write(`${usage}\n`);
    else throw new UserError(`unknown option ${name}; see npx banbook --help`, 2);
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (!command)
    throw new UserError(`unknown command "${name}"; known: ${commands.map((c) => c.name).join(', ')}`, 2);
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return command.run(argv);
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`banbook: ${error.message}\n`);
    process.exitCode = error.exitCode;
  },
);
