import { banTable, mailBans, rootFailures, sshBans } from './bans.js';
import type { Section } from './claim.js';
import { rejects, risk, settings } from './mail-and-risk.js';
import { accounts, countries, hours, names } from './sources.js';

/** The article's parts in their order. */
export const sections: readonly Section[] = [
  sshBans,
  rootFailures,
  mailBans,
  banTable,
  hours,
  countries,
  names,
  accounts,
  risk,
  rejects,
  settings,
];
