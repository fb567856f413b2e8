const login =
  'fail2ban remembers the failures before a login under another name and counts them when it comes; the line itself is a login';
const otherReading =
  'sshd ends the line with the address and `ssh2`; fail2ban takes it for one with free text behind, which sshd has not written since protocol 2';
const noise =
  'postfix says how the session went, not that it refused anything: noise; a refusal has a line of its own';
const oldForm = 'a form of PAM up to 2006 that fail2ban has given up and banbook reads';

/** Lines, by the first digits of their SHA-256, that banbook reads otherwise than fail2ban, and why. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sshd: { '8bf3e72f': login, '99298be8': login, '0d4856bc': otherReading },
  'sshd-journal': { '2def69eb': login, '78abdff8': login, '67bea5f6': otherReading },
  postfix: {
    f6f828b6: noise,
    a7093c1e: noise,
    '22a3c56d': noise,
    '92c325ce': noise,
    c66cbbad: noise,
    '16a0af26': noise,
    fc5277f4: noise,
    '28316fcd': noise,
    '9fecf446': noise,
    '24084843': noise,
    '4edc4d5c': noise,
    '81067434': noise,
    a38f975e: noise,
    c8d5092f: noise,
  },
  'pam-generic': { '36fded8e': oldForm },
};
