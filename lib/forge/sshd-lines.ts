import type { Account } from './accounts.js';

/** The far end of one connection. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

const at = (peer: Peer): string => `${peer.address} port ${peer.port}`;
const pam = (peer: Peer): string => `logname= uid=0 euid=0 tty=ssh ruser= rhost=${peer.address}`;
const userOf = (account: Account): string => (account.exists ? `  user=${account.name}` : ' ');

/**
 * What sshd of OpenSSH 7.4 (CentOS 7) and its PAM modules write, word by word. Account names go in as
 * the client sent them: sshd leaves blanks, quotes and markup alone.
 */
export const sshdLines = {
  listening: (address: string) => `Server listening on ${address} port 22.`,
  terminating: () => 'Received signal 15; terminating.',
  noIdentification: (peer: Peer) => `Did not receive identification string from ${at(peer)}`,

  invalidUser: (name: string, peer: Peer) => `Invalid user ${name} from ${at(peer)}`,
  authRequest: (name: string) => `input_userauth_request: invalid user ${name} [preauth]`,
  checkPass: () => 'pam_unix(sshd:auth): check pass; user unknown',
  pamFailure: (account: Account, peer: Peer) =>
    `pam_unix(sshd:auth): authentication failure; ${pam(peer)}${userOf(account)}`,
  pamMore: (count: number, account: Account, peer: Peer) =>
    `PAM ${count} more authentication failure${count === 1 ? '' : 's'}; ${pam(peer)}${userOf(account)}`,
  failed: (account: Account, peer: Peer) =>
    `Failed password for ${account.exists ? '' : 'invalid user '}${account.name} from ${at(peer)} ssh2`,

  receivedDisconnect: (reason: string, peer: Peer) =>
    `Received disconnect from ${at(peer)}:11: ${reason} [preauth]`,
  disconnected: (peer: Peer) => `Disconnected from ${at(peer)} [preauth]`,
  closed: (peer: Peer) => `Connection closed by ${at(peer)} [preauth]`,

  accepted: (name: string, peer: Peer, key: string) =>
    `Accepted publickey for ${name} from ${at(peer)} ssh2: RSA ${key}`,
  acceptedPassword: (name: string, peer: Peer) => `Accepted password for ${name} from ${at(peer)} ssh2`,
  reverseMapping: (name: string, peer: Peer) =>
    `reverse mapping checking getaddrinfo for ${name} [${peer.address}] failed - POSSIBLE BREAK-IN ATTEMPT!`,
  opened: (name: string) => `pam_unix(sshd:session): session opened for user ${name} by (uid=0)`,
  goodbye: (peer: Peer) => `Received disconnect from ${at(peer)}:11: disconnected by user`,
  gone: (peer: Peer) => `Disconnected from ${at(peer)}`,
  sessionClosed: (name: string) => `pam_unix(sshd:session): session closed for user ${name}`,
} as const;
