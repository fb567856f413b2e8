import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readFrame } from '../../lib/frames/csv.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const at = (time: string, program: string, text: string) => `2019-06-01T${time}Z host1 ${program}: ${text}\n`;
const sasl = (time: string, client: string) =>
  at(time, 'postfix/smtpd[9]', `warning: ${client}: SASL LOGIN authentication failed: x`);
const pam = (rhost: string) =>
  `pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${rhost}  user=root`;
const failed = (address: string) => `Failed password for root from ${address} port 5 ssh2`;

/** Addresses with the names that the logs give them: name, status, who looked it up, when. */
async function namesIn(t: Parameters<typeof scratch>[0], files: Record<string, string>) {
  const out = join(scratch(t), 'frames');
  await makeFrames([scratch(t, files)], out, defaultSite, { year: null, threads: 1, onProgress: () => {} });
  return Object.fromEntries(
    (await readFrame(out, 'addresses')).map(({ address, name, name_status, name_source, name_asked_at }) => [
      address,
      [name, name_status, name_source, name_asked_at?.slice(11, 19)].join(' '),
    ]),
  );
}

test('postfix: the first name that it verified, or warned of', async (t) => {
  const names = await namesIn(t, {
    maillog:
      sasl('00:00:02', 'late.example[192.0.2.1]') +
      sasl('00:00:01', 'Mail.Example[192.0.2.1]') +
      sasl('00:00:03', 'unknown[192.0.2.2]') +
      at(
        '00:00:04',
        'postfix/smtpd[9]',
        'warning: hostname a.example does not resolve to address 192.0.2.3',
      ) +
      sasl('00:00:04', 'unknown[192.0.2.3]') +
      at(
        '00:00:05',
        'postfix/smtpd[9]',
        'NOQUEUE: reject: RCPT from b.example[192.0.2.4]: 554 5.7.1 <a@b.example>: Relay access denied; from=<c@d.example> to=<a@b.example> proto=ESMTP helo=<e>',
      ) +
      sasl('00:00:06', 'no!name[192.0.2.5]'),
  });
  assert.deepEqual(names, {
    '192.0.2.1': 'mail.example confirmed mail server log 00:00:01',
    '192.0.2.2': '   ',
    '192.0.2.3': 'a.example unconfirmed mail server log 00:00:04',
    '192.0.2.4': 'b.example confirmed mail server log 00:00:05',
    '192.0.2.5': '   ',
  });
});

test('sshd: a name and the address of its connection, whichever comes first; names that do not lead back', async (t) => {
  const names = await namesIn(t, {
    secure:
      at('00:00:01', 'sshd[1]', pam('a.example')) +
      at('00:00:02', 'sshd[1]', failed('192.0.2.1')) +
      at('00:00:03', 'sshd[2]', failed('192.0.2.2')) +
      at('00:00:04', 'sshd[2]', pam('b.example')) +
      at('00:00:05', 'sshd[3]', pam('192.0.2.3')) +
      // The same process id a day later is another connection.
      at('00:00:06', 'sshd[4]', failed('192.0.2.4')) +
      at('23:00:00', 'sshd[4]', pam('c.example')) +
      at(
        '00:00:07',
        'sshd[5]',
        'Address 192.0.2.5 maps to d.example, but this does not map back to the address - POSSIBLE BREAK-IN ATTEMPT!',
      ) +
      at('00:00:08', 'sshd[5]', failed('192.0.2.5')) +
      at(
        '00:00:09',
        'sshd[6]',
        'reverse mapping checking getaddrinfo for e.example [192.0.2.6] failed - POSSIBLE BREAK-IN ATTEMPT!',
      ) +
      at('00:00:10', 'sshd[6]', failed('192.0.2.6')),
  });
  assert.deepEqual(names, {
    '192.0.2.1': 'a.example confirmed sshd log 00:00:02',
    '192.0.2.2': 'b.example confirmed sshd log 00:00:04',
    '192.0.2.3': '   ',
    '192.0.2.4': '   ',
    '192.0.2.5': 'd.example unconfirmed sshd log 00:00:07',
    '192.0.2.6': 'e.example unconfirmed sshd log 00:00:09',
  });
});
