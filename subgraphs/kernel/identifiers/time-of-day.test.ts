import { describe, expect, it } from 'vitest';
import { parseStoredTimeOfDay, parseTimeOfDay } from './time-of-day.ts';

describe('a time of day', () => {
  it.each(['00:00', '09:05', '13:00', '23:59'])('%s is valid', (text) => {
    expect(parseTimeOfDay(text)).toEqual({ ok: true, value: text });
  });

  it.each(['24:00', '9:05', '09:60', '0905', '09:05:00', '9am', '09:05Z'])('%s is refused', (text) => {
    expect(parseTimeOfDay(text).ok).toBe(false);
  });

  it('loses the seconds that the database adds, and only zero ones', () => {
    expect(parseStoredTimeOfDay('09:05:00')).toEqual({ ok: true, value: '09:05' });
    expect(parseStoredTimeOfDay('09:05')).toEqual({ ok: true, value: '09:05' });
    expect(parseStoredTimeOfDay('09:05:30').ok).toBe(false);
  });
});
