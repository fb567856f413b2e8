/** What one line of a log says, for those who count: the truth and the daily reports. */
export type Fact =
  /** A wrong password of ssh; `exists` as the line words it. */
  | {
      readonly of: 'ssh-failed';
      readonly account: string;
      readonly exists: boolean;
      readonly address: string;
    }
  | { readonly of: 'ssh-invalid'; readonly account: string; readonly address: string }
  /** pam_unix, once a connection; the account is null where PAM does not know it. */
  | { readonly of: 'pam-failed'; readonly account: string | null; readonly address: string }
  /** pam_unix asked for an account that does not exist. */
  | { readonly of: 'pam-unknown' }
  | {
      readonly of: 'ssh-accepted';
      readonly account: string;
      readonly address: string;
      readonly intruder: boolean;
    }
  | { readonly of: 'session-opened'; readonly account: string }
  | { readonly of: 'ssh-disconnect'; readonly reason: string }
  | { readonly of: 'no-ident'; readonly address: string }
  | { readonly of: 'sshd-killed' | 'sshd-started' }
  | { readonly of: 'smtp-connect'; readonly address: string; readonly name: string }
  | { readonly of: 'smtp-disconnect' | 'mail-delivered' }
  | { readonly of: 'smtp-lost'; readonly after: string }
  | {
      readonly of: 'sasl-failed';
      readonly mechanism: string;
      readonly address: string;
      readonly name: string;
    }
  | { readonly of: 'rbl'; readonly list: string; readonly address: string; readonly name: string }
  | { readonly of: 'relay' | 'unknown-user'; readonly address: string; readonly name: string }
  /** Reverse name that leads nowhere (No Service) or elsewhere (No Address). */
  | { readonly of: 'no-service' | 'no-address'; readonly address: string }
  /** One connection of IMAP or POP3 with its failed tries. */
  | {
      readonly of: 'mailbox-failed';
      readonly protocol: 'imap' | 'pop3';
      readonly account: string;
      readonly address: string;
      readonly tries: number;
    }
  | { readonly of: 'mailbox-idle' }
  | { readonly of: 'mailbox-login'; readonly account: string; readonly address: string }
  | { readonly of: 'mailbox-logout' }
  | { readonly of: 'dropped'; readonly address: string; readonly port: number };
