import { pids } from '../../lib/forge/log-line.js';
import { type Random, random } from '../../lib/forge/random.js';
import { accountSource, addressSource } from './visitors.js';
import { type BenchLine, host, type LogFacts, seed, writeLog } from './write-log.js';

/** One visit while its lines are put together. */
interface Visit {
  readonly draw: Random;
  readonly address: string;
  readonly pid: number;
  /** The account that is tried, where the visitor tries one. */
  readonly account: () => string;
  /** Adds one line. @param wait seconds since the one before */
  say(program: string, text: string, wait?: number, failures?: number): void;
}

const server = '203.0.113.1';
const users = ['alice', 'bob', 'carol', 'dave', 'erin'];
const queueIdOf = (draw: Random): string => draw.int(0x1000000000, 0xffffffffff).toString(16).toUpperCase();

/** postfix/smtpd 3.5 and later names the account of a failed login. */
function guessing({ draw, address, account, say }: Visit): void {
  const peer = `unknown[${address}]`;
  const mechanism = draw.chance(0.8) ? 'LOGIN' : 'PLAIN';
  const why = mechanism === 'LOGIN' ? 'UGFzc3dvcmQ6' : '(reason unavailable)';
  say('postfix/smtpd', `connect from ${peer}`);
  const tries = draw.int(1, 4);
  for (let left = tries; left > 0; left--)
    say(
      'postfix/smtpd',
      `warning: ${peer}: SASL ${mechanism} authentication failed: ${why}, sasl_username=${account()}`,
      draw.int(1, 5),
      1,
    );
  if (draw.chance(0.6)) say('postfix/smtpd', `lost connection after AUTH from ${peer}`, 1);
  say('postfix/smtpd', `disconnect from ${peer} ehlo=1 auth=0/${tries} rset=${tries} commands=${tries + 1}`);
}

/** Mail that is refused. */
function refused({ draw, address, say }: Visit): void {
  const peer = `unknown[${address}]`;
  const from = `news${draw.int(1, 9999)}@sender.example`;
  const to = `info${draw.int(1, 99)}@${host}`;
  const reasons = [
    `554 5.7.1 Service unavailable; Client host [${address}] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/${address}`,
    '454 4.7.1 <someone@other.example>: Relay access denied',
    `550 5.1.1 <${to}>: Recipient address rejected: User unknown in local recipient table`,
    `450 4.7.25 Client host rejected: cannot find your hostname, [${address}]`,
  ];
  say('postfix/smtpd', `connect from ${peer}`);
  say(
    'postfix/smtpd',
    `NOQUEUE: reject: RCPT from ${peer}: ${draw.pick(reasons)}; from=<${from}> to=<${to}> proto=ESMTP helo=<mail.sender.example>`,
    1,
  );
  say('postfix/smtpd', `disconnect from ${peer} ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4`);
}

/** Mail that is taken and put into a mailbox. */
function delivered({ draw, address, say }: Visit): void {
  const peer = `mx.sender.example[${address}]`;
  const id = queueIdOf(draw);
  const to = `${draw.pick(users)}@${host}`;
  say('postfix/smtpd', `connect from ${peer}`);
  say('postfix/smtpd', `${id}: client=${peer}`, 1);
  say('postfix/cleanup', `${id}: message-id=<${draw.int(1, 1e9)}@sender.example>`);
  say(
    'postfix/qmgr',
    `${id}: from=<a@sender.example>, size=${draw.int(800, 90_000)}, nrcpt=1 (queue active)`,
  );
  say(
    'postfix/local',
    `${id}: to=<${to}>, relay=local, delay=0.4, delays=0.3/0/0/0.1, dsn=2.0.0, status=sent (delivered to mailbox)`,
    1,
  );
  say('postfix/qmgr', `${id}: removed`);
  say('postfix/smtpd', `disconnect from ${peer} ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5`);
}

/** A failed login of IMAP or POP3; dovecot sums up the attempts of one connection. */
function mailboxGuess({ draw, address, account, say }: Visit): void {
  const tries = draw.int(1, 3);
  const program = draw.chance(0.7) ? 'imap-login' : 'pop3-login';
  say(
    'dovecot',
    `${program}: Disconnected (auth failed, ${tries} attempts in ${tries * 3} secs): user=<${account()}>, method=PLAIN, rip=${address}, lip=${server}, TLS, session=<${queueIdOf(draw)}>`,
    tries * 3,
    tries,
  );
}

/** A user reads mail. */
function mailboxLogin({ draw, address, pid, say }: Visit): void {
  const user = draw.pick(users);
  const session = queueIdOf(draw);
  say(
    'dovecot',
    `imap-login: Login: user=<${user}>, method=PLAIN, rip=${address}, lip=${server}, mpid=${pid}, TLS, session=<${session}>`,
  );
  say(
    'dovecot',
    `imap(${user})<${pid}><${session}>: Disconnected: Logged out in=${draw.int(100, 900)} out=${draw.int(500, 90_000)} deleted=0`,
    draw.int(5, 600),
  );
}

const kinds = [guessing, refused, delivered, mailboxGuess, mailboxLogin];
const shares = [52, 16, 6, 20, 6];

/** A log of postfix 3.5 and dovecot 2.3 on one server that is tried all day. */
export async function writeMaillog(path: string, lines: number): Promise<LogFacts & { addresses: number }> {
  const draw = random(seed, 2);
  const addresses = addressSource(draw);
  const nextAccount = accountSource(draw);
  const nextPid = pids(() => draw.int(1, 5));
  // An account of a mail server has no blanks or brackets here, at which count-maillog.awk splits a line.
  const account = () => nextAccount().name.replace(/[^\w.-]/g, '') || 'info';
  const facts = await writeLog(path, lines, (start) => {
    const found: BenchLine[] = [];
    const pid = nextPid();
    let at = start;
    const say = (program: string, text: string, wait = 0, failures = 0) => {
      at += wait * 1000;
      found.push({ at, text: `${program}[${program === 'dovecot' ? 318 : pid}]: ${text}`, failures });
    };
    const kind = kinds[draw.weighted(shares)] ?? guessing;
    kind({ draw, address: addresses.next(), pid, account, say });
    return found;
  });
  return { ...facts, addresses: addresses.distinct() };
}
