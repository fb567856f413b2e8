import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { readFrame } from '../../lib/frames/csv.js';
import { onePool } from '../../lib/frames/piece-pool.js';
import { makeFrames } from '../../lib/make-frames.js';
import { defaultSite } from '../../lib/site.js';
import { scratch } from '../scratch.js';

const quiet = { year: null, threads: 1, findings: false, onProgress: () => {} };

interface Ban {
  readonly n: number;
  readonly id?: string | null;
  readonly headers?: string;
  readonly jail?: string;
}

/** A ban mail without its From_ line. */
const message = ({ n, id = `<${n}@host1.example>`, headers = '', jail = 'sshd' }: Ban): string =>
  `${headers}Subject: [Fail2Ban] ${jail}: banned 192.0.2.${n} from host1.example
Date: Sat, 01 Dec 2018 00:03:${10 + n} +0900
${id === null ? '' : `Message-Id: ${id}\n`}
Hi,

The IP 192.0.2.${n} has just been banned by Fail2Ban after
5 attempts against ${jail}.

`;
const inMbox = (text: string, n = 0): string =>
  `From root@host1.example Sat Dec  1 00:04:${10 + n} 2018\n${text}`;
const ban = (given: Ban): string => inMbox(message(given));

const forwarded = (...bans: Ban[]): string =>
  inMbox(`Subject: Fwd: bans
Date: Mon, 03 Dec 2018 09:00:00 +0900
Message-Id: <forward@client.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

see below
${bans.map((given) => `--b\nContent-Type: message/rfc822\n\n${message(given)}`).join('')}--b--

`);

async function framesOf(folder: string, files: Readonly<Record<string, string>>) {
  const input = join(folder, 'in');
  rmSync(input, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(input, name)), { recursive: true });
    writeFileSync(join(input, name), text);
  }
  const out = join(folder, 'frames');
  const { sources } = await makeFrames([input], out, defaultSite, quiet);
  return {
    bans: (await readFrame(out, 'bans')).map(({ address, source }) => `${address} ${source}`),
    coverage: (await readFrame(out, 'coverage')).map(({ class: kind, template, records }) =>
      [kind, template, records].join(' '),
    ),
    lines: (await readFrame(out, 'coverage')).reduce((sum, { lines }) => sum + lines, 0),
    linesRead: sources.reduce((sum, { lines }) => sum + (lines ?? 0), 0),
    content: Object.fromEntries(
      readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'utf8')]),
    ),
  };
}

/** Addresses of the bans, and how many mails are said to be there again. */
const cases: readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  bans: number[],
  again: number,
][] = [
  ['in two mailboxes', { a: ban({ n: 1 }) + ban({ n: 2 }), b: ban({ n: 3 }) + ban({ n: 2 }) }, [1, 2, 3], 1],
  ['twice in one', { a: ban({ n: 1 }) + ban({ n: 2 }) + ban({ n: 1 }) }, [1, 2], 1],
  [
    'sent on by a client or an alias',
    {
      a: ban({ n: 1 }),
      b: ban({ n: 1, headers: 'Resent-From: root@host1.example\nReceived: by host2.example; now\n' }),
    },
    [1],
    1,
  ],
  [
    'in a folder of mails',
    { a: ban({ n: 1 }), 'm/cur/1': message({ n: 1 }), 'm/cur/2': message({ n: 2 }) },
    [1, 2],
    1,
  ],
  ['forwarded as an attachment', { a: ban({ n: 1 }), b: forwarded({ n: 1 }) }, [1], 1],
  ['… with one that is nowhere else', { a: ban({ n: 1 }), b: forwarded({ n: 1 }, { n: 2 }) }, [1, 2], 0],
  [
    'in another encoding',
    {
      a: ban({ n: 1 }),
      b: ban({
        n: 1,
        headers:
          'Content-Type: text/plain; charset=iso-8859-7\nContent-Transfer-Encoding: quoted-printable\n',
      }),
    },
    [1],
    1,
  ],
  [
    'another address under the same Message-ID',
    { a: ban({ n: 1 }), b: ban({ n: 2, id: '<1@host1.example>' }) },
    [1, 2],
    0,
  ],
  ['another jail', { a: ban({ n: 1 }), b: ban({ n: 1, jail: 'postfix' }) }, [1, 1], 0],
  ['no Message-ID', { a: ban({ n: 1, id: null }), b: `\n${ban({ n: 1, id: null })}` }, [1, 1], 0],
];

for (const [what, files, addresses, again] of cases)
  test(`a ban mail that is there again counts once: ${what}`, async (t) => {
    const { bans, coverage, lines, linesRead } = await framesOf(scratch(t), files);
    assert.deepEqual(
      bans.map((text) => text.split(' ')[0]),
      addresses.map((n) => `192.0.2.${n}`),
    );
    const found = coverage.filter((text) => text.includes('fail2ban.again'));
    assert.deepEqual(found, again === 0 ? [] : [`noise fail2ban.again ${again}`]);
    assert.equal(lines, linesRead);
  });

test('an import that goes on from an earlier one counts what one import of everything does', async (t) => {
  const [one, two, three, more] = [1, 2, 3, 4].map((n) => ban({ n })) as [string, string, string, string];
  const steps: Readonly<Record<string, string>>[] = [
    { b: one + two },
    { a: two + three, b: one + two },
    { a: two + three, b: one + two + three + more },
    { a: two + three, b: one + two + three + more, c: forwarded({ n: 4 }, { n: 5 }) },
    { b: one + two + three + more, c: forwarded({ n: 4 }, { n: 5 }) },
    { c: forwarded({ n: 4 }, { n: 5 }) },
    { c: forwarded({ n: 4 }, { n: 5 }), a: more },
  ];
  const folder = scratch(t, { x: '' });
  for (const [i, files] of steps.entries()) {
    const goingOn = await framesOf(folder, files);
    const fresh = await framesOf(scratch(t, { x: '' }), files);
    assert.deepEqual(goingOn.bans, fresh.bans, `step ${i}`);
    assert.deepEqual(goingOn.coverage, fresh.coverage, `step ${i}`);
    for (const frame of ['bans.csv', 'coverage.csv', 'days.csv', 'addresses.csv'])
      assert.equal(goingOn.content[frame], fresh.content[frame], `step ${i}: ${frame}`);
  }
});

test('a piece with such a mail is read a second time, in whatever memory it is', async () => {
  const text = Buffer.from(ban({ n: 1 }) + ban({ n: 2 }) + ban({ n: 3 }));
  const pool = onePool(defaultSite);
  for (const bytes of [text, Buffer.from(new SharedArrayBuffer(text.length))]) {
    bytes.set(text);
    const places = {
      before: 0,
      first: 1,
      lines: 33,
      omitted: 0,
      omittedBytes: 0,
      years: { year: 0, month: null },
    };
    const task = { kind: 'mbox', source: 'x', bytes, ...places, keep: true } as const;
    assert.equal((await pool.read(task)).frames.bans.rows, 3);
    const { frames, coverage } = await pool.read({ ...task, again: new Set([1]) });
    assert.match(Buffer.from(frames.bans.bytes).toString(), /^.*,192\.0\.2\.1,.*\n.*,192\.0\.2\.3,.*\n$/);
    assert.deepEqual(
      coverage.map(({ template, records }) => [template, records]),
      [
        ['fail2ban.banned', 2],
        ['fail2ban.again', 1],
      ],
    );
  }
});
