import { type Clock, createClock } from '../../subgraphs/kernel/clock.ts';
import { daysBetween } from '../../subgraphs/kernel/identifiers/iso-date.ts';

const HOUR = 3_600_000;

/**
 * A clock that runs, and takes `today` for the date on which it starts. Security keeps the real time: a token or an
 * envelope does not live longer because a demo stands in another year.
 */
export function createDemoClock(today: string, now: () => Date = () => new Date()): Clock {
  const start = now();
  const days = daysBetween(createClock(() => start).today(), today);
  // One of the two days may be in summer time and the other not, which counts within an hour of midnight.
  const shift = [0, HOUR, -HOUR]
    .map((hour) => days * 24 * HOUR + hour)
    .find((candidate) => createClock(() => new Date(start.getTime() + candidate)).today() === today);
  return createClock(() => new Date(now().getTime() + (shift ?? 0)));
}
