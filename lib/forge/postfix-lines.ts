import type { HostName } from './log-line.js';

/** The client as smtpd names it: by a name that leads back to the address, else unknown. */
export const clientName = ({ name, status }: HostName): string =>
  status === 'confirmed' && name !== null ? name : 'unknown';

/** What postfix up to 2.9 writes, word by word; the client is `name[address]`. */
export const postfixLines = {
  connect: (client: string) => `connect from ${client}`,
  disconnect: (client: string) => `disconnect from ${client}`,
  lost: (after: string, client: string) => `lost connection after ${after} from ${client}`,
  saslFailed: (client: string, mechanism: string, reason: string) =>
    `warning: ${client}: SASL ${mechanism} authentication failed: ${reason}`,
  noService: (name: string, address: string) =>
    `warning: ${address}: hostname ${name} verification failed: Name or service not known`,
  noAddress: (name: string, address: string) =>
    `warning: ${address}: address not listed for hostname ${name}`,
  reject: (client: string, reply: string, from: string, to: string, helo: string) =>
    `NOQUEUE: reject: RCPT from ${client}: ${reply}; from=<${from}> to=<${to}> proto=ESMTP helo=<${helo}>`,
  rbl: (address: string, list: string, page: string) =>
    `554 5.7.1 Service unavailable; Client host [${address}] blocked using ${list}; ${page}`,
  relay: (to: string) => `554 5.7.1 <${to}>: Relay access denied`,
  unknownUser: (to: string) =>
    `550 5.1.1 <${to}>: Recipient address rejected: User unknown in local recipient table`,
  accepted: (id: string, client: string) => `${id}: client=${client}`,
  messageId: (id: string, of: string) => `${id}: message-id=<${of}>`,
  queued: (id: string, from: string, size: number) =>
    `${id}: from=<${from}>, size=${size}, nrcpt=1 (queue active)`,
  delivered: (id: string, to: string) =>
    `${id}: to=<${to}>, relay=local, delay=0.4, delays=0.3/0/0/0.1, dsn=2.0.0, status=sent (delivered to mailbox)`,
  removed: (id: string) => `${id}: removed`,
  /** Local mail cannot be handed in: the folder belongs to another user. */
  noMaildrop: (file: string) => `warning: mail_queue_enter: create file maildrop/${file}: Permission denied`,
} as const;
