import type { Site } from '../site.js';
import { allOf, ofSite } from './sql-text.js';

/** Conditions on the auth frame: failed ssh passwords for accounts other than root. */
export const sshTries = (site: Site): string[] => [
  "service = 'ssh'",
  "event = 'failed'",
  "method = 'password'",
  "account <> 'root'",
  ...ofSite(site),
];

const mailServices = "service IN ('imap', 'pop3', 'smtp', 'mail')";

/** Conditions on the auth frame: lines that tell of failed logins at the mail services and name the account. */
const mailLines = (site: Site): string[] => [
  mailServices,
  "event IN ('failed', 'passdb_failure', 'invalid_user')",
  'account IS NOT NULL',
  ...ofSite(site),
];

/**
 * One attempt may stand in two lines: dovecot's auth process says what its password database answered (service
 * `mail`, one line an attempt, where auth_verbose is on), and the login process or postfix says that a login failed
 * (one line a connection, with its attempts and the last name). So each row gets, beside it, how many attempts of its
 * address and day the one and the other tell of, and only the fuller account of the two is counted.
 */
export const mailTellings = (site: Site): string => {
  const sum = (teller: string): string => `sum(CASE WHEN ${teller}
      AND ${allOf(mailLines(site), '    ')} THEN count ELSE 0 END)
      OVER (PARTITION BY CAST(local_time AS date), address)`;
  return `tellings AS (
  -- tries of the same address and day, as dovecot's auth process and as the login processes and postfix tell them
  SELECT
    auth.*,
    ${sum("service = 'mail'")} AS by_auth,
    ${sum("service <> 'mail'")} AS by_login
  FROM auth
  -- a window takes memory for each row: those of ssh are many, and none of them is meant
  WHERE ${mailServices}
)`;
};

/** Conditions on `tellings`: failed logins at the mail services, each once. */
export const mailTries = (site: Site): string[] => [
  ...mailLines(site),
  "(service = 'mail') = (by_auth >= by_login)",
];
