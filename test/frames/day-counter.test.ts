import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DayCounter } from '../../lib/frames/day-counter.js';

test('a log covers the dates of its lines, a mailbox the dates between its mails', () => {
  const days = new DayCounter();
  for (const date of ['2019-01-03', '2019-01-01', '2019-01-01']) days.enter('log', date);
  for (const date of ['2019-01-31', '2019-01-29', '2019-03-04', '2019-03-04']) days.enter('mail', date);
  assert.deepEqual(
    days.rows().map(({ kind, date, records }) => `${kind} ${date} ${records}`),
    [
      'log 2019-01-01 2',
      'log 2019-01-03 1',
      'mail 2019-01-29 1',
      'mail 2019-01-30 0',
      'mail 2019-01-31 1',
      // 32 days of silence: whether a mail could have come nobody knows.
      'mail 2019-03-04 2',
    ],
  );
});
