import type { Claim, Section } from './claim.js';
import { littleUnknown, muchUnknown } from './limits.js';

/** How few names take half of the tries of a service. */
const half = (service: 'ssh' | 'mail', ja: string): Claim => ({
  // Of one name there is nothing to say.
  if: {
    [`account-concentration.${service}_accounts_for_half`]: `≠ account-concentration.${service}_accounts`,
  },
  en: `Half of the ${service} tries went to {account-concentration.${service}_accounts_for_half} of {account-concentration.${service}_accounts name|names}.`,
  ja: `${ja}では、試行の半分を{account-concentration.${service}_accounts}個の名前のうち{account-concentration.${service}_accounts_for_half}個が占めます。`,
});

export const hours: Section = {
  id: 'ssh-bans-by-hour',
  title: { en: 'Hours of the day', ja: '時間帯別の割合' },
  statistics: ['ssh-bans-by-hour'],
  claims: [
    {
      if: { 'ssh-bans-by-hour.enough': 'no' },
      en: 'There are {ssh-bans-by-hour.total ssh ban|ssh bans} on {ssh-bans-by-month.days_covered covered day|covered days}: too few bans or days to tell whether some hours have more than others.',
      ja: 'sshのBANは記録のある{ssh-bans-by-month.days_covered}日間で{ssh-bans-by-hour.total}件です。件数または日数が足りず、時刻による偏りの有無は判断できません。',
    },
    {
      if: { 'ssh-bans-by-hour.enough': 'yes' },
      en: 'The hour from {ssh-bans-by-hour.max_hour} has the largest share of ssh bans, {ssh-bans-by-hour.max_share} (from {ssh-bans-by-hour.max_share_low} to {ssh-bans-by-hour.max_share_high} at {method.confidence} confidence); the hour from {ssh-bans-by-hour.min_hour} the smallest, {ssh-bans-by-hour.min_share}. Hours are in {input.zone}.',
      ja: 'sshのBANの割合が最も大きい時間帯は{ssh-bans-by-hour.max_hour}台の{ssh-bans-by-hour.max_share}({method.confidence}信頼区間は{ssh-bans-by-hour.max_share_low}〜{ssh-bans-by-hour.max_share_high})、最も小さいのは{ssh-bans-by-hour.min_hour}台の{ssh-bans-by-hour.min_share}です。時刻は{input.zone}のものです。',
    },
    {
      if: { 'ssh-bans-by-hour.enough': 'yes', 'ssh-bans-by-hour.uniform_p_bursts': '>=0.05' },
      en: 'Bans that come evenly over the day would differ as much by chance alone: no bias by hour is found (p {ssh-bans-by-hour.uniform_p_bursts}, effect w = {ssh-bans-by-hour.effect_w}).',
      ja: 'この差は、一日を通して均等に起きていても偶然に生じる程度であり、時刻による偏りは認められません(p値 {ssh-bans-by-hour.uniform_p_bursts}、効果量w = {ssh-bans-by-hour.effect_w})。',
    },
    {
      if: { 'ssh-bans-by-hour.enough': 'yes', 'ssh-bans-by-hour.uniform_p_bursts': '<0.05' },
      en: 'Chance alone would seldom give such differences: the hours are not even (p {ssh-bans-by-hour.uniform_p_bursts}, effect w = {ssh-bans-by-hour.effect_w}).',
      ja: 'この差は偶然だけでは生じにくく、時刻による偏りがあります(p値 {ssh-bans-by-hour.uniform_p_bursts}、効果量w = {ssh-bans-by-hour.effect_w})。',
    },
  ],
};

export const countries: Section = {
  id: 'countries',
  title: { en: 'Countries', ja: '接続元の国・地域' },
  statistics: ['countries'],
  claims: [
    {
      if: { 'countries.unknown_share': `<${muchUnknown}` },
      en: 'First among the countries is {countries.top_country}, with {countries.top_bans} of {countries.total ssh ban|ssh bans} ({countries.top_share}).',
      ja: 'sshのBANが最も多い国・地域は{countries.top_country}で、{countries.total}件のうち{countries.top_bans}件({countries.top_share})を占めます。',
    },
    {
      if: { 'countries.unknown_share': `<${muchUnknown}` },
      en: 'The home country of the server, {input.home_country}, is number {countries.home_rank} with {countries.home_bans ban|bans}.',
      ja: 'サーバのある{input.home_country}は{countries.home_rank}位で、{countries.home_bans}件です。',
    },
    {
      if: { 'countries.unknown_share': `<${muchUnknown}`, 'countries.home_rank': 'null' },
      en: 'No banned address is known to be of the home country of the server, {input.home_country}.',
      ja: 'BANされたアドレスの中に、サーバのある{input.home_country}のものと分かっているものはありません。',
    },
    {
      // What is known is too little for a rank or a share, and for saying that a country is not among them.
      if: { 'countries.unknown_share': `>=${muchUnknown}`, 'countries.countries': '>=1' },
      en: 'The country of {countries.unknown_share} of the ssh bans is not known. Of the others, the most are of addresses in {countries.top_country}: {countries.top_bans} of {countries.total ban|bans} in all.',
      ja: 'sshのBANのうち{countries.unknown_share}は国・地域が分かりません。分かるものの中で最も多いのは{countries.top_country}で、全{countries.total}件のうち{countries.top_bans}件です。',
    },
    {
      if: { 'countries.total': '>=1', 'countries.countries': 'null' },
      en: 'For none of the banned addresses is the country known.',
      ja: 'BANされたアドレスの国・地域は、いずれも分かりません。',
    },
    {
      if: { 'countries.countries': '>=1' },
      en: 'The country is that of the network, which is often a rented or captured machine; it does not say who sits at the keyboard. This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com.',
      ja: '国・地域はネットワークの登録情報によるものです。レンタルされた機器や乗っ取られた機器であることも多く、操作している人の所在を示すものではありません。この記事はMaxMindが作成したGeoLite2データを利用しています(https://www.maxmind.com)。',
    },
  ],
};

