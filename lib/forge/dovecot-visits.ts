import type { Source } from './connection.js';
import type { Fact } from './facts.js';
import { type LogLine, second, type Visitor } from './log-line.js';
import { mailAccount } from './mail-accounts.js';
import type { Random } from './random.js';
import { hostName, owner, ownerAddress, serverAddress } from './server.js';

const line = (at: number, text: string, fact?: Fact): LogLine => ({
  kind: 'line',
  at,
  log: 'dovecot.log',
  text,
  ...(fact === undefined ? {} : { fact }),
});

/** The end of a line of a login process of dovecot 2.2. */
const tail = (random: Random, address: string, rest: string): string =>
  `rip=${address}, lip=${serverAddress}, ${rest}session=<${random.int(0x10000000, 0x7fffffff).toString(36)}>`;

/** One connection of IMAP or POP3 that guesses; no jail watches this log. */
export function mailboxGuess({ random }: Source, at: number, { address }: Visitor): LogLine[] {
  const protocol = random.chance(0.7) ? 'imap' : 'pop3';
  if (random.chance(0.12)) {
    const text = `${protocol}-login: Info: Aborted login (no auth attempts in ${random.int(0, 9)} secs): user=<>, `;
    return [line(at, text + tail(random, address, 'TLS, '), { of: 'mailbox-idle' })];
  }
  const account = mailAccount(random, hostName);
  const tries = random.weighted([75, 18, 7]) + 1;
  const took = tries * random.int(2, 5);
  const text =
    `${protocol}-login: Info: Disconnected (auth failed, ${tries} attempts in ${took} secs): ` +
    `user=<${account}>, method=PLAIN, ${tail(random, address, 'TLS, ')}`;
  return [line(at + took * second, text, { of: 'mailbox-failed', protocol, account, address, tries })];
}

/** The owner reads mail. */
export function mailboxLogin({ random, nextPid }: Source, at: number): LogLine[] {
  const end = at + random.int(5, 900) * second;
  const text = `imap-login: Info: Login: user=<${owner}>, method=PLAIN, ${tail(random, ownerAddress, `mpid=${nextPid()}, TLS, `)}`;
  const bye = `imap(${owner}): Info: Disconnected: Logged out in=${random.int(80, 900)} out=${random.int(500, 90_000)}`;
  return [
    line(at, text, { of: 'mailbox-login', account: owner, address: ownerAddress }),
    line(end, bye, { of: 'mailbox-logout' }),
  ];
}
