import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { AddressTally } from '../../lib/frames/address-tally.js';
import { PieceSink } from '../../lib/frames/piece-sink.js';
import { readMail, readMailbox } from '../../lib/frames/read-mail.js';
import { PlainBanMails } from '../../lib/parsers/plain-ban-mail.js';
import { defaultSite } from '../../lib/site.js';
import { mailsOf, placesOfMails, tidyBytes } from '../../lib/sources/read-mails.js';
import { zoneClock } from '../../lib/zone.js';
import { writeMailbox } from '../bench/write-mailbox.js';
import { mutations, randomOf } from '../fuzz/mutate.js';
import { scratch } from '../scratch.js';

// Ban mails are taken from their bytes where they are as fail2ban writes them; the general way is the oracle.

const zone = zoneClock('Europe/Berlin');
const seed = 20_181_201;

async function readingOf(read: (sink: PieceSink) => Promise<void>) {
  const sink = new PieceSink('source', defaultSite);
  await read(sink);
  const { frames, addresses, ...told } = sink.result(0);
  const seen = new AddressTally();
  seen.addPacked(addresses);
  const texts = Object.values(frames).map(
    ({ bytes, rows }) => [Buffer.from(bytes).toString(), rows] as const,
  );
  return { ...told, texts, seen: [...seen.sorted()] };
}

async function assertSame(bytes: Buffer, what: string): Promise<void> {
  const quick = await readingOf((sink) =>
    readMailbox(bytes, { first: 1, omitted: 0, omittedBytes: 0 }, zone, sink),
  );
  const general = await readingOf(async (sink) => {
    for (const mail of mailsOf(bytes, 1)) await readMail(mail, zone, sink);
  });
  assert.deepEqual(quick, general, what);
}

function taken(bytes: Buffer): number {
  const tidied = tidyBytes(bytes, true);
  const plain = new PlainBanMails(tidied);
  return [...placesOfMails(tidied)].filter((place) => plain.at(place) !== null).length;
}

const folder = new URL('../fixtures/ban-mail/', import.meta.url).pathname;
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.mbox'))
  .map((file) => ({ name: file, bytes: readFileSync(join(folder, file)) }));
/** Mails as a server gathers them: most by sendmail-whois, some by -whois-lines, a few in another encoding. */
async function forge(t: TestContext, mails: number): Promise<Buffer> {
  const path = join(scratch(t), 'mbox');
  await writeMailbox(path, mails);
  return readFileSync(path);
}

test('the mails of every action are read as by the general way', async (t) => {
  const forged = await forge(t, 400);
  for (const { name, bytes } of fixtures) await assertSame(bytes, name);
  await assertSame(forged, 'forged');
  assert.ok(taken(forged) > 350);
  assert.ok(fixtures.some(({ bytes }) => taken(bytes) > 0));
});

test('… and with what can happen to a mailbox', async (t) => {
  const random = randomOf(seed);
  const few = await forge(t, 7);
  for (const [how, mutate] of Object.entries(mutations))
    for (const { name, bytes } of [...fixtures, { name: 'forged', bytes: few }])
      await assertSame(mutate(bytes, random, few), `${name}: ${how}`);
});

const mail = `From fail2ban@host1.example Sat Dec  1 00:03:11 2018
Received: by host1.example (Postfix, from userid 0)
\tid 3FBEB694A5; Sat, 01 Dec 2018 00:03:12 +0900
Subject: [Fail2Ban] sshd: banned 192.0.2.1 from host1.example
Date: Sat, 01 Dec 2018 00:03:11 +0900
Message-Id: <1@host1.example>
Content-Type: text/plain; charset=utf-8

Hi,

The IP 192.0.2.1 has just been banned by Fail2Ban after
5 attempts against sshd.


Here is more information about 192.0.2.1 :

inetnum:        192.0.2.0 - 192.0.2.255
netname:        EXAMPLE-NET
country:        de
source:         RIPE

Lines containing failures of 192.0.2.1
first
\t
last

Regards,

Fail2Ban

`;

