import type { DayCounts, Tally } from './day-counts.js';

const width = 100;
const number = (value: number): string => String(value).padStart(8);
const summary = (value: number, title: string, right: string): string =>
  `${number(value)}   ${title}${right.padStart(Math.max(1, 50 - title.length))}`;
const counted = (value: number, title: string): string => summary(value, title, String(value));
const percent = (part: number, all: number): string => `${((100 * part) / all).toFixed(2)}%`;
const rule = `--------   ${'-'.repeat(50)}`;
const doubleRule = `========   ${'='.repeat(50)}`;
const ruled = (title: string): string => title + '*'.repeat(width - title.length);

/** The section Postfix as postfix-logwatch prints it: a summary, and a detail of what it counts. */
export function postfixLines({ numbers, sasl, rbl, lost }: DayCounts): string[] {
  const count = (of: string): number => numbers.get(of) ?? 0;
  const misnamed = count('no-service') + count('no-address');
  const rejects = [
    ['5xx Reject relay denied', count('relay')],
    ['5xx Reject unknown user', count('unknown-user')],
    ['5xx Reject RBL', rbl.total],
  ] as const;
  const rejected = rejects.reduce((sum, [, value]) => sum + value, 0);
  const accepted = count('mail-delivered');
  const all = accepted + rejected;
  const some = (lines: readonly (readonly [number, string])[]): string[] => {
    const found = lines.filter(([value]) => value > 0).map(([value, title]) => counted(value, title));
    return found.length === 0 ? [] : [...found, ''];
  };
  return [
    ruled('****** Summary '),
    '',
    ...some([[sasl.total, 'SASL authentication failed']]),
    ...(all === 0
      ? []
      : totals(
          [
            ['Accepted', accepted],
            ['Rejected', rejected],
          ],
          'Total',
          all,
        )),
    ...(rejected === 0 ? [] : totals(rejects, 'Total 5xx Rejects', rejected)),
    ...some([
      [count('smtp-connect'), 'Connections'],
      [lost.total, 'Connections lost (inbound)'],
      [count('smtp-disconnect'), 'Disconnections'],
      [accepted, 'Removed from queue'],
      [accepted, 'Delivered'],
    ]),
    ...some([[misnamed, 'Hostname verification errors (FCRDNS)']]),
    ruled('****** Detail (10) '),
    '',
    ...detail('SASL authentication failed', sasl, reason),
    ...detail('5xx Reject RBL', rbl, (list) => list),
    ...detail('Connections lost (inbound)', lost, (after) => `After ${after}`),
    ...detailOf(
      'Hostname verification errors (FCRDNS)',
      misnamed,
      [
        [count('no-service'), 'Name or service not known'] as const,
        [count('no-address'), 'Address not listed for hostname'] as const,
      ].filter(([value]) => value > 0),
    ),
  ];
}

const reason = (mechanism: string): string =>
  mechanism === 'LOGIN' ? 'LOGIN: UGFzc3dvcmQ6' : `${mechanism}: authentication failure`;

const totals = (parts: readonly (readonly [string, number])[], title: string, all: number): string[] => [
  ...parts.filter(([, value]) => value > 0).map(([name, value]) => summary(value, name, percent(value, all))),
  rule,
  summary(all, title, '100.00%'),
  doubleRule,
  '',
];

const detail = (title: string, tally: Tally, label: (key: string) => string): string[] =>
  detailOf(
    title,
    tally.total,
    tally.falling().map(([key, count]) => [count, label(key)] as const),
  );

function detailOf(title: string, total: number, lines: readonly (readonly [number, string])[]): string[] {
  if (total === 0) return [];
  const head = `${number(total)}   ${title} `;
  return [
    head + '-'.repeat(width - head.length),
    ...lines.map(([value, text]) => `${number(value)}      ${text}`),
    '',
  ];
}

/** The section dovecot: logins by user and source, and how the other connections ended. */
export function dovecotLines({ mailboxes, mailboxFailures }: DayCounts): string[] {
  const logins = [...mailboxes].flatMap(([account, from]) => [
    `${String(from.total).padStart(6)} ${account} (${from.total} IMAP)`,
    ...from.falling().map(([address, count]) => `${String(count).padStart(10)} ${address}`),
  ]);
  const ends = mailboxFailures.falling().map(([text, count]) => `${String(count).padStart(6)} ${text}`);
  return [
    ...(logins.length === 0
      ? []
      : [`Dovecot IMAP and POP3 Successful Logins: ${mailboxes.total}`, ...logins, '']),
    ...(ends.length === 0 ? [] : [`Dovecot disconnects: ${mailboxFailures.total} Total`, ...ends, '']),
  ];
}
