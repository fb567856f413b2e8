import { riskDistribution } from './risk-distribution.js';

export const riskScores = riskDistribution(false, {
  id: 'risk-scores',
  title: {
    en: 'Risk scores of the sources of ssh bans',
    ja: 'sshでBANされた接続元のリスクスコア(全体)',
  },
  question: {
    en: 'How bad a reputation do the hosts have that were banned for trying ssh?',
    ja: 'sshへの不正な試行でBANされた接続元のリスクスコアは、どのように分布しているか。',
  },
  definition: {
    en: 'Addresses banned by the ssh jails, each once, by the risk score from 0 to 100 (the worst) of their host name in bins of ten; those without a score are counted beside, by the reason why.',
    ja: 'ssh用のjailにBANされたアドレス(1アドレス1回)を、そのホスト名のリスクスコア(0〜100、100が最悪)の10刻みで数えたもの。スコアのないアドレスは理由別に併記する。',
  },
});

export const riskScoresHome = riskDistribution(true, {
  id: 'risk-scores-home',
  title: {
    en: 'Risk scores of the sources of ssh bans in the home country',
    ja: 'sshでBANされた接続元のリスクスコア(自国)',
  },
  question: {
    en: 'Do the banned hosts of the home country have another reputation than all?',
    ja: '自国のBANされた接続元のリスクスコアは、全体と異なるか。',
  },
  definition: {
    en: 'The same as risk-scores, of addresses in the home country alone.',
    ja: 'risk-scoresと同じ集計を、自国のアドレスに限って行ったもの。',
  },
});
