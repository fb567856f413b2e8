import type { Section } from './claim.js';

export const hours: Section = {
  id: 'ssh-bans-by-hour',
  title: { en: 'Hours of the day', ja: '時刻別の割合' },
  statistics: ['ssh-bans-by-hour'],
  claims: [
    {
      en: 'The hour from {ssh-bans-by-hour.max_hour} has the largest share of ssh bans, {ssh-bans-by-hour.max_share} (from {ssh-bans-by-hour.max_share_low} to {ssh-bans-by-hour.max_share_high} at {method.confidence} confidence); the hour from {ssh-bans-by-hour.min_hour} the smallest, {ssh-bans-by-hour.min_share}. Hours are in {input.zone}.',
      ja: 'sshのBANの割合が最も大きい時間帯は{ssh-bans-by-hour.max_hour}台の{ssh-bans-by-hour.max_share}({method.confidence}信頼区間は{ssh-bans-by-hour.max_share_low}〜{ssh-bans-by-hour.max_share_high})、最も小さいのは{ssh-bans-by-hour.min_hour}台の{ssh-bans-by-hour.min_share}です。時刻は{input.zone}のものです。',
    },
    {
      if: { 'ssh-bans-by-hour.uniform_p_bursts': '>=0.05' },
      en: 'Bans that come evenly over the day would differ as much by chance alone: no bias by hour is found (p = {ssh-bans-by-hour.uniform_p_bursts}, effect w = {ssh-bans-by-hour.effect_w}).',
      ja: 'この差は、一日を通して均等に起きていても偶然に生じる程度であり、時刻による偏りは認められません(p値{ssh-bans-by-hour.uniform_p_bursts}、効果量w {ssh-bans-by-hour.effect_w})。',
    },
    {
      if: { 'ssh-bans-by-hour.uniform_p_bursts': '<0.05' },
      en: 'Chance alone would seldom give such differences: the hours are not even (p = {ssh-bans-by-hour.uniform_p_bursts}, effect w = {ssh-bans-by-hour.effect_w}).',
      ja: 'この差は偶然だけでは生じにくく、時刻による偏りがあります(p値{ssh-bans-by-hour.uniform_p_bursts}、効果量w {ssh-bans-by-hour.effect_w})。',
    },
  ],
};

export const countries: Section = {
  id: 'countries',
  title: { en: 'Countries', ja: '接続元の国・地域' },
  statistics: ['countries'],
  claims: [
    {
      en: 'Most ssh bans, {countries.top_bans} of {countries.total} ({countries.top_share}), are of addresses in {countries.top_country}.',
      ja: 'sshのBANが最も多い国・地域は{countries.top_country}で、{countries.total}件のうち{countries.top_bans}件({countries.top_share})を占めます。',
    },
    {
      en: 'The home country of the server, {input.home_country}, has place {countries.home_rank} with {countries.home_bans} bans.',
      ja: 'サーバのある{input.home_country}は{countries.home_rank}位で、{countries.home_bans}件です。',
    },
    {
      if: { 'countries.total': '>=1', 'countries.home_rank': 'null' },
      en: 'No banned address is of the home country of the server, {input.home_country}.',
      ja: 'サーバのある{input.home_country}のアドレスがBANされたことはありません。',
    },
    {
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
      en: 'Of {reverse-names-by-month.total} ssh bans, {reverse-names-by-month.named} are of an address with a host name: {reverse-names-by-month.share}. By month the share lies between {reverse-names-by-month.min_share} ({reverse-names-by-month.min_share_month}) and {reverse-names-by-month.max_share} ({reverse-names-by-month.max_share_month}).',
      ja: 'sshのBAN{reverse-names-by-month.total}件のうち、ホスト名を逆引きできたアドレスのものは{reverse-names-by-month.named}件({reverse-names-by-month.share})です。月別では{reverse-names-by-month.min_share}({reverse-names-by-month.min_share_month})から{reverse-names-by-month.max_share}({reverse-names-by-month.max_share_month})の間にあります。',
    },
    {
      if: { 'reverse-names-by-month.never_asked': '>=1' },
      en: 'Nobody asked for the names of {reverse-names-by-month.never_asked} bans; whether they have one is not known.',
      ja: '{reverse-names-by-month.never_asked}件は逆引きを問い合わせておらず、ホスト名の有無は分かりません。',
    },
    {
      if: { 'reverse-names-by-month.unanswered': '>=1' },
      en: 'The question went without an answer for {reverse-names-by-month.unanswered} bans.',
      ja: '{reverse-names-by-month.unanswered}件は問い合わせに応答がありませんでした。',
    },
  ],
};

export const accounts: Section = {
  id: 'accounts',
  title: { en: 'Account names', ja: '試されたアカウント名' },
  statistics: ['ssh-accounts', 'dovecot-accounts', 'account-concentration'],
  claims: [
    {
      en: 'Beside root, “{ssh-accounts.top_account}” is the name tried most over ssh: {ssh-accounts.top_failures} of {ssh-accounts.total} failures. The names in the chart take {ssh-accounts.shown_share}.',
      ja: 'sshでroot以外に最も多く試された名前は「{ssh-accounts.top_account}」で、失敗{ssh-accounts.total}回のうち{ssh-accounts.top_failures}回です。図に示した名前を合わせると{ssh-accounts.shown_share}を占めます。',
    },
    {
      en: 'Of mail accounts, “{dovecot-accounts.top_account}” was tried most: {dovecot-accounts.top_failures} of {dovecot-accounts.total}. The names in the chart take {dovecot-accounts.shown_share}.',
      ja: 'メールのアカウントで最も多く試されたのは「{dovecot-accounts.top_account}」で、{dovecot-accounts.total}回のうち{dovecot-accounts.top_failures}回です。図に示した名前を合わせると{dovecot-accounts.shown_share}を占めます。',
    },
    {
      en: 'Half of the ssh tries went to {account-concentration.ssh_accounts_for_half} of {account-concentration.ssh_accounts} names, half of the mail tries to {account-concentration.mail_accounts_for_half} of {account-concentration.mail_accounts}.',
      ja: '試行の半分を占める名前の数は、sshでは{account-concentration.ssh_accounts}個のうち{account-concentration.ssh_accounts_for_half}個、メールでは{account-concentration.mail_accounts}個のうち{account-concentration.mail_accounts_for_half}個です。',
    },
  ],
};
