import { bansByMonth } from './bans-by-month.js';

export const sshBansByMonth = bansByMonth('ssh', {
  id: 'ssh-bans-by-month',
  title: { en: 'SSH bans by month', ja: 'sshのBAN件数(月別)' },
  question: {
    en: 'How often was an address banned for trying ssh, month by month?',
    ja: 'sshへの不正な試行によるBANは、月ごとに何件あったか。',
  },
  definition: {
    en: "Number of bans by the ssh jails, by month of the local time of the ban; counted in the ban mails, or in fail2ban's log where no mail reports any.",
    ja: 'ssh用のjailによるBANの件数を、BANされた現地時刻の月ごとに数えたもの(BAN通知メールで数え、メールが1通もない場合はfail2banのログで数える)。',
  },
});
