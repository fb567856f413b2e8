import type { Material } from '../../lib/article/facts.js';
import { defaultSite } from '../../lib/site.js';

type Both = { readonly en: string; readonly ja: string };

/** What a section of the article says of some findings. */
export interface Case {
  readonly name: string;
  readonly section: string;
  /** Values in place of those of the sample, by `statistic.key`. */
  readonly findings: Readonly<Record<string, string | null>>;
  readonly synthetic?: boolean;
  readonly period?: Material['period'];
  readonly bans?: Material['site']['bans'];
  /** Whole sentences that are there. */
  readonly says: readonly Both[];
  /** Parts of sentences that are not. */
  readonly hides?: readonly Both[];
}

const day = { first: '2026-11-26', last: '2026-11-26' };
const year = { first: '2018-12-01', last: '2019-11-30' };

const falling = {
  'ssh-bans-by-month.total': '65507',
  'ssh-bans-by-month.peak_month': '2019-05',
  'ssh-bans-by-month.peak_bans': '10481',
  'ssh-bans-by-month.trend': 'falling',
  'ssh-bans-by-month.change_month': '2019-06',
  'ssh-bans-by-month.change_from': '2019-06',
  'ssh-bans-by-month.change_to': '2019-08',
  'ssh-bans-by-month.rate_before': '237.6',
  'ssh-bans-by-month.rate_after': '121.7',
};

const rising = {
  'postfix-bans-by-month.trend': 'rising',
  'postfix-bans-by-month.change_month': '2019-06',
  'postfix-bans-by-month.change_from': '2019-06',
  'postfix-bans-by-month.change_to': '2019-06',
  'postfix-bans-by-month.rate_before': '5.604',
  'postfix-bans-by-month.rate_after': '17.81',
};

const fell = {
  en: 'The ssh bans decreased: 237.6 a day on average up to May 2019, 121.7 from June 2019 on. At a confidence of 95 % the lower rate begins between June 2019 and August 2019. The two averages do not tell whether the change came at once or month by month.',
  ja: 'sshのBANは途中から減っています。1日あたりの平均は、2019年5月までが237.6件、2019年6月以降が121.7件です。信頼度95 %で、低い水準の始まりは2019年6月から2019年8月の間です。変化が急だったか緩やかだったかは、二つの平均からは分かりません。',
};

