import type { BannedService } from './ban-source.js';
import {
  type Monthly,
  monthlyColumns,
  monthlyExclusions,
  monthlySql,
  monthlyTrace,
  viaColumn,
} from './by-month.js';
import { findingsOf, textIn } from './findings-of.js';
import { monthlyFindings } from './monthly-findings.js';
import type { Statistic } from './statistic.js';

type Texts = Pick<Statistic, 'id' | 'title' | 'question' | 'definition'>;

/** The bans of one service by month. */
export function bansByMonth(service: BannedService, texts: Texts): Statistic {
  const bans: Monthly = { frame: 'bans', service, value: 'bans' };
  const counted = { type: 'integer', unit: 'bans', meaning: `bans of the ${service} jails` } as const;
  return {
    ...texts,
    kind: 'mail',
    service,
    frames: ['bans', 'days'],
    columns: { ...monthlyColumns(counted, 'bans'), via: viaColumn },
    sql: (site) => monthlySql(bans, site),
    traceSql: (site, key) => monthlyTrace(bans, site, key),
    exclusions: (site) => monthlyExclusions(bans, site),
    findings: (table) => [
      ...monthlyFindings(texts.id, table, 'bans'),
      ...findingsOf(texts.id, [
        {
          key: 'ban_source',
          value: table.rows[0] ? textIn(table.rows[0], 'via') : null,
          n: table.rows.length || null,
        },
      ]),
    ],
  };
}
