/**
 * The one place that names frames and columns: type, unit, meaning. Row types, CSV casts, the engine's
 * tables and datapackage.json derive from it. Names follow fail2ban and the Elastic Common Schema where
 * a term exists. A null is a missing value; it is never zero and never the empty string.
 */
export interface Column {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'datetime' | 'date';
  readonly meaning: string;
  /** True where the column always has a value. */
  readonly required?: true;
  /** The closed list of values, where there is one. */
  readonly values?: readonly string[];
}

export interface FrameSchema {
  /** What one row is. */
  readonly row: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const provenance = {
  source: { type: 'string', required: true, meaning: 'id of the input file, see the sources frame' },
  line: {
    type: 'integer',
    required: true,
    meaning: 'line number in that file, from 1, after decompression; of a mail, the line where it begins',
  },
  count: {
    type: 'integer',
    required: true,
    meaning: 'how many events the line stands for (message repeated N times)',
  },
} as const satisfies Record<string, Column>;

const when = {
  time: { type: 'datetime', required: true, meaning: 'UTC, ISO 8601 with Z' },
  local_time: {
    type: 'datetime',
    required: true,
    meaning: 'the same instant on the wall clock of the analysis zone',
  },
  time_flag: {
    type: 'string',
    values: ['repeated', 'skipped'],
    meaning:
      'repeated: the stamp has no offset and the clock showed it twice that day (set back), the first is taken; skipped: the clock never showed it (set forward)',
  },
} as const satisfies Record<string, Column>;

export const authEvents = [
  'failed',
  'invalid_user',
  'accepted',
  'pam_failure',
  'not_allowed',
  'max_attempts',
  'disconnected',
  'closed',
  'no_identification',
  'bad_protocol',
  'negotiation_failed',
  'timeout',
  'passdb_failure',
  'aborted',
  'no_attempt',
  'tls_failed',
] as const;

const services = ['ssh', 'smtp', 'imap', 'pop3', 'sieve', 'mail', 'other'] as const;

/** Which check of postfix refused, by the words of its reply or warning. */
export const rejectReasons = [
  'rbl',
  'no_service',
  'no_address',
  'relay',
  'unknown_user',
  'sender',
  'helo',
  'client',
  'rate',
  'greylist',
  'protocol',
  'content',
  'other',
] as const;

/** What asking for the host name of an address gave; a name is there with the first two. */
export const nameStatuses = ['confirmed', 'unconfirmed', 'none', 'timeout', 'refused', 'error'] as const;

/** A part of the risk score, as the source of the score gives it. */
const indicator = (meaning: string) => ({ type: 'number', meaning: `${meaning}, 0 to 100` }) as const;

export const schema = {
  auth: {
    row: 'one authentication event of a log line',
    columns: {
      ...when,
      host: { type: 'string', meaning: 'server that wrote the line' },
      service: {
        type: 'string',
        required: true,
        values: services,
        meaning:
          'service; mail: dovecot does not say which of imap and pop3; other: a PAM service, see method',
      },
      event: { type: 'string', required: true, values: authEvents, meaning: 'what happened' },
      account: {
        type: 'string',
        meaning: 'account that was tried; the empty string is a name that was tried',
      },
      account_exists: { type: 'boolean', meaning: 'false when the line says the account is unknown' },
      address: { type: 'string', meaning: 'source IP address' },
      name: {
        type: 'string',
        meaning:
          'host name: in place of the address, or the one that the mail server verified; empty for unknown',
      },
      port: { type: 'integer', meaning: 'source port' },
      method: { type: 'string', meaning: 'authentication method as logged: password, publickey, none, …' },
      seconds: { type: 'integer', meaning: 'how long the client tried, where the line says so' },
      pid: { type: 'integer', meaning: 'process id of the daemon' },
      joined_line: {
        type: 'integer',
        meaning:
          'line of the same connection (host and pid) from which address or account are, when this line lacks them',
      },
      ...provenance,
    },
  },
  bans: {
    row: 'one thing that fail2ban did: a ban, its end, a failure found, a start or stop of a jail',
    columns: {
      ...when,
      host: { type: 'string', meaning: 'server that sent the mail or wrote the line' },
      jail: { type: 'string', required: true, meaning: 'fail2ban jail' },
      service: {
        type: 'string',
        values: ['ssh', 'smtp', 'imap', 'pop3'],
        meaning: 'service of the jail by the site settings; empty when they do not name the jail',
      },
      event: {
        type: 'string',
        required: true,
        values: ['ban', 'unban', 'restore', 'increase', 'found', 'already_banned', 'start', 'stop'],
        meaning: 'what happened; restore: banned again at a start; increase: the ban was made longer',
      },
      address: { type: 'string', meaning: 'banned IP address' },
      failures: { type: 'integer', meaning: 'attempts that fail2ban counted before the ban' },
      log_lines: { type: 'integer', meaning: 'log lines that the mail quotes; empty when it quotes none' },
      via: {
        type: 'string',
        required: true,
        values: ['mail', 'log', 'syslog'],
        meaning: "where it was seen: fail2ban's mail, its own log file, syslog or the journal",
      },
      whois_country: { type: 'string', meaning: 'country in the whois text of the mail, as of the ban' },
      whois_netname: { type: 'string', meaning: 'network name in the whois text' },
      whois_range: { type: 'string', meaning: 'address range in the whois text' },
      ...provenance,
    },
  },
  rejects: {
    row: 'one connection, sender or recipient that postfix refused or warned of',
    columns: {
      ...when,
      host: { type: 'string', meaning: 'server that wrote the line' },
      action: {
        type: 'string',
        required: true,
        meaning:
          'as logged: reject, reject_warning, warn, hold, discard, milter-reject, …; warning for host name warnings',
      },
      stage: { type: 'string', meaning: 'as logged: CONNECT, HELO, MAIL, RCPT, DATA, END-OF-MESSAGE, …' },
      reason: { type: 'string', required: true, values: rejectReasons, meaning: 'which check refused' },
      code: { type: 'integer', meaning: 'SMTP reply code, RFC 5321' },
      status: { type: 'string', meaning: 'enhanced status code, RFC 3463' },
      list: { type: 'string', meaning: 'domain of the block list that decided' },
      address: { type: 'string', meaning: 'client IP address' },
      name: { type: 'string', meaning: 'client host name as postfix has it; empty for unknown' },
      helo: { type: 'string', meaning: 'what the client called itself' },
      pid: { type: 'integer', meaning: 'process id of the daemon' },
      ...provenance,
    },
  },
  reports: {
    row: 'one figure of one logwatch report',
    columns: {
      date: { type: 'date', meaning: 'local date that the report is of' },
      host: { type: 'string', meaning: 'server that the report is of' },
      section: {
        type: 'string',
        required: true,
        meaning: 'as the report heads it: SSHD, pam_unix, Postfix, …',
      },
      table: { type: 'string', required: true, meaning: 'heading within the section, in snake case' },
      key: { type: 'string', meaning: 'what is counted: an account, a jail, an address as written' },
      address: { type: 'string', meaning: 'IP address, where the figure is of one' },
      value: { type: 'number', required: true, meaning: 'the figure' },
      ...provenance,
    },
  },
  addresses: {
    row: 'one source address',
    columns: {
      address: { type: 'string', required: true, meaning: 'IP address, canonical text' },
      version: { type: 'integer', required: true, meaning: '4 or 6' },
      country: { type: 'string', meaning: 'ISO 3166-1 alpha-2; empty for private and unknown addresses' },
      country_reason: {
        type: 'string',
        values: ['private', 'reserved', 'unknown'],
        meaning: 'why there is no country; reserved: for documentation, multicast and other special purposes',
      },
      country_source: { type: 'string', meaning: 'data that was asked' },
      country_as_of: { type: 'date', meaning: 'date of that data' },
      mmdb_country: { type: 'string', meaning: 'country by the MaxMind file that GEO_MMDB names' },
      mmdb_source: { type: 'string', meaning: 'kind of that file, as it says' },
      mmdb_as_of: { type: 'date', meaning: 'date of that file' },
      as_number: { type: 'integer', meaning: 'autonomous system by the MaxMind file that ASN_MMDB names' },
      as_organization: { type: 'string', meaning: 'its organization' },
      name: { type: 'string', meaning: 'host name; empty without one, and where it was never asked for' },
      name_status: {
        type: 'string',
        values: nameStatuses,
        meaning:
          'confirmed: the name leads back to the address; unconfirmed: it does not; none: there is none; timeout, refused, error: no answer; empty: never asked',
      },
      name_source: {
        type: 'string',
        values: ['mail server log', 'sshd log', 'dns'],
        meaning: 'who says so: a server that looked it up at the time, or reverse DNS that banbook asked',
      },
      name_asked_at: { type: 'datetime', meaning: 'when the name was looked up, UTC' },
      first_seen: { type: 'datetime', required: true, meaning: 'first event or ban, UTC' },
      last_seen: { type: 'datetime', required: true, meaning: 'last event or ban, UTC' },
    },
  },
  risk: {
    row: 'one host name (or address) for which a risk score was asked',
    columns: {
      name: { type: 'string', meaning: 'host name that was asked for' },
      address: {
        type: 'string',
        meaning: 'IP address, where the source is asked for addresses; then no name',
      },
      status: {
        type: 'string',
        required: true,
        values: ['scored', 'no_score', 'error'],
        meaning: 'no_score: the source answered and has none; error: no answer, see error',
      },
      risk_score: { type: 'number', meaning: '0 to 100, 100 the worst' },
      blocked: { type: 'boolean', meaning: 'true when the source blocks it; its score is then 100' },
      geo_popularity: indicator('how unusual the countries are from which it is asked for'),
      keyword: indicator('words within it'),
      lexical: indicator('its letters'),
      popularity_1_day: indicator('how seldom it was asked for within a day'),
      popularity_7_day: indicator('within 7 days'),
      popularity_30_day: indicator('within 30 days'),
      popularity_90_day: indicator('within 90 days'),
      tld_rank: indicator('its top-level domain'),
      asked_at: { type: 'datetime', required: true, meaning: 'when it was asked for, UTC' },
      api: {
        type: 'string',
        required: true,
        meaning: 'who was asked: investigate v2, investigate legacy, simulator, blocklist',
      },
      error: {
        type: 'string',
        meaning: 'why there is no answer: HTTP 503, timeout, …; with no_score HTTP 404 where that said so',
      },
    },
  },
  sources: {
    row: 'one input file',
    columns: {
      id: {
        type: 'string',
        required: true,
        meaning: 'first 12 hex digits of the SHA-256 of its first 4096 bytes of content',
      },
      path: {
        type: 'string',
        required: true,
        meaning: 'relative to this folder when inside the project, else absolute',
      },
      kind: {
        type: 'string',
        required: true,
        values: ['log', 'journal', 'mbox', 'mail', 'report', 'unreadable'],
        meaning: 'what it was read as',
      },
      bytes: { type: 'integer', required: true, meaning: 'size on disk' },
      lines: { type: 'integer', required: true, meaning: 'lines read, after decompression' },
      sha256: { type: 'string', meaning: 'of the file on disk, as sha256sum prints it' },
      first_time: { type: 'datetime', meaning: 'earliest stamp, UTC' },
      last_time: { type: 'datetime', meaning: 'latest stamp, UTC' },
      year_rule: { type: 'string', meaning: 'how stamps without a year got one: rule:evidence' },
      year_certainty: {
        type: 'string',
        values: ['exact', 'strong', 'weak'],
        meaning:
          'exact: the stamps or the user say it; strong: by other stamps, file name or path; weak: by file time, or a line contradicts it',
      },
      zone: { type: 'string', required: true, meaning: 'zone of stamps without an offset' },
      synthetic: {
        type: 'boolean',
        required: true,
        meaning: 'true when the file says that banbook forge made it',
      },
      note: { type: 'string', meaning: 'why the file, or a part of it, was not read' },
    },
  },
  coverage: {
    row: 'the lines of one source, month, class and template; they add up to the lines read',
    columns: {
      source: provenance.source,
      month: { type: 'date', meaning: 'first day of the local month; empty when the line has no stamp' },
      class: {
        type: 'string',
        required: true,
        values: ['event', 'noise', 'unknown', 'malformed'],
        meaning: 'what became of the lines',
      },
      template: {
        type: 'string',
        required: true,
        meaning: 'pattern that matched, or the shape of the unknown line',
      },
      records: { type: 'integer', required: true, meaning: 'log lines or mails' },
      lines: { type: 'integer', required: true, meaning: 'lines; a mail has all of its lines in its class' },
      example: { type: 'integer', required: true, meaning: 'line number of the first of them' },
    },
  },
  days: {
    row: 'one local date that the input covers',
    columns: {
      kind: {
        type: 'string',
        required: true,
        values: ['log', 'mail'],
        meaning:
          'logs cover a date on which they have a line; mailboxes each date from their first mail to their last, but for gaps of more than 31 days',
      },
      date: { type: 'date', required: true, meaning: 'local date' },
      records: { type: 'integer', required: true, meaning: 'log lines or mails of that date' },
    },
  },
  findings: {
    row: 'one number of one statistic',
    columns: {
      statistic: { type: 'string', required: true, meaning: 'id of the statistic' },
      key: { type: 'string', required: true, meaning: 'name of the number' },
      value: { type: 'string', meaning: 'the number, or the name where the finding is one' },
      unit: { type: 'string', meaning: 'unit of the value' },
      n: { type: 'integer', meaning: 'how many rows or events it rests on' },
    },
  },
} as const satisfies Record<string, FrameSchema>;

export type FrameName = keyof typeof schema;

type Cell<C extends Column> = C['type'] extends 'integer' | 'number'
  ? number
  : C['type'] extends 'boolean'
    ? boolean
    : C extends { values: readonly (infer V)[] }
      ? V
      : string;

/** One row of a frame. Times and dates are text: `2019-06-01T12:00:00Z`, local times without the Z, `2019-06-01`. */
export type Row<F extends FrameName> = {
  -readonly [K in keyof (typeof schema)[F]['columns']]: (typeof schema)[F]['columns'][K] extends infer C extends
    Column
    ? C extends { required: true }
      ? Cell<C>
      : Cell<C> | null
    : never;
};

export type AuthEvent = (typeof authEvents)[number];
export type Finding = Row<'findings'>;