export const names: Section = {
  id: 'reverse-names-by-month',
  title: { en: 'Host names of the banned addresses', ja: 'BANされたアドレスのホスト名' },
  statistics: ['reverse-names-by-month'],
  claims: [
    {
      if: { 'reverse-names-by-month.unknown_share': `<${muchUnknown}` },
      en: 'Of {reverse-names-by-month.total ssh ban|ssh bans}, {reverse-names-by-month.named} ({reverse-names-by-month.share}) are of an address with a host name.',
      ja: 'sshのBAN{reverse-names-by-month.total}件のうち、ホスト名を逆引きできたアドレスのものは{reverse-names-by-month.named}件({reverse-names-by-month.share})です。',
    },
    {
      if: {
        'reverse-names-by-month.unknown_share': `<${littleUnknown}`,
        'reverse-names-by-month.min_share_month': '≠ reverse-names-by-month.max_share_month',
      },
      en: 'By month the share lies between {reverse-names-by-month.min_share} ({reverse-names-by-month.min_share_month}) and {reverse-names-by-month.max_share} ({reverse-names-by-month.max_share_month}).',
      ja: '月別の割合は{reverse-names-by-month.min_share}({reverse-names-by-month.min_share_month})から{reverse-names-by-month.max_share}({reverse-names-by-month.max_share_month})の間にあります。',
    },
    {
      if: { 'reverse-names-by-month.unknown_share': `>=${muchUnknown}` },
      en: 'Of {reverse-names-by-month.total ssh ban|ssh bans}, {reverse-names-by-month.named} are of an address that is known to have a host name and {reverse-names-by-month.unnamed} of one that is known to have none. Of the others it is not known, so that the share with a name may be anything from {reverse-names-by-month.share} to {reverse-names-by-month.highest_share}.',
      ja: 'sshのBAN{reverse-names-by-month.total}件のうち、ホスト名があると分かっているアドレスのものは{reverse-names-by-month.named}件、ないと分かっているものは{reverse-names-by-month.unnamed}件です。残りは分からないため、ホスト名のある割合は{reverse-names-by-month.share}から{reverse-names-by-month.highest_share}までのどの値もあり得ます。',
    },
    {
      if: { 'reverse-names-by-month.never_asked': '= reverse-names-by-month.total' },
      en: 'Nobody asked for the host names of the banned addresses.',
      ja: 'BANされたアドレスの逆引きは問い合わせておらず、ホスト名の有無は分かりません。',
    },
    {
      if: {
        'reverse-names-by-month.never_asked': ['>=1', '≠ reverse-names-by-month.total'],
      },
      en: 'For {reverse-names-by-month.never_asked ban|bans}, nobody asked for the name of the address.',
      ja: '{reverse-names-by-month.never_asked}件は、アドレスの逆引きを問い合わせていません。',
    },
    {
      if: { 'reverse-names-by-month.unanswered': '>=1' },
      en: 'For {reverse-names-by-month.unanswered ban|bans}, the question for the name went without an answer.',
      ja: '{reverse-names-by-month.unanswered}件は、逆引きの問い合わせに応答がありませんでした。',
    },
    {
      if: {
        'reverse-names-by-month.unknown_share': `<${muchUnknown}`,
        'reverse-names-by-month.share': '≠ reverse-names-by-month.highest_share',
      },
      en: 'If all addresses whose name is not known had one, the share would be {reverse-names-by-month.highest_share}.',
      ja: 'ホスト名の有無が分からないアドレスのすべてにあるとすれば、割合は{reverse-names-by-month.highest_share}になります。',
    },
  ],
};

export const accounts: Section = {
  id: 'accounts',
  title: { en: 'Account names', ja: '試されたアカウント名' },
  statistics: ['ssh-accounts', 'dovecot-accounts', 'account-concentration'],
  claims: [
    {
      en: 'Apart from root, “{ssh-accounts.top_account}” comes first among the names tried over ssh: {ssh-accounts.top_failures} of {ssh-accounts.total failed login|failed logins}. The names in the chart take {ssh-accounts.shown_share}.',
      ja: 'sshで試されたroot以外の名前の筆頭は「{ssh-accounts.top_account}」で、失敗{ssh-accounts.total}回のうち{ssh-accounts.top_failures}回です。図に示した名前を合わせると{ssh-accounts.shown_share}を占めます。',
    },
    {
      en: 'Of mail accounts, “{dovecot-accounts.top_account}” comes first: {dovecot-accounts.top_failures} of {dovecot-accounts.total failed login|failed logins}. The names in the chart take {dovecot-accounts.shown_share}.',
      ja: 'メールのアカウントの筆頭は「{dovecot-accounts.top_account}」で、失敗{dovecot-accounts.total}回のうち{dovecot-accounts.top_failures}回です。図に示した名前を合わせると{dovecot-accounts.shown_share}を占めます。',
    },
    half('ssh', 'ssh'),
    half('mail', 'メール'),
  ],
};
