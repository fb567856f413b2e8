import type { Account } from '../../lib/forge/accounts.js';
import { second } from '../../lib/forge/log-line.js';
import type { Random } from '../../lib/forge/random.js';
import { type Peer, sshdLines } from '../../lib/forge/sshd-lines.js';

/** What syslog and sshd write of many failures in one connection, which forge has not. */
const folding = {
  pamRetries: (count: number) => `PAM service(sshd) ignoring max retries; ${count} > 3`,
  repeated: (count: number, line: string) => `message repeated ${count} times: [ ${line}]`,
  maxAttempts: (account: Account, peer: Peer) =>
    `error: maximum authentication attempts exceeded for ${account.exists ? '' : 'invalid user '}${account.name} from ${peer.address} port ${peer.port} ssh2 [preauth]`,
  tooMany: () => 'Disconnecting: Too many authentication failures [preauth]',
} as const;

/** One line before it is written. */
export interface ConnectionLine {
  readonly at: number;
  readonly text: string;
  /** Failed passwords that the line stands for. */
  readonly failures: number;
}

/** How a connection is logged: each failure on its own, repeats folded by syslog, or ended by sshd after six. */
export type Style = 'plain' | 'folded' | 'exhausted';

export interface Attempt {
  readonly at: number;
  readonly peer: Peer;
  readonly account: Account;
  readonly style: Style;
  /** Passwords that are tried; the folded styles have numbers of their own. */
  readonly passwords: number;
}

/** The lines of one connection that tries passwords for one account, in the order of the log. */
export function connection(random: Random, attempt: Attempt): ConnectionLine[] {
  const { peer, account, style } = attempt;
  const lines: ConnectionLine[] = [];
  let now = attempt.at;
  const say = (text: string, failures = 0) => lines.push({ at: now, text, failures });

  if (!account.exists) {
    say(sshdLines.invalidUser(account.name, peer));
    say(sshdLines.authRequest(account.name));
    say(sshdLines.checkPass());
  }
  say(sshdLines.pamFailure(account, peer));
  // PAM waits about two seconds before it answers a wrong password.
  now += random.int(1, 3) * second;
  say(sshdLines.failed(account, peer), 1);

  const more = { plain: attempt.passwords - 1, folded: 2, exhausted: 5 }[style];
  if (style === 'plain') {
    for (let password = 0; password < more; password++) {
      if (!account.exists) say(sshdLines.checkPass());
      now += random.int(2, 4) * second;
      say(sshdLines.failed(account, peer), 1);
    }
  } else {
    now += more * 2 * second;
    say(folding.repeated(more, sshdLines.failed(account, peer)), more);
  }
  if (style === 'exhausted') {
    say(folding.maxAttempts(account, peer));
    say(folding.tooMany());
  } else {
    for (const text of farewell(random, peer)) say(text);
  }
  if (more > 0) say(sshdLines.pamMore(more, account, peer));
  if (style === 'exhausted') say(folding.pamRetries(more + 1));
  return lines;
}

/** How the client leaves. */
function farewell(random: Random, peer: Peer): string[] {
  if (random.chance(0.2)) return [sshdLines.closed(peer)];
  const reason = random.chance(0.8) ? 'Bye Bye' : '';
  return [sshdLines.receivedDisconnect(reason, peer), sshdLines.disconnected(peer)];
}