/** What another server, client or person may write in its place. */
const variants: readonly (readonly [string, string])[] = [
  ['', ''],
  ['Subject:', 'SUBJECT:'],
  ['Subject:', 'Subject :'],
  ['Subject: ', 'Subject:\n '],
  ['Subject: ', 'Subject: lunch\nSubject: '],
  ['[Fail2Ban]', '[list] [Fail2Ban]'],
  ['[Fail2Ban]', '[fail2ban]'],
  ['[Fail2Ban]', 'Fwd: [Fail2Ban]'],
  [' from host1.example\nDate', '\nDate'],
  ['from host1.example\nDate', 'from h\u00f6st\nDate'],
  [': banned', ': banned 192.0.2.9 from x: banned'],
  ['Date: ', 'Date: Sun, 02 Dec 2018 00:03:11 +0900\nDate: '],
  ['Date: Sat', 'Date: \u571f'],
  ['11 +0900\nMessage', '11 GMT\nMessage'],
  ['11 +0900\nMessage', '11 PDT\nMessage'],
  ['11 +0900\nMessage', '11 JST\nMessage'],
  ['Date: Sat, 01 Dec', 'Date: Sun, 31 Feb'],
  ['Message-Id: <1@host1.example>', 'Message-Id:\n <1@host1.example>'],
  ['Message-Id: <1@host1.example>', 'message-id: <\u00e9@host1.example>'],
  ['Message-Id: <1@host1.example>\n', ''],
  ['utf-8', 'us-ascii'],
  ['utf-8', 'iso-8859-15'],
  ['utf-8', 'iso-2022-jp'],
  ['text/plain', 'text/html'],
  ['text/plain', 'multipart/mixed; boundary=x'],
  ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
  ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8BIT'],
  ['Content-Type: text/plain; charset=utf-8', 'Content-Disposition: inline'],
  ['Content-Type: text/plain; charset=utf-8', 'X-Synthetic:'],
  ['Content-Type: text/plain; charset=utf-8', 'no header'],
  ['Hi,', 'Hi all,'],
  ['The IP', 'the ip'],
  ['192.0.2.1 has', '2001:DB8::1 has'],
  ['192.0.2.1 has', '::ffff:192.0.2.1 has'],
  ['192.0.2.1 has', '192.0.2.256 has'],
  ['5 attempts', '5000000000 attempts'],
  ['sshd.\n', 'sshd..\n'],
  ['sshd.\n', '.\n'],
  ['sshd.\n', 'sshd \n'],
  ['sshd.\n', 'sshd'],
  ['EXAMPLE-NET', '\u4f8b'],
  ['EXAMPLE-NET', '\u001b$BNc\u001b(B'],
  ['EXAMPLE-NET', 'A\rB'],
  ['EXAMPLE-NET', ' \u00a0'],
  ['netname: ', 'NetName\t: '],
  ['netname: ', '[ \u00b0 ]\na. [Network Name] '],
  ['country:        de', 'country:        de # since 2010\ncountry: FR'],
  ['netname:', 'Example ISP EX-ISP (NET-192-0-2-0-1) 192.0.2.0 - 192.0.2.255\nnetname:'],
  ['Here is', 'Here are'],
  ['192.0.2.1 :', '192.0.2.1 \u2028:'],
  ['Lines containing failures of 192.0.2.1', 'Matches:'],
  ['Lines containing failures of 192.0.2.1', 'Lines containing failures of 192.0.2.1\u2028more'],
  ['\t\nlast', '\u00a0\n>From last\n>>From last\nFrom last'],
  ['Regards,\n', 'Regards, \n'],
  ['Regards,\n\nFail2Ban\n\n', ''],
  ['Regards,\n\nFail2Ban\n\n', 'Regards,'],
  ['source:', `${'x'.repeat(66_000)}:`],
  ['source:', `${'source: x\n'.repeat(7000)}:`],
];

test('… and with what else may stand in it', async () => {
  let quick = 0;
  for (const [from, to] of variants)
    for (const encoding of ['utf8', 'latin1'] as const) {
      const bytes = Buffer.from(`${mail.replace(from, to)}${mail}`, encoding);
      assert.ok(from === '' || mail.includes(from), from);
      await assertSame(bytes, `${from} → ${to}`);
      quick += taken(bytes);
    }
  // Each second mail is as it should be, but for what the first may do to it.
  assert.ok(quick > 1.9 * variants.length && quick < 4 * variants.length, `${quick}`);
});

/** Bytes that mean something somewhere in a mail. */
const odd = [0, 9, 10, 13, 27, 32, 45, 46, 47, 58, 62, 70, 72, 76, 82, 91, 99, 128, 195, 255];

test('… and with single bytes changed, put in and taken out', async (t) => {
  const forged = await forge(t, 100);
  const random = randomOf(seed + 1);
  const below = (end: number): number => Math.floor(random() * end);
  const mails = [...placesOfMails(forged)].map(({ start, end }) => forged.subarray(start, end));
  for (let round = 0; round < 1500; round++) {
    const bytes = Buffer.from(mails[below(mails.length)] ?? '');
    // Most of what is looked at stands at the begin.
    const place = (): number => below(round % 2 === 0 ? 900 : bytes.length);
    const made = [...bytes];
    for (let n = 0; n < 3; n++)
      made.splice(place(), below(2), ...[odd[below(odd.length)] ?? 0].slice(0, below(2)));
    await assertSame(Buffer.from(made), Buffer.from(made).toString('latin1').slice(0, 1200));
  }
});

test('… wherever a mailbox is cut off', async (t) => {
  const forged = await forge(t, 2);
  const [first, second] = [...placesOfMails(forged)];
  for (let end = first?.end ?? 0; end < (second?.end ?? 0); end += 7)
    await assertSame(forged.subarray(0, end), `${end}`);
});
