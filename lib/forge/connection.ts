import type { Account } from './accounts.js';
import type { Fact } from './facts.js';
import { type LogLine, second, type Visitor } from './log-line.js';
import type { Random } from './random.js';
import { type Peer, sshdLines } from './sshd-lines.js';

/** Where a visit's random numbers and process ids come from. */
export interface Source {
  readonly random: Random;
  readonly nextPid: () => number;
}

/** A line of sshd. */
export const sshd = (at: number, pid: number, text: string, fact?: Fact): LogLine => ({
  kind: 'line',
  at,
  log: 'secure',
  text: `sshd[${pid}]: ${text}`,
  ...(fact === undefined ? {} : { fact }),
});

/** The lines of one connection that tries passwords for one account, in the order of the log. */
export function connection(
  { random, nextPid }: Source,
  at: number,
  { address, host }: Pick<Visitor, 'address' | 'host'>,
  account: Account,
  passwords = 1,
): LogLine[] {
  const pid = nextPid();
  const peer: Peer = { address, port: random.int(1024, 65_535) };
  const lines: LogLine[] = [];
  let now = at;
  const say = (text: string, fact?: Fact) => lines.push(sshd(now, pid, text, fact));
  const { name, exists } = account;

  if (host.status === 'unconfirmed' && host.name !== null) say(sshdLines.reverseMapping(host.name, peer));
  if (!exists) {
    say(sshdLines.invalidUser(name, peer), { of: 'ssh-invalid', account: name, address });
    say(sshdLines.authRequest(name));
    say(sshdLines.checkPass(), { of: 'pam-unknown' });
  }
  say(sshdLines.pamFailure(account, peer), { of: 'pam-failed', account: exists ? name : null, address });
  for (let password = 0; password < passwords; password++) {
    if (password > 0 && !exists) say(sshdLines.checkPass(), { of: 'pam-unknown' });
    // PAM waits about two seconds before it answers a wrong password.
    now += random.int(1, 3) * second;
    say(sshdLines.failed(account, peer), { of: 'ssh-failed', account: name, exists, address });
  }
  farewell(random, peer, say);
  if (passwords > 1) say(sshdLines.pamMore(passwords - 1, account, peer));
  return lines;
}

/** How the client leaves. */
function farewell(random: Random, peer: Peer, say: (text: string, fact?: Fact) => void): void {
  if (random.chance(0.2)) {
    say(sshdLines.closed(peer));
    return;
  }
  const reason = random.chance(0.8) ? 'Bye Bye' : '';
  say(sshdLines.receivedDisconnect(reason, peer), { of: 'ssh-disconnect', reason: `${reason} [preauth]` });
  say(sshdLines.disconnected(peer));
}
