/**
 * What each calendar month has of a year, January first. The article gives totals and shapes: ssh bans rise from the
 * end of 2018 and fall sharply after 2019-05, mail bans rise as they fall, zen.spamhaus.org has peaks in June and
 * October. Its figures by month were published as pictures only, so these are invented.
 */

/** ssh bans of the article's year, 2018-12-01 to 2019-11-30. */
export const bansOfTheYear = 65_507;

/** Share of the year's ssh bans. */
export const sshShare = [0.085, 0.095, 0.115, 0.135, 0.16, 0.075, 0.065, 0.06, 0.05, 0.047, 0.043, 0.07];

/**
 * Part of the ssh bans whose address has a host name. The article says 43 % in all, and 39 to 43 % by month: unrounded,
 * no month below 43 % may then be above it. As rounded percentages both hold when most months are a little above 43 %.
 */
export const namedShare = [0.433, 0.425, 0.433, 0.433, 0.433, 0.433, 0.433, 0.433, 0.41, 0.4, 0.39, 0.433];

/** Events of a month in a year of scale 1. */
export const monthly = {
  /** Bans of the postfix jail. */
  mailBans: [130, 150, 170, 200, 250, 390, 460, 520, 570, 630, 690, 120],
  zen: [700, 680, 740, 760, 790, 4300, 980, 900, 940, 3700, 860, 650],
  spamcop: [90, 85, 95, 100, 110, 420, 140, 130, 120, 360, 115, 80],
  noService: [520, 500, 560, 540, 580, 610, 640, 620, 600, 660, 590, 480],
  noAddress: [210, 200, 230, 220, 240, 260, 280, 270, 250, 290, 260, 190],
  otherRejects: [120, 110, 130, 120, 125, 140, 150, 145, 135, 150, 140, 110],
  /** Connections that guess passwords of mailboxes, IMAP or POP3. */
  mailboxGuesses: [900, 930, 980, 1050, 1150, 1500, 1750, 1900, 2050, 2200, 2300, 850],
  /** Single tries of SMTP-AUTH that no jail sees twice in time. */
  smtpTries: [320, 340, 360, 400, 460, 640, 760, 820, 880, 960, 1020, 300],
  /** Packets to the remote desktop that the firewall drops. */
  drops: [2100, 2000, 2200, 2150, 2300, 2900, 2700, 2600, 2500, 2600, 2400, 1900],
} as const;
export type MonthlyKind = keyof typeof monthly;

/** Events of the kinds that come with ssh bans, for one of them. */
export const perBan = { brief: 0.2, slow: 0.006, scan: 0.1 } as const;
