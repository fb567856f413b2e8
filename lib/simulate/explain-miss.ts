import type { Check } from './check.js';
import { type BanAt, type CheckedVia, tolerance } from './match-bans.js';

/** Why a ban of a replay was not real, or a real one is not in the replay; null when nothing is known that explains it. */
export type Explanation = string | null;

const hour = 3600;
const near = (a: number, b: number, within: number): boolean => Math.abs(a - b) <= within;

const missesOf = ({ notPredicted, notReal }: CheckedVia): number => notPredicted.length + notReal.length;

/** A ban that the replay gives and the witness does not. */
export function whyNotReal(ban: BanAt, via: CheckedVia, one: Check): Explanation {
  const { watch, vias, begin, otherFilter, rowsBefore } = one;
  const { settings, restarts } = watch;
  const other = vias.find((each) => each !== via && !each.notReal.includes(ban));
  if (other)
    return other.via === 'log'
      ? "fail2ban's log has it: no mail came"
      : 'a mail has it: it is not in fail2ban’s log';
  const later = via.notPredicted.find(
    ({ address, time }) => address === ban.address && near(time, ban.time, settings.findtime),
  );
  if (later)
    return `it was banned ${later.time > ban.time ? 'later' : 'earlier'}, by ${Math.abs(later.time - ban.time)} s: other lines count for its filter`;
  const restart = restarts.find(
    ({ stop, start }) => ban.time >= stop - 60 && ban.time - settings.findtime <= start,
  );
  if (restart) return 'fail2ban was restarted within a findtime before it';
  const rows = rowsBefore(ban).length;
  if (rows < settings.maxretry)
    return `${rows} failures within findtime: release 1.0.2 bans by the rate of older ones, one that counts within findtime alone does not`;
  const isOther = otherFilter.predicted.some(
    ({ address, time }) => address === ban.address && near(time, ban.time, settings.findtime),
  );
  const byOther = otherFilter.vias.find((each) => each.via === via.via);
  if (!isOther && byOther && missesOf(byOther) <= missesOf(via))
    return `by the filter "${otherFilter.filter}" it is not banned`;
  // A ban from before the log would have stopped its lines, but for those of connections that stood open.
  if (ban.time - begin <= tolerance) return 'the log begins here: it may have been banned before';
  return null;
}

/** A ban that the witness has and the replay does not give. */
export function whyNotPredicted(
  ban: BanAt,
  via: CheckedVia,
  { watch, rowsBefore, silences }: Check,
): Explanation {
  const { settings } = watch;
  const earlier = via.notReal.find(
    ({ address, time }) => address === ban.address && near(time, ban.time, settings.findtime),
  );
  if (earlier)
    return `the replay bans it ${Math.abs(earlier.time - ban.time)} s ${earlier.time < ban.time ? 'earlier' : 'later'}`;
  const silence = silences.find(({ from, to }) => ban.time >= from && ban.time - settings.findtime <= to);
  if (silence)
    return `the log has no line of the service for ${Math.round((silence.to - silence.from) / hour)} hours`;
  const restart = watch.restarts.find(
    ({ stop, start }) => ban.time >= stop && ban.time - settings.findtime <= start,
  );
  if (restart)
    return 'fail2ban was restarted within a findtime before it: the replay forgets what was counted before, as fail2ban does that goes on where it stopped in a log file';
  const rows = rowsBefore(ban).length;
  if (rows < settings.maxretry)
    return `the log has ${rows} of the ${settings.maxretry} failures: lines are lost, or they are in a log that was not read`;
  return null;
}
