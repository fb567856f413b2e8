#!/usr/bin/env node
import type { Command } from './commands/command.js';
import { UserError } from './errors.js';
import { escapeControls } from './printable.js';
import { version } from './version.js';

/** Each command is loaded when it is called, so that none waits for the engine of another. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  frames: {
    summary: 'logs and ban mails into CSV frames',
    load: async () => (await import('./commands/frames.js')).framesCommand,
  },
  names: {
    summary: 'host names of the addresses, from reverse DNS',
    load: async () => (await import('./commands/names.js')).namesCommand,
  },
  risk: {
    summary: 'risk scores of the host names, from Umbrella Investigate',
    load: async () => (await import('./commands/risk.js')).riskCommand,
  },
  'investigate-sim': {
    summary: 'a simulator of Umbrella Investigate on loopback',
    load: async () => (await import('./commands/investigate-sim.js')).investigateSimCommand,
  },
  stat: {
    summary: 'one statistic as CSV or JSON',
    load: async () => (await import('./commands/stat.js')).statCommand,
  },
  explain: {
    summary: 'the raw lines behind one number',
    load: async () => (await import('./commands/explain.js')).explainCommand,
  },
  coverage: {
    summary: 'what became of every line, and the wordings that no pattern knows',
    load: async () => (await import('./commands/coverage.js')).coverageCommand,
  },
  audit: {
    summary: 'counts numbers of the statistics again, from the raw lines',
    load: async () => (await import('./commands/audit.js')).auditCommand,
  },
  compare: {
    summary: 'the findings of two years side by side',
    load: async () => (await import('./commands/compare.js')).compareCommand,
  },
  notebooks: {
    summary: 'runs the notebooks; fails when a cell fails',
    load: async () => (await import('./commands/notebooks.js')).notebooksCommand,
  },
  article: {
    summary: 'the article as one HTML file',
    load: async () => (await import('./commands/article.js')).articleCommand,
  },
  lab: {
    summary: 'JupyterLab on notebooks/',
    load: async () => (await import('./commands/lab.js')).labCommand,
  },
  simulate: {
    summary: 'what other fail2ban settings would have done; --check: whether the replay gives the real bans',
    load: async () => (await import('./commands/simulate.js')).simulateCommand,
  },
  forge: {
    summary: 'a synthetic year of logs and ban mails',
    load: async () => (await import('./commands/forge.js')).forgeCommand,
  },
  'setup-kernel': {
    summary: 'JupyterLab and its TypeScript kernel in .venv',
    load: async () => (await import('./commands/setup-kernel.js')).setupKernelCommand,
  },
};

const usage = `banbook ${version}: who has been knocking on your server for a year

npx banbook COMMAND …

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(17)}${summary}`)
  .join('\n')}

npx banbook COMMAND --help tells more of each.`;

async function main([name, ...argv]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name.startsWith('-')) {
    if (name === '--version') process.stdout.write(`${version}\n`);
    else if (name === undefined || ['help', '--help', '-h'].includes(name))
      process.stdout.write(`${usage}\n`);
    else throw new UserError(`unknown option ${name}; see npx banbook --help`, 2);
    return name === undefined ? 2 : 0;
  }
  const found = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!found) throw new UserError(`unknown command "${name}"; known: ${Object.keys(commands).join(', ')}`, 2);
  const command = await found.load();
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

// Until the end is known: a promise that never settles must not look like success.
process.exitCode = 1;

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    // What the system refuses (a full disk, a missing right) is no defect of banbook and needs no stack either.
    const refused = error instanceof Error && 'errno' in error;
    if (!(error instanceof UserError) && !refused) throw error;
    const lines = error.message.split('\n').map((line) => escapeControls(line));
    process.stderr.write(`banbook: ${lines.join('\n')}\n`);
    process.exitCode = error instanceof UserError ? error.exitCode : 1;
  },
);
