import type { Source } from './connection.js';
import type { Fact } from './facts.js';
import { inventName } from './host-names.js';
import { jails } from './jails.js';
import { type Ban, type LogLine, minute, second, type Visitor } from './log-line.js';
import type { MonthlyKind } from './months.js';
import { clientName, postfixLines } from './postfix-lines.js';
import type { Random } from './random.js';
import { hostName } from './server.js';

/** Longest time from the first line of a visit to its ban. */
export const longestSmtpVisit = 90 * minute;

/** One connection while its lines are put together. */
class Session {
  readonly lines: LogLine[] = [];
  readonly name: string;
  readonly client: string;
  private readonly pid: number;

  constructor(
    source: Source,
    private now: number,
    readonly address: string,
    name: string,
  ) {
    this.name = name;
    this.client = `${name}[${address}]`;
    this.pid = source.nextPid();
    this.say(postfixLines.connect(this.client), { of: 'smtp-connect', address, name });
  }

  say(text: string, fact?: Fact, program = 'smtpd'): void {
    this.lines.push({
      kind: 'line',
      at: this.now,
      log: 'maillog',
      text: `postfix/${program}[${this.pid}]: ${text}`,
      ...(fact === undefined ? {} : { fact }),
    });
  }

  wait(seconds: number): void {
    this.now += seconds * second;
  }

  end(lostAfter: string | null): LogLine[] {
    if (lostAfter !== null)
      this.say(postfixLines.lost(lostAfter, this.client), { of: 'smtp-lost', after: lostAfter });
    this.say(postfixLines.disconnect(this.client), { of: 'smtp-disconnect' });
    return this.lines;
  }
}

/** One wrong password of SMTP-AUTH; postfix does not log the account before 3.5. */
export function smtpTry(source: Source, at: number, { address, host }: Visitor): LogLine[] {
  const { random } = source;
  const session = new Session(source, at, address, clientName(host));
  const mechanism = random.chance(0.85) ? 'LOGIN' : 'PLAIN';
  session.wait(random.int(2, 6));
  session.say(
    postfixLines.saslFailed(
      session.client,
      mechanism,
      mechanism === 'LOGIN' ? 'UGFzc3dvcmQ6' : 'authentication failure',
    ),
    { of: 'sasl-failed', mechanism, address, name: session.name },
  );
  session.wait(random.int(0, 1));
  return session.end('AUTH');
}

/** Two tries, mostly 17 to 18 minutes apart, and the ban at this instant. */
export function smtpBan(source: Source, ban: number, visitor: Visitor): (LogLine | Ban)[] {
  const { random } = source;
  const pause = [() => random.int(5, 30), () => random.int(1020, 1080), () => random.int(1200, 4800)];
  const gap = (pause[random.weighted([25, 55, 20])] ?? (() => 1050))() * second;
  const lines = smtpTry(source, 0, visitor);
  lines.push(...smtpTry(source, (lines.at(-1)?.at ?? 0) + gap, visitor));
  const last = lines.filter((line) => line.fact?.of === 'sasl-failed')[jails.smtp.maxRetry - 1]?.at ?? 0;
  const shift = ban - last - random.int(1, 2) * second;
  for (const line of lines) line.at += shift;
  const logged = lines.filter((line) => line.at < ban);
  const { address, country, host } = visitor;
  const named = host.name !== null;
  return [
    ...logged,
    { kind: 'ban', at: ban, jail: 'smtp', address, country, named, failures: jails.smtp.maxRetry },
  ];
}

const domains = ['sender.example', 'offers.example', 'news.test', 'letters.test'];
const lists = {
  zen: (address: string) => ['zen.spamhaus.org', `https://www.spamhaus.org/query/ip/${address}`] as const,
  spamcop: (address: string) =>
    ['bl.spamcop.net', `Blocked - see https://www.spamcop.net/bl.shtml?${address}`] as const,
};

/** A client that is refused: by a block list, or for a mail that is not for this server. */
export function refused(
  source: Source,
  at: number,
  { address, host }: Visitor,
  kind: MonthlyKind,
): LogLine[] {
  const { random } = source;
  const name = clientName(host);
  const session = new Session(source, at, address, name);
  const domain = random.pick(domains);
  const to = `${random.pick(['info', 'sales', 'taro', 'office'])}@${hostName}`;
  const away = `${random.pick(['a', 'b', 'check'])}@${random.pick(domains)}`;
  const reject = (reply: string, recipient: string, fact: Fact) =>
    session.say(
      postfixLines.reject(
        session.client,
        reply,
        `news${random.int(1, 999)}@${domain}`,
        recipient,
        `mail.${domain}`,
      ),
      fact,
    );
  session.wait(random.int(1, 3));
  if (kind === 'zen' || kind === 'spamcop') {
    const [list, page] = lists[kind](address);
    reject(postfixLines.rbl(address, list, page), to, { of: 'rbl', list, address, name });
  } else if (random.chance(0.5)) reject(postfixLines.relay(away), away, { of: 'relay', address, name });
  else reject(postfixLines.unknownUser(to), to, { of: 'unknown-user', address, name });
  return session.end(random.chance(0.3) ? 'RCPT' : null);
}

/** A client whose reverse name leads nowhere (No Service) or to another address (No Address). */
export function misnamed(source: Source, at: number, visitor: Visitor, kind: MonthlyKind): LogLine[] {
  const { random, nextPid } = source;
  const { address, country, host } = visitor;
  const name = host.name ?? inventName(random, address, country);
  const none = kind === 'noService';
  const text = none ? postfixLines.noService(name, address) : postfixLines.noAddress(name, address);
  const fact: Fact = { of: none ? 'no-service' : 'no-address', address };
  const warning: LogLine = {
    kind: 'line',
    at,
    log: 'maillog',
    text: `postfix/smtpd[${nextPid()}]: ${text}`,
    fact,
  };
  const session = new Session(source, at, address, 'unknown');
  session.wait(random.int(1, 20));
  return [warning, ...session.end(random.pick(['CONNECT', 'EHLO', 'UNKNOWN']))];
}

/** A mail for the owner that is taken. */
export function delivered(source: Source, at: number, { random }: { random: Random }): LogLine[] {
  const address = `192.0.2.${random.int(1, 254)}`;
  const session = new Session(source, at, address, `mx${random.int(1, 9)}.friends.example`);
  const id = random.int(0x1000000000, 0xffffffffff).toString(16).toUpperCase();
  const to = `taro@${hostName}`;
  session.wait(1);
  session.say(postfixLines.accepted(id, session.client));
  session.say(postfixLines.messageId(id, `${random.int(1e8, 9e8)}@friends.example`), undefined, 'cleanup');
  session.say(postfixLines.queued(id, 'hanako@friends.example', random.int(900, 60_000)), undefined, 'qmgr');
  session.say(postfixLines.delivered(id, to), { of: 'mail-delivered' }, 'local');
  session.say(postfixLines.removed(id), undefined, 'qmgr');
  return session.end(null);
}
