import { second } from './log-line.js';

export type JailId = 'ssh' | 'smtp';

/** One jail of the article's jail.local. */
export interface Jail {
  /** As fail2ban.log has it. */
  readonly name: string;
  /** As the mails have it: the name of the action. */
  readonly mail: string;
  readonly maxRetry: number;
  readonly findTime: number;
}

/** The article's jail.local: three failures within half an hour, or two of SMTP-AUTH within an hour and a half. */
export const jails: Readonly<Record<JailId, Jail>> = {
  ssh: { name: 'ssh-iptables', mail: 'ssh-sasl', maxRetry: 3, findTime: 1800 * second },
  smtp: { name: 'sasl-iptables', mail: 'postfix-sasl', maxRetry: 2, findTime: 5400 * second },
};
export const jailIds = ['ssh', 'smtp'] as const;

/** 100 hours. */
export const banTime = 360_000 * second;

/** ignoreip: the owner's network, of a documentation range (RFC 5737). */
export const ignored = '203.0.113.0/24';
export const isIgnored = (address: string): boolean => address.startsWith('203.0.113.');

/** The same for site.json. The jails' filters are the owner's own: failed passwords, and nothing else. */
export const siteBans = Object.fromEntries(
  jailIds.flatMap((id) => {
    const { name, mail, maxRetry, findTime } = jails[id];
    const settings = {
      ...{ bantime: banTime / second, findtime: findTime / second, maxretry: maxRetry },
      ...{ filter: 'passwords', ignoreip: [ignored] },
    };
    return [name, mail].map((each) => [each, settings]);
  }),
);
