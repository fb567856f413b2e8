import type { Row } from '../schema.js';

/** What decides whether a row of the auth frame is a failure. */
export type Attempt = Pick<Row<'auth'>, 'service' | 'event' | 'method' | 'account_exists' | 'count'>;

const saslMechanisms = /^(?:LOGIN|PLAIN|CRAM-MD5|DIGEST-MD5)$/i;

/**
 * How many failures fail2ban 1.0.2 counts for the line of a row, with its filters sshd (mode normal), postfix (mode
 * auth, the jail postfix-sasl) and dovecot (mode normal).
 *
 * | rows | failures |
 * |---|---|
 * | ssh: failed, any method but publickey | 1 |
 * | ssh: failed publickey | 1 for an unknown account, else 0 |
 * | ssh: invalid_user, not_allowed, max_attempts | 1 |
 * | ssh: pam_failure with method PAM (`error: PAM: Authentication failure for …`) | 1, else 0 |
 * | smtp: failed by LOGIN, PLAIN, CRAM-MD5, DIGEST-MD5 | 1 |
 * | imap, pop3, mail, sieve: failed, invalid_user, passdb_failure | 1 |
 * | anything else | 0 |
 *
 * So one password for an unknown account counts twice: `Invalid user` and `Failed password`. A line `message repeated
 * 5 times: [ Failed password … ]` counts for nothing: none of fail2ban's patterns knows it. What the frame does not
 * hold fail2ban may tell apart; the tests list such lines.
 */
export function failuresOf({ service, event, method, account_exists, count }: Attempt): number {
  if (service === 'ssh') {
    if (count > 1) return 0;
    if (event === 'failed') return method !== 'publickey' || account_exists === false ? 1 : 0;
    if (event === 'pam_failure') return method === 'PAM' ? 1 : 0;
    return event === 'invalid_user' || event === 'not_allowed' || event === 'max_attempts' ? 1 : 0;
  }
  if (service === 'smtp')
    return event === 'failed' && count === 1 && method !== null && saslMechanisms.test(method) ? 1 : 0;
  if (service === 'other') return 0;
  return event === 'failed' || event === 'invalid_user' || event === 'passdb_failure' ? 1 : 0;
}

/**
 * How many attempts to log in a row stands for: wrong passwords, each of a repeated line. A key that was refused is an
 * offer and no attempt.
 */
export const attemptsOf = ({ event, method, count }: Attempt): number =>
  event === 'failed' && method !== 'publickey' ? count : 0;
