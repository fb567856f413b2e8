import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateOf } from '../../lib/parsers/mail-date.js';

const sent = (date: string) =>
  dateOf(
    { id: null, subject: '', date, received: [], envelope: null, synthetic: null, text: '', attached: [] },
    (wall) => wall,
  );

test('usual dates are read as the general way reads them', () => {
  const days = [
    'Sat, 01 Dec 2018',
    'Sat,  1 Dec 2018',
    'Xyz, 01 Dec 2018',
    'Thu, 29 Feb 2024',
    'Wed, 29 Feb 2023',
    'Tue, 31 Feb 2023',
    'Sat, 00 Dec 2018',
    'Sat, 32 Dec 2018',
    'Sat, 01 Dez 2018',
    'Sun, 01 Jan 1995',
    'Mon, 31 Dec 2074',
    'Sat, 01 Dec 0018',
  ];
  const clocks = ['00:00:00', '23:59:59', '24:00:00', '12:60:00', '12:00:60', '7:00:00', '12:00'];
  const zones = ['+0900', '-0330', '+0000', '-0000', '+1400', '+1459', '-1200', '+1500', '+0060', '+9999'];
  let read = 0;
  for (const day of days)
    for (const clock of clocks)
      for (const zone of zones) {
        const date = `${day} ${clock} ${zone}`;
        // A comment behind it is not usual, and changes nothing.
        const general = sent(`${date} (x)`);
        assert.deepEqual(sent(date), general, date);
        if (general) read++;
      }
  assert.ok(read > 100, `${read} dates read`);
});

test('a date that cannot be is none, and one beyond what a log can have', () => {
  assert.equal(sent('Sat, 32 Dec 2018 00:00:00 +0000'), null);
  assert.equal(sent('Sun, 01 Jan 1995 00:00:00 +0900'), null);
  assert.deepEqual(sent('Sun, 01 Jan 1995 00:00:00 -0100'), {
    utc: Date.UTC(1995, 0, 1, 1),
    offset: -3_600_000,
  });
});

test('zones that have a name in mails', () => {
  const hours = (zone: string): number | undefined => {
    const found = sent(`Sun, 27 Oct 2019 12:30:00 ${zone}`);
    assert.ok(!found || found.utc + (found.offset ?? Number.NaN) === Date.UTC(2019, 9, 27, 12, 30), zone);
    return found === null ? undefined : (found.offset ?? Number.NaN) / 3_600_000;
  };
  const zones = ['GMT', 'UT', 'UTC', 'Z', 'GMT (x)', 'EST', 'EDT', 'CST', 'CDT', 'MST', 'MDT', 'PST', 'PDT'];
  assert.deepEqual(zones.map(hours), [0, 0, 0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7]);
  assert.deepEqual(['JST', 'A', 'gmt', 'CEST', ''].map(hours), new Array(5).fill(undefined));
});

test('a day that does not exist is no date, in any form', () => {
  const without = {
    id: null,
    subject: '',
    date: null,
    received: [],
    synthetic: null,
    text: '',
    attached: [],
  };
  for (const day of ['31 Feb 2019', '29 Feb 2019', '31 Apr 2019'])
    for (const zone of ['+0000', '+0900 (JST)', 'GMT'])
      assert.equal(sent(`Sun, ${day} 12:00:00 ${zone}`), null);
  const of = (envelope: string) => dateOf({ ...without, envelope }, (wall) => wall)?.utc;
  assert.equal(of('From x Sun Feb 31 12:00:00 2019'), undefined);
  assert.equal(of('From x Sun Mar  3 12:00:00 2019'), Date.UTC(2019, 2, 3, 12));
});
