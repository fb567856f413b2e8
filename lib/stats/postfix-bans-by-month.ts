import { bansByMonth } from './bans-by-month.js';

export const postfixBansByMonth = bansByMonth('smtp', {
  id: 'postfix-bans-by-month',
  title: { en: 'Postfix bans by month', ja: 'postfixのBAN件数(月別)' },
  question: {
    en: 'How often was an address banned for guessing mail passwords (SMTP-AUTH), month by month?',
    ja: 'SMTP認証の失敗によるBANは、月ごとに何件あったか。',
  },
  definition: {
    en: "Number of bans by the postfix jails, by month of the local time of the ban; counted in the ban mails, or in fail2ban's log where no mail reports any.",
    ja: 'postfix用のjailによるBANの件数を、BANされた現地時刻の月ごとに数えたもの(BAN通知メールで数え、メールが1通もない場合はfail2banのログで数える)。',
  },
});