export const cases: readonly Case[] = [
  {
    name: 'a count that rises to its peak and then falls is told as both',
    section: 'ssh-bans-by-month',
    findings: falling,
    period: year,
    says: [
      {
        en: 'The ssh bans rose to a peak in May 2019 and fell after it: 237.6 a day on average up to May 2019, the peak among them, 121.7 from June 2019 on. At a confidence of 95 % the lower rate begins between June 2019 and August 2019. The two averages do not tell whether the change came at once or month by month.',
        ja: 'sshのBANは2019年5月を頂点として、増加から減少に転じています。1日あたりの平均は、2019年5月までが237.6件(最多の月を含む)、2019年6月以降が121.7件です。信頼度95 %で、低い水準の始まりは2019年6月から2019年8月の間です。変化が急だったか緩やかだったかは、二つの平均からは分かりません。',
      },
    ],
    hides: [{ en: 'decreased', ja: '途中から減って' }],
  },
  {
    name: 'a peak that hardly passes the months before it is no rise',
    section: 'ssh-bans-by-month',
    findings: { ...falling, 'ssh-bans-by-month.peak_bans': '8000' },
    period: year,
    says: [fell],
    hides: [{ en: 'rose to', ja: '転じて' }],
  },
  {
    name: 'a peak in the first month is no rise',
    section: 'ssh-bans-by-month',
    findings: { ...falling, 'ssh-bans-by-month.peak_month': '2018-12' },
    period: year,
    says: [fell],
    hides: [{ en: 'rose to', ja: '転じて' }],
  },
  {
    name: 'where the bans begin in a later month than the input, their first month is not known',
    section: 'ssh-bans-by-month',
    findings: falling,
    period: { first: '2018-11-01', last: '2019-11-30' },
    says: [fell],
    hides: [{ en: 'rose to', ja: '転じて' }],
  },
  {
    name: 'a month that alone can begin a change is named once',
    section: 'postfix-bans-by-month',
    findings: { ...falling, ...rising },
    says: [
      {
        en: 'The mail bans increased: 5.604 a day on average up to May 2019, 17.81 from June 2019 on. At a confidence of 95 % the higher rate begins in June 2019 and in no other month. The two averages do not tell whether the change came at once or month by month.',
        ja: 'メールのBANは途中から増えています。1日あたりの平均は、2019年5月までが5.604件、2019年6月以降が17.81件です。信頼度95 %で、高い水準の始まりは2019年6月に限られます。変化が急だったか緩やかだったかは、二つの平均からは分かりません。',
      },
      {
        en: 'So mail bans increased while ssh bans decreased. How much was tried during the bans, neither tells.',
        ja: 'それぞれの変化の前後を比べると、sshのBANが減る一方で、メールのBANは増えています。BANされている間に何回試みられたかは、どちらからも分かりません。',
      },
    ],
    hides: [{ en: 'guessing grew', ja: '試行は増えて' }],
  },
  {
    name: 'a change in January comes after December',
    section: 'postfix-bans-by-month',
    findings: { ...rising, 'postfix-bans-by-month.change_month': '2019-01' },
    says: [
      {
        en: 'The mail bans increased: 5.604 a day on average up to December 2018, 17.81 from January 2019 on. At a confidence of 95 % the higher rate begins in January 2019 and in no other month. The two averages do not tell whether the change came at once or month by month.',
        ja: 'メールのBANは途中から増えています。1日あたりの平均は、2018年12月までが5.604件、2019年1月以降が17.81件です。信頼度95 %で、高い水準の始まりは2019年1月に限られます。変化が急だったか緩やかだったかは、二つの平均からは分かりません。',
      },
    ],
  },
  {
    name: 'the month with the most bans is said to hold the most, not most of them',
    section: 'ssh-bans-by-month',
    findings: { ...falling, 'ssh-bans-by-month.days_covered': '365' },
    says: [
      {
        en: 'fail2ban made 65,507 bans for attempts at ssh; the input covers 365 days. The month with the most is May 2019: 10,481.',
        ja: 'sshへの不正な試行によるBANは、記録のある365日間で65,507件でした。最も多かった月は2019年5月で、10,481件です。',
      },
    ],
  },
  {
    name: 'one ban on one day is told in the singular, and its month is not called the one with the most',
    section: 'ssh-bans-by-month',
    findings: {
      'ssh-bans-by-month.total': '1',
      'ssh-bans-by-month.peak_bans': '1',
      'ssh-bans-by-month.days_covered': '1',
      'ssh-bans-by-month.trend': null,
    },
    says: [
      {
        en: 'fail2ban made 1 ban for attempts at ssh; the input covers 1 day.',
        ja: 'sshへの不正な試行によるBANは、記録のある1日間で1件でした。',
      },
      {
        en: 'Too few months are covered to tell of a trend of ssh bans.',
        ja: '記録のある月が少なく、sshのBANの増減は判断できません。',
      },
    ],
    hides: [{ en: 'with the most', ja: '最も多かった' }],
  },
  {
    name: 'days without a ban are told as such, not as a trend',
    section: 'ssh-bans-by-month',
    findings: {
      'ssh-bans-by-month.total': '0',
      'ssh-bans-by-month.peak_month': null,
      'ssh-bans-by-month.peak_bans': null,
      'ssh-bans-by-month.days_covered': '365',
      'ssh-bans-by-month.trend': null,
    },
    says: [
      {
        en: 'fail2ban made no ban for attempts at ssh; the input covers 365 days.',
        ja: '記録のある365日間に、sshへの不正な試行によるBANはありませんでした。',
      },
    ],
    hides: [{ en: 'Too few', ja: '判断できません' }],
  },
  ...(['ssh', 'postfix'] as const).map((service) => ({
    name: `an input without ${service} bans has none, rather than too few months of them`,
    section: `${service}-bans-by-month`,
    findings: Object.fromEntries(
      ['total', 'peak_month', 'peak_bans', 'days_covered', 'trend', 'change_month'].map((key) => [
        `${service}-bans-by-month.${key}`,
        null,
      ]),
    ),
    says:
      service === 'ssh'
        ? [{ en: 'The input holds no ssh bans.', ja: 'この入力にはsshのBANの記録がありません。' }]
        : [{ en: 'The input holds no mail bans.', ja: 'この入力にはメールのBANの記録がありません。' }],
    hides: [{ en: 'Too few', ja: '判断できません' }],
  })),
  {
    name: 'seventeen bans of one day tell nothing of the hours',
    section: 'ssh-bans-by-hour',
    findings: {
      'ssh-bans-by-hour.total': '17',
      'ssh-bans-by-month.days_covered': '1',
      'ssh-bans-by-hour.uniform_p_bursts': '0.4608',
    },
    says: [
      {
        en: 'There are 17 ssh bans on 1 covered day: too few bans or days to tell whether some hours have more than others.',
        ja: 'sshのBANは記録のある1日間で17件です。件数または日数が足りず、時刻による偏りの有無は判断できません。',
      },
    ],
    hides: [
      { en: 'no bias', ja: '認められません' },
      { en: 'largest share', ja: '最も大きい' },
    ],
  },
  {
    name: 'many bans of a week tell nothing of the hours, either',
    section: 'ssh-bans-by-hour',
    findings: { 'ssh-bans-by-hour.total': '5000', 'ssh-bans-by-month.days_covered': '13' },
    says: [],
    hides: [
      { en: 'no bias', ja: '認められません' },
      { en: 'not even', ja: '偏りがあります' },
    ],
  },
  {
    name: 'a chance of nearly nothing is printed as one',
    section: 'ssh-bans-by-hour',
    findings: {
      'ssh-bans-by-hour.uniform_p_bursts': '1.261e-68',
      'ssh-bans-by-hour.effect_w': '0.5',
    },
    says: [
      {
        en: 'Chance alone would seldom give such differences: the hours are not even (p < 0.001, effect w = 0.5).',
        ja: 'この差は偶然だけでは生じにくく、時刻による偏りがあります(p値 < 0.001、効果量w = 0.5)。',
      },
    ],
  },
  {
    name: 'the country with the most bans need not have most of them; one ban is one ban',
    section: 'countries',
    findings: {
      'countries.total': '65507',
      'countries.top_country': 'CN',
      'countries.top_bans': '17377',
      'countries.top_share': '0.2653',
      'countries.home_rank': '26',
      'countries.home_bans': '1',
      'countries.unknown_share': '0.0000',
    },
    says: [
      {
        en: 'First among the countries is China, with 17,377 of 65,507 ssh bans (26.5 %).',
        ja: 'sshのBANが最も多い国・地域は中国で、65,507件のうち17,377件(26.5 %)を占めます。',
      },
      {
        en: 'The home country of the server, Japan, is number 26 with 1 ban.',
        ja: 'サーバのある日本は26位で、1件です。',
      },
    ],
  },
  {
    name: 'countries that are all unknown say nothing of the home country',
    section: 'countries',
    findings: {
      'countries.total': '17',
      'countries.top_country': null,
      'countries.top_bans': null,
      'countries.top_share': null,
      'countries.home_rank': null,
      'countries.home_bans': null,
      'countries.countries': null,
      'countries.unknown_share': '1.0000',
    },
    says: [
      {
        en: 'For none of the banned addresses is the country known.',
        ja: 'BANされたアドレスの国・地域は、いずれも分かりません。',
      },
    ],
    hides: [
      { en: 'home country', ja: '日本' },
      { en: 'GeoLite2', ja: 'GeoLite2' },
    ],
  },
  {
    name: 'countries of which a good part is unknown have neither ranks nor shares',
    section: 'countries',
    findings: {
      'countries.total': '100',
      'countries.top_country': 'CN',
      'countries.top_bans': '30',
      'countries.top_share': '0.3000',
      'countries.home_rank': null,
      'countries.home_bans': null,
      'countries.unknown_share': '0.4000',
    },
    says: [
      {
        en: 'The country of 40.0 % of the ssh bans is not known. Of the others, the most are of addresses in China: 30 of 100 bans in all.',
        ja: 'sshのBANのうち40.0 %は国・地域が分かりません。分かるものの中で最も多いのは中国で、全100件のうち30件です。',
      },
    ],
    hides: [{ en: 'home country', ja: '日本' }],
  },
  {
    name: 'an input without bans tells of no country',
    section: 'countries',
    findings: Object.fromEntries(
      [
        'total',
        'top_country',
        'top_bans',
        'top_share',
        'home_rank',
        'home_bans',
        'countries',
        'unknown_share',
      ].map((key) => [`countries.${key}`, null]),
    ),
    says: [{ en: 'The input does not tell.', ja: 'この入力からは分かりません。' }],
  },
  {
    name: 'names that were hardly ever asked for have no share, but bounds',
    section: 'reverse-names-by-month',
    findings: {
      'reverse-names-by-month.total': '3275',
      'reverse-names-by-month.named': '87',
      'reverse-names-by-month.unnamed': '0',
      'reverse-names-by-month.unanswered': '0',
      'reverse-names-by-month.never_asked': '3188',
      'reverse-names-by-month.share': '0.0266',
      'reverse-names-by-month.highest_share': '1.0000',
      'reverse-names-by-month.unknown_share': '0.9734',
    },
    says: [
      {
        en: 'Of 3,275 ssh bans, 87 are of an address that is known to have a host name and 0 of one that is known to have none. Of the others it is not known, so that the share with a name may be anything from 2.7 % to 100.0 %.',
        ja: 'sshのBAN3,275件のうち、ホスト名があると分かっているアドレスのものは87件、ないと分かっているものは0件です。残りは分からないため、ホスト名のある割合は2.7 %から100.0 %までのどの値もあり得ます。',
      },
      {
        en: 'For 3,188 bans, nobody asked for the name of the address.',
        ja: '3,188件は、アドレスの逆引きを問い合わせていません。',
      },
    ],
    hides: [
      { en: 'By month', ja: '月別' },
      { en: '(2.7 %)', ja: '(2.7 %)' },
    ],
  },
  {
    name: 'names of which few are unknown have a share, and what it could be at most',
    section: 'reverse-names-by-month',
    findings: {
      'reverse-names-by-month.total': '1000',
      'reverse-names-by-month.named': '430',
      'reverse-names-by-month.unanswered': '70',
      'reverse-names-by-month.never_asked': '0',
      'reverse-names-by-month.share': '0.4300',
      'reverse-names-by-month.highest_share': '0.5000',
      'reverse-names-by-month.unknown_share': '0.0700',
    },
    says: [
      {
        en: 'Of 1,000 ssh bans, 430 (43.0 %) are of an address with a host name.',
        ja: 'sshのBAN1,000件のうち、ホスト名を逆引きできたアドレスのものは430件(43.0 %)です。',
      },
      {
        en: 'If all addresses whose name is not known had one, the share would be 50.0 %.',
        ja: 'ホスト名の有無が分からないアドレスのすべてにあるとすれば、割合は50.0 %になります。',
      },
    ],
    hides: [{ en: 'By month', ja: '月別' }],
  },
  {
    name: 'names that nobody asked for',
    section: 'reverse-names-by-month',
    findings: {
      'reverse-names-by-month.total': '17',
      'reverse-names-by-month.named': '0',
      'reverse-names-by-month.unnamed': '0',
      'reverse-names-by-month.unanswered': '0',
      'reverse-names-by-month.never_asked': '17',
      'reverse-names-by-month.share': null,
      'reverse-names-by-month.min_share': null,
      'reverse-names-by-month.min_share_month': null,
      'reverse-names-by-month.highest_share': null,
      'reverse-names-by-month.unknown_share': null,
    },
    says: [
      {
        en: 'Nobody asked for the host names of the banned addresses.',
        ja: 'BANされたアドレスの逆引きは問い合わせておらず、ホスト名の有無は分かりません。',
      },
    ],
    hides: [{ en: 'For 17', ja: '17件は' }],
  },
  {
    name: 'the first of names that were tried as often is not called the one tried most; a name may be empty',
    section: 'accounts',
    findings: {
      'ssh-accounts.top_account': '',
      'ssh-accounts.top_failures': '5',
      'ssh-accounts.total': '30',
      'ssh-accounts.shown_share': '1.0000',
      'account-concentration.ssh_accounts_for_half': '1',
      'account-concentration.ssh_accounts': '1',
      'account-concentration.mail_accounts_for_half': null,
    },
    says: [
      {
        en: 'Apart from root, “(empty)” comes first among the names tried over ssh: 5 of 30 failed logins. The names in the chart take 100.0 %.',
        ja: 'sshで試されたroot以外の名前の筆頭は「(空文字列)」で、失敗30回のうち5回です。図に示した名前を合わせると100.0 %を占めます。',
      },
    ],
    hides: [{ en: 'Half of', ja: '試行の半分' }],
  },
  {
    name: 'one score makes no share',
    section: 'risk-scores',
    findings: {
      'risk-scores-home.total': '12',
      'risk-scores-home.scored': '1',
      'risk-scores-home.below_50_share': '1.0000',
      'risk-scores-home.from_90_share': '0.0000',
    },
    says: [
      {
        en: 'The home country: a score is known of 1 of 12 banned addresses, which is too few to speak of shares.',
        ja: '自国の接続元では、BANされた12アドレスのうちスコアの付いたものは1アドレスと少なく、割合は判断できません。',
      },
    ],
    hides: [
      { en: '100.0 %', ja: '100.0 %' },
      { en: 'country: a score is known of 1 of 12 banned addresses;', ja: '国内' },
    ],
  },
  {
    name: 'a few scores call no hosts benign',
    section: 'risk-scores',
    findings: { 'risk-scores.scored': '19', 'risk-scores.below_50_share': '1.0000' },
    says: [],
    hides: [{ en: 'rather', ja: '過半' }],
  },
  {
    name: 'a month stands out of half a year at least; one list is told where there is no second',
    section: 'rejects-by-month',
    findings: {
      'rejects-by-month.total': '11',
      'rejects-by-month.list_1': 'bl.spamcop.net',
      'rejects-by-month.list_2': null,
      'rejects-by-month.rbl_1_total': '1',
      'rejects-by-month.spike_months': null,
      'rejects-by-month.spikes': '0',
      'rejects-by-month.usual_rejects': null,
    },
    says: [
      {
        en: 'Because of a block list or of the client’s host name, postfix refused or warned 11 times; bl.spamcop.net accounts for 1.',
        ja: 'RBLまたは接続元のホスト名を理由とするpostfixの拒否と警告は合計11件で、そのうちbl.spamcop.netによるものが1件です。',
      },
      {
        en: 'Too few months are covered to tell whether one stands out.',
        ja: '記録のある月が少なく、突出した月があるかどうかは判断できません。',
      },
    ],
    hides: [{ en: 'No month', ja: '突出した月はありません' }],
  },
  {
    name: 'settings are told of jails that banned',
    section: 'settings',
    findings: { 'ssh-bans-by-month.total': '1', 'postfix-bans-by-month.total': null },
    says: [
      {
        en: 'The article takes the ssh jail to ban for 360,000 seconds after 3 failures within 1,800 seconds, by the settings in site.json or else the usual ones of banbook.',
        ja: 'この記事は、site.jsonの設定(なければbanbookの既定値)により、ssh用のjailが1,800秒以内に3回失敗したアドレスを360,000秒間BANするものとしています。',
      },
    ],
    hides: [{ en: 'mail jail', ja: 'メール用' }],
  },
  {
    name: 'settings that were given go before those that nobody gave',
    section: 'settings',
    findings: {},
    bans: { ...defaultSite.bans, sshd: { bantime: 1, findtime: 600, maxretry: 1 } },
    says: [
      {
        en: 'The article takes the ssh jail to ban for 1 second after 1 failure within 600 seconds, by the settings in site.json or else the usual ones of banbook.',
        ja: 'この記事は、site.jsonの設定(なければbanbookの既定値)により、ssh用のjailが600秒以内に1回失敗したアドレスを1秒間BANするものとしています。',
      },
    ],
  },
  {
    name: 'settings that differ from jail to jail are not those of the ssh jail',
    section: 'settings',
    findings: {},
    bans: {
      ...defaultSite.bans,
      sshd: { bantime: 3600, findtime: 600, maxretry: 5 },
      'sshd-ddos': { bantime: -1, findtime: 600, maxretry: 5 },
    },
    says: [],
    hides: [{ en: 'ssh jail', ja: 'ssh用' }],
  },
  {
    name: 'settings of an input without bans are none',
    section: 'settings',
    findings: {
      'ssh-bans-by-month.total': null,
      'postfix-bans-by-month.total': '0',
      'ban-table-by-month.total': null,
    },
    says: [],
    hides: [
      { en: 'jail', ja: 'jail' },
      { en: 'Another setting', ja: '設定が変われば' },
    ],
  },
  {
    name: 'the article of 2019 is that of the forged year',
    section: 'settings',
    findings: {},
    says: [
      {
        en: 'The article of this year, published before, disagrees with itself: its ban time is 36,000 seconds in the text, 360,000 seconds in the configuration and 10 days in words, and its period ends on 2019-11-31, a date that does not exist.',
        ja: '同じ年を扱った元の記事には食い違いがあります。BANの長さは本文では36,000秒、設定ファイルでは360,000秒、別の説明では10日とされ、集計期間の終わりは2019-11-31という存在しない日付です。',
      },
    ],
  },
  {
    name: 'another server of that year has nothing to do with the article of 2019',
    section: 'settings',
    findings: {},
    synthetic: false,
    says: [],
    hides: [{ en: 'disagrees', ja: '食い違い' }],
  },
  {
    name: 'the title of a year is that of a year',
    section: 'head',
    findings: {},
    period: year,
    says: [
      {
        en: 'Who has been knocking on this server?',
        ja: 'このサーバには誰が来ていたのか — 不正アクセスの一年',
      },
    ],
  },
  {
    name: 'one day is no year, and is named once',
    section: 'head',
    findings: {},
    period: day,
    says: [
      {
        en: 'Who has been knocking on this server?',
        ja: 'このサーバには誰が来ていたのか — 不正アクセスの記録',
      },
      {
        en: 'Counted is what the records tell of one day, 2026-11-26; local times are in Asia/Tokyo. Each number comes from findings.csv and can be followed back to the lines of a log.',
        ja: '集計の対象は2026-11-26の一日の記録で、時刻はAsia/Tokyoのものです。数値はすべてfindings.csvによるもので、元のログの行までさかのぼって確かめられます。',
      },
    ],
  },
];
