import { type Clock, createClock } from '../clock.ts';
import { daysBetween } from '../identifiers/iso-date.ts';

/** Real time; a demo may take another date for today's (`TODAY`). */
export function clockOf(today: string | undefined, isDemo: boolean): Clock {
  if (today === undefined) return createClock();
  if (!isDemo) throw new Error('TODAY is a setting of demos: expected none where the database holds other data.');
  return createDemoClock(today);
}

const HOUR = 3_600_000;

/** A clock that runs, and takes `today` for the date on which it starts. */
export function createDemoClock(today: string, now: () => Date = () => new Date()): Clock {
  const start = now();
  const days = daysBetween(createClock(() => start).today(), today);
  // One of the two days may be in summer time and the other not, which counts within an hour of midnight.
  const shift = [0, HOUR, -HOUR]
    .map((hour) => days * 24 * HOUR + hour)
    .find((candidate) => createClock(() => new Date(start.getTime() + candidate)).today() === today);
  return createClock(() => new Date(now().getTime() + (shift ?? 0)));
}
