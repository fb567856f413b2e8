import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoLocal, isoUtc, zoneClock } from '../../lib/zone.js';

/** zone, wall-clock time, the instant it is, the wall clock at that instant */
const cases: [string, string, string, string][] = [
  ['UTC', '2019-06-01T00:00:00', '2019-06-01T00:00:00Z', '2019-06-01T00:00:00'],
  ['Asia/Tokyo', '2019-01-01T00:00:00', '2018-12-31T15:00:00Z', '2019-01-01T00:00:00'],
  ['Asia/Kolkata', '2021-08-15T10:11:30', '2021-08-15T04:41:30Z', '2021-08-15T10:11:30'],
  ['America/Sao_Paulo', '2019-06-02T06:07:00', '2019-06-02T09:07:00Z', '2019-06-02T06:07:00'],
  // Clocks set forward: 02:30 does not exist, it is half an hour after 02:00, which is 03:00.
  ['Europe/Berlin', '2024-03-31T02:30:00', '2024-03-31T01:30:00Z', '2024-03-31T03:30:00'],
  // Clocks set back: 02:30 exists twice, the first is taken.
  ['Europe/Berlin', '2024-10-27T02:30:00', '2024-10-27T00:30:00Z', '2024-10-27T02:30:00'],
  ['Europe/Berlin', '2024-10-27T03:00:00', '2024-10-27T02:00:00Z', '2024-10-27T03:00:00'],
  // Offsets of a quarter of an hour, and half an hour of summer time.
  ['Pacific/Chatham', '2024-01-01T00:00:00', '2023-12-31T10:15:00Z', '2024-01-01T00:00:00'],
  ['Australia/Lord_Howe', '2024-04-07T01:45:00', '2024-04-06T14:45:00Z', '2024-04-07T01:45:00'],
];

for (const [zone, wall, utc, back] of cases)
  test(`${wall} in ${zone} is ${utc}`, () => {
    const clock = zoneClock(zone);
    const instant = clock.toUtc(Date.parse(`${wall}Z`));
    assert.deepEqual([isoUtc(instant), isoLocal(clock.toLocal(instant))], [utc, back]);
  });
