import { UserError } from '../errors.js';
import { accountConcentration } from './account-concentration.js';
import { banTableByMonth } from './ban-table-by-month.js';
import { countries } from './countries.js';
import { dovecotAccounts } from './dovecot-accounts.js';
import { postfixBansByMonth } from './postfix-bans-by-month.js';
import { rejectsByMonth } from './rejects-by-month.js';
import { reverseNamesByMonth } from './reverse-names-by-month.js';
import { riskScores, riskScoresHome } from './risk-scores.js';
import { rootFailuresByMonth } from './root-failures-by-month.js';
import { sshAccounts } from './ssh-accounts.js';
import { sshBansByHour } from './ssh-bans-by-hour.js';
import { sshBansByMonth } from './ssh-bans-by-month.js';
import type { Statistic } from './statistic.js';

/** All statistics, in the order of the article. */
export const statistics: readonly Statistic[] = [
  sshBansByMonth,
  rootFailuresByMonth,
  sshBansByHour,
  countries,
  sshAccounts,
  dovecotAccounts,
  accountConcentration,
  postfixBansByMonth,
  banTableByMonth,
  reverseNamesByMonth,
  riskScores,
  riskScoresHome,
  rejectsByMonth,
];

/** @throws UserError that lists the known ids */
export function statisticById(id: string): Statistic {
  const found = statistics.find((statistic) => statistic.id === id);
  if (found) return found;
  throw new UserError(
    `no statistic is named "${id}"; known: ${statistics.map((known) => known.id).join(', ')}`,
    2,
  );
}
