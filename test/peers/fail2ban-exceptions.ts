const login =
  'fail2ban remembers the failures before a login under another name and counts them when it comes; the line itself is a login';
const otherReading =
  'sshd ends the line with the address and `ssh2`; fail2ban takes it for one with free text behind, which sshd has not written since protocol 2';
// What postfix says of a session is noise: what it refused, and each login that failed, has a line of its own.
const pipelining =
  'commands that came before they were due: postfix notes it and serves them all the same; mail programs in haste do so too';
const counters =
  'the sum of a session: a login that failed (`auth=0/1`) has its own SASL warning, and would count twice; one that was broken off has none and told no account';
const ended =
  'how a session ended: the errors before it have lines of their own, and a connection that was lost refused nothing';
const postscreen =
  'a test of postscreen: where its verdict is a refusal, that is a NOQUEUE line with the reply, which is a reject';
const oldForm = 'a form of PAM up to 2006 that fail2ban has given up and banbook reads';

/** Lines, by the first digits of their SHA-256, that banbook reads otherwise than fail2ban, and why. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sshd: { '8bf3e72f': login, '99298be8': login, '0d4856bc': otherReading },
  'sshd-journal': { '2def69eb': login, '78abdff8': login, '67bea5f6': otherReading },
  postfix: {
    f6f828b6: pipelining,
    a7093c1e: pipelining,
    '22a3c56d': pipelining,
    '92c325ce': pipelining,
    c66cbbad: ended,
    '16a0af26': counters,
    fc5277f4: counters,
    '28316fcd': ended,
    '9fecf446': ended,
    '24084843': ended,
    '4edc4d5c': postscreen,
    '81067434': postscreen,
    a38f975e: postscreen,
    c8d5092f: postscreen,
  },
  'pam-generic': { '36fded8e': oldForm },
};
