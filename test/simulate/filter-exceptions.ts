/** Lines, by the first digits of their SHA-256, that are a failure to fail2ban 1.0.2 alone or to failuresOf alone, and why. */
const reasons = {
  change: '`Change of username`: fail2ban counts it; in the frame it is a disconnection like others',
  unclear: 'which of two addresses is real cannot be told; fail2ban takes the last',
  session: 'sshd-session and sshd-auth of OpenSSH 9.8 and 10: fail2ban knows them since 1.1',
  reason: '`not_allowed` for a reason that fail2ban has no pattern for',
  prefix: 'a prefix that fail2ban reads under another `logtype` alone',
  remembers:
    'fail2ban remembers failures of the connection that had no address, or several account names, and counts them here',
  authFail:
    'a client that says `Auth fail` when it leaves: fail2ban counts it; in the frame it is a disconnection',
  noAddress: 'no address in the line: nothing to ban',
  later: 'a form of other releases of postfix',
  oldForm: 'a form of dovecot 1.0',
  plaintext:
    '`tried to use disallowed plaintext auth`: fail2ban counts it; in the frame no password was tried',
  pamText: "a wording of PAM that fail2ban's pattern does not have",
  passdb: 'a wording of a passdb that fail2ban has no pattern for',
  disallowed: 'a name with a character that dovecot does not allow',
  repeated: 'a repeated line of a login process counts as one; fail2ban does not know it',
  submission: 'the submission service is of service smtp',
  newer: 'dovecot 2.4: fail2ban 1.0.2 does not know its wordings',
  hostile: 'a name that tries to pass for an address; fail2ban reads it otherwise or not at all',
  pamService: "PAM's own line, of service other",
} as const;

type Keys = Readonly<Partial<Record<keyof typeof reasons, string>>>;

/** Keys of lines, apart by blanks, by reason. */
const of = (keys: Keys): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([reason, list]) =>
      list.split(' ').map((key) => [key, reasons[reason as keyof typeof reasons]]),
    ),
  );

export const otherwise: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sshd: of({
    change: 'bae390d8 d8e66776 b6439c33 f031bbe4 890f94c7',
    unclear: '992ef58a',
    session: '1b80b7d7 50eab548 09c6fe33',
    reason: 'b44e32f1 229c224a',
    prefix: 'f7676cb1 6e54269c 25b78409 777e7ce4 bb0bdf7d e7165282',
    remembers:
      'd00d27af 3619ca1e d16b2a7d 0732972b 603154dd 8bf3e72f 99298be8 a5098a8f 903a0fcb ec92bbb8 2a09b88e 3dbc8cb2 92dc6e7c 1819279a',
    authFail: 'e2838eb1 81783fce 015b0333 8eb02cf3 506a1212 368042a6 e33fee1a 6c27e228',
    pamText: '3a92819a 3bec7548',
  }),
  postfix: of({
    noAddress: '26e0b0f6',
    later: '35774f30 1c71cad0 03e6b011',
  }),
  dovecot: of({
    oldForm: '38e2fbb9',
    plaintext: '00026a5c 986f45fa 508a5061 d2f12a62 fb816bf5',
    pamText: '5fe1e2bc c7264d94',
    disallowed: 'c9d32f05',
    repeated: '6b2029ab',
    submission: 'e1af4283',
    newer: '30cd5195 31594451 373ce24f 71b737fc a2494b3b',
    hostile: '2fa63101 0837dc99 8f1631a0 1d532544 959e97c1 cf8600cf',
    pamService: 'bea4add7 d552ad1e 2df8c898 5a79262b',
    passdb: 'e28f8025',
  }),
};
