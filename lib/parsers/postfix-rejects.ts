import type { Row } from '../schema.js';
import { addressOf } from './address.js';
import type { ParsedMessage, RejectFields } from './parsed.js';

/**
 * What postfix refused or warned of: smtpd (log_whatsup of smtpd_check.c), postscreen, and the header and body
 * checks and milters of cleanup. Wordings of 2.3 to 3.10.
 *
 * Schema: action and stage as logged, reason, code, status, list, address, name (null for `unknown`), helo.
 *
 *     NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 554 5.7.1 <a@b.example>: Relay access denied; from=<c@d.example> to=<a@b.example> proto=ESMTP helo=<e>
 *     NOQUEUE: reject: RCPT from [192.0.2.1]:4242: 550 5.7.1 Service unavailable; client [192.0.2.1] blocked using bl.example; from=<c@d.example>, to=<a@b.example>, proto=ESMTP, helo=<e>
 *     warning: hostname host1.example does not resolve to address 192.0.2.1: Name or service not known
 *
 * smtpd and postscreen write the client before all that a client chose. cleanup writes it behind the header, so
 * where a header or sender looks like a client too, the address is null: which is real cannot be told.
 */
type Reason = Row<'rejects'>['reason'];

// ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────

const action = '(?<action>reject|reject_warning|warn|hold|discard|milter-(?:reject|hold|discard|quarantine))';
const client = String.raw`(?<name>[^\s[\]]*)\[(?<from>[^\s[\]]*)\](?::\d{1,5})?`;

const reject = new RegExp(
  `^${action}: (?<stage>[A-Z][A-Z-]{0,30}(?: content)?) from ${client}: (?<reply>.*)$`,
  's',
);
/** A content filter before the queue said no: its reply is all, and no client stands in it. */
const proxyReject = /^(?<action>proxy-reject): (?<stage>[A-Z][A-Z-]{0,30}): (?<reply>.*)$/s;
/** cleanup_act_log of cleanup_message.c. */
const content =
  /^(?<action>reject|warning|hold|discard): (?<stage>header|body|content) (?<found>.* from (?:local|[^\s[\]]*\[[^\s[\]]*\]);.*)$/s;
const contentClient = /(?: from )([^\s[\]]*)\[([^\s[\]]*)\]; (?:[a-z]+=<|proto=)/g;
/** Actions that let the mail pass. */
const passing =
  /^(?:filter|redirect|prepend|bcc|info|permit|trace|replace|strip|pass|delay|proxy-accept|milter-(?:accept|pass)): .*$/s;

/** Checks by the words of the reply, behind `<what>: `; the first that fits. A check's own name goes before what it
 * found, so "Helo command rejected: need fully-qualified hostname" is helo. */
const reasons: readonly (readonly [Reason, RegExp])[] = [
  ['rbl', /^Service unavailable; .*? using |\bblocked using /i],
  // postscreen after its tests of the protocol, which a client passes only when it comes back (POSTSCREEN_README).
  ['greylist', /gr[ea]y-?list|^Service currently unavailable/i],
  ['protocol', /\bImproper use of SMTP|^Protocol error/i],
  ['rate', /\btoo many |\btoo much mail|\brate limit|\bconcurrency|^all server ports busy/i],
  ['relay', /\brelay access denied|\brelaying denied/i],
  ['sender', /^Sender address rejected/i],
  ['helo', /^Helo command rejected/i],
  ['client', /^(?:Unverified )?Client host rejected|^Client certificate/i],
  [
    'unknown_user',
    /\buser unknown|\bunknown user|\bno such user|^Recipient address rejected: (?:undeliverable|unverified) address/i,
  ],
  ['protocol', /\bneed fully-qualified/i],
  ['content', /\bcontent rejected/i],
];

const list = /(?:^Service unavailable; .*?|\bblocked) using ([\w-]+(?:\.[\w-]+)+)/i;
const reply = /^(?:(?<code>[245]\d\d)(?: |$))?(?:(?<status>[245]\.\d{1,3}\.\d{1,3})(?: |$))?/;
/** What a check is of, which a client chose; up to the first `>: `. */
const subject = /^(?:<(?:[^>]|>(?!: ))*>)?: /s;
const envelope = /; (?:[a-z]+=<|proto=)/;

/** smtpd_peer.c. `verification failed` is the wording up to 2.6; 2.0 had the function before it. */
const hostWarnings = [
  /^hostname (?<name>\S+) does not resolve to address (?<from>[\w:.%]+?)(?:: (?<error>.*))?$/s,
  /^(?<from>\S+): hostname (?<name>\S+) verification failed(?:: (?<error>.*))?$/s,
  /^(?<from>\S+): address not listed for hostname (?<name>\S+)$/s,
];
/** smtpd.c, by the counts of anvil. */
const rateWarning = new RegExp(
  `^(?:[A-Z][A-Za-z ]{0,40}) (?:rate|concurrency) limit exceeded: \\d+ from ${client} for service .*$`,
  's',
);

export const rejectTemplates: readonly string[] = [
  'reject',
  'reject_proxy',
  'reject_content',
  'action_pass',
  'hostname_no_service',
  'hostname_no_address',
  'rate_limit',
];

// ── match ───────────────────────────────────────────────────────────────────────────────────────────────────

/** @param text of a message behind the queue id; @returns null for a wording that no pattern knows */
export function parseReject(text: string): ParsedMessage {
  const found = reject.exec(text)?.groups;
  if (found) return event('reject', { ...ofReply(found), ...ofClient(found.name, found.from) });
  const proxy = proxyReject.exec(text)?.groups;
  if (proxy) return event('reject_proxy', { ...ofReply(proxy), ...ofClient(undefined, undefined) });
  const cleanup = content.exec(text)?.groups;
  if (cleanup) return event('reject_content', ofContent(cleanup));
  return passing.test(text) ? { class: 'noise', template: 'postfix.action_pass' } : null;
}

/** @param text of a message behind `warning: `; @returns null when it is no warning of a client's name or rate */
export function parseHostWarning(text: string): ParsedMessage {
  const said = text.replace(/^smtpd_peer_init: /, '');
  for (const regex of hostWarnings) {
    const found = regex.exec(said)?.groups;
    if (!found) continue;
    // What the resolver says of a name without any address is no_service, by the C library's "Name or service not
    // known" and its like; a name that has addresses, but not this one, is no_address.
    const reason = found.error ? 'no_service' : 'no_address';
    return event(`hostname_${reason}`, { ...warned(reason), ...ofClient(found.name, found.from) });
  }
  const found = rateWarning.exec(text)?.groups;
  return found ? event('rate_limit', { ...warned('rate'), ...ofClient(found.name, found.from) }) : null;
}

const event = (template: string, row: RejectFields): ParsedMessage => ({
  class: 'event',
  template: `postfix.${template}`,
  frame: 'rejects',
  row,
});

// ── shape ───────────────────────────────────────────────────────────────────────────────────────────────────

type Found = Record<string, string | undefined>;

const warned = (reason: Reason) => ({
  action: 'warning',
  stage: null,
  reason,
  code: null,
  status: null,
  list: null,
  helo: null,
  count: 1,
});

const ofClient = (name: string | undefined, from: string | undefined) => ({
  address: from === undefined ? null : addressOf(from),
  name: !name || name === 'unknown' ? null : name,
});

function ofReply(found: Found) {
  const text = found.reply ?? '';
  const head = reply.exec(text);
  const said = text.slice(head?.[0].length ?? 0);
  const end = said.search(envelope);
  const words = (end < 0 ? said : said.slice(0, end)).replace(subject, '');
  const reason = reasonOf(found.action ?? '', words);
  const listed = reason === 'rbl' ? list.exec(words) : null;
  return {
    action: found.action ?? '',
    stage: found.stage ?? null,
    reason,
    code: head?.groups?.code === undefined ? null : Number(head.groups.code),
    status: head?.groups?.status ?? null,
    list: listed?.[1] ?? null,
    helo: end < 0 ? null : heloOf(said),
    count: 1,
  };
}

function reasonOf(action: string, words: string): Reason {
  const [reason = 'other'] = reasons.find(([, regex]) => regex.test(words)) ?? [];
  // A milter judges content, whatever its words, unless it is one that greylists or asks a block list.
  const judged = action.startsWith('milter-') || action === 'proxy-reject';
  return judged && reason !== 'rbl' && reason !== 'greylist' ? 'content' : reason;
}

/** The last field but for a login; the last ` helo=<`, as a sender may look like one. */
function heloOf(text: string): string | null {
  const start = text.lastIndexOf(' helo=<');
  if (start < 0 || !text.endsWith('>')) return null;
  const login = text.lastIndexOf('> sasl_username=<');
  return text.slice(start + 7, login > start ? login : -1);
}

function ofContent(found: Found): RejectFields {
  const text = found.found ?? '';
  const clients = [...text.matchAll(contentClient)];
  const [, name, from] = clients.length === 1 ? (clients[0] ?? []) : [];
  const tail = / helo=<([^<>]*)>(?: sasl_username=<[^<>]*>)?(?:: ([245]\.\d{1,3}\.\d{1,3} )?[^<>]*)?$/.exec(
    text,
  );
  return {
    ...warned('content'),
    action: found.action ?? '',
    stage: found.stage ?? null,
    status: tail?.[2]?.trim() ?? null,
    helo: tail?.[1] ?? null,
    ...ofClient(name, from),
  };
}
