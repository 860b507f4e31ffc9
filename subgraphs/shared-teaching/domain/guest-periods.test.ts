import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import { addDays } from '../../kernel/identifiers/iso-date.ts';
import { academicYearParts, guestDates, guestPeriods, isTaughtOn } from './guest-periods.ts';

const TODAY = '2026-11-18';

const enrolment = (startDate: string, endDate: string | null): DateInterval => ({ startDate, endDate });
const datesOf = (...enrolments: DateInterval[]) => guestDates(guestPeriods(enrolments));
const yearsOf = (...enrolments: DateInterval[]) =>
  academicYearParts(guestPeriods(enrolments), TODAY).map(
    ({ academicYear, startDate, endDate }) => `${academicYear.label} ${startDate} ${endDate}`,
  );

describe('the dates of a guest', () => {
  it('S0-7 run from the earliest start to the latest end', () => {
    const [spring, autumn] = [enrolment('2027-01-04', '2027-07-16'), enrolment('2026-09-07', '2026-12-18')];
    expect(datesOf(spring, autumn)).toEqual({ startsOn: '2026-09-07', endsOn: '2027-07-16' });
  });

  it('S0-7 stay open while an enrolment is open', () => {
    expect(datesOf(enrolment('2026-09-07', null), enrolment('2026-09-01', '2027-07-16'))).toEqual({
      startsOn: '2026-09-01',
      endsOn: null,
    });
  });

  it('S0-7 are none where no enrolment is left', () => {
    expect(datesOf()).toEqual({ startsOn: null, endsOn: null });
    expect(datesOf(enrolment('2026-09-07', '2026-09-06'))).toEqual({ startsOn: null, endsOn: null });
  });
});

describe('the academic years of a guest', () => {
  it('S0-8 each have the dates clipped to them', () => {
    expect(yearsOf(enrolment('2025-11-03', '2027-02-12'))).toEqual([
      '2025/26 2025-11-03 2026-08-31',
      '2026/27 2026-09-01 2027-02-12',
    ]);
  });

  it('S0-8 run from the earliest start to the latest end within each', () => {
    expect(yearsOf(enrolment('2026-09-07', '2026-10-23'), enrolment('2027-06-01', '2027-07-16'))).toEqual([
      '2026/27 2026-09-07 2027-07-16',
    ]);
  });

  it('S0-8 leave out a year without an enrolment', () => {
    expect(yearsOf(enrolment('2023-09-04', '2024-07-19'), enrolment('2025-09-01', '2026-07-17'))).toEqual([
      '2023/24 2023-09-04 2024-07-19',
      '2025/26 2025-09-01 2026-07-17',
    ]);
  });

  it('S0-8 are followed up to the current one where an enrolment is open', () => {
    expect(yearsOf(enrolment('2025-09-01', null))).toEqual([
      '2025/26 2025-09-01 2026-08-31',
      '2026/27 2026-09-01 2027-08-31',
    ]);
    expect(yearsOf(enrolment('2027-09-01', null))).toEqual(['2027/28 2027-09-01 2028-08-31']);
  });
});

/** Some days around 2026, an open end now and then, and enrolments that were called off. */
const anEnrolment: fc.Arbitrary<DateInterval> = fc
  .tuple(fc.integer({ min: -900, max: 900 }), fc.option(fc.integer({ min: -1, max: 700 }), { freq: 6 }))
  .map(([start, length]) => {
    const startDate = addDays(TODAY, start);
    return enrolment(startDate, length === null ? null : addDays(startDate, length));
  });

const enrolments = fc.array(anEnrolment, { maxLength: 6 });
const aDay = fc.integer({ min: -1_000, max: 1_800 }).map((days) => addDays(TODAY, days));

const runsOn = (day: string) => (each: DateInterval) =>
  each.startDate <= day && (each.endDate === null || day <= each.endDate);

describe('whatever the enrolments', () => {
  it('S0-7 a day is taught where an enrolment runs, and on no other', () => {
    fc.assert(
      fc.property(enrolments, aDay, (list, day) => {
        expect(isTaughtOn(guestPeriods(list), day)).toBe(list.some(runsOn(day)));
      }),
    );
  });

  it('S0-7 the dates are the least start and the greatest end of those that take place', () => {
    fc.assert(
      fc.property(enrolments, (list) => {
        const real = list.filter(({ startDate, endDate }) => endDate === null || startDate <= endDate);
        const ends = real.map(({ endDate }) => endDate ?? 'open').sort();
        expect(datesOf(...list)).toEqual({
          startsOn: real.map(({ startDate }) => startDate).sort()[0] ?? null,
          endsOn: ends.at(-1) === 'open' ? null : (ends.at(-1) ?? null),
        });
      }),
    );
  });

  it('S0-7 their order changes nothing, nor does saying one twice, nor doing it again', () => {
    fc.assert(
      fc.property(enrolments, (list) => {
        const periods = guestPeriods(list);
        expect(guestPeriods([...list].reverse())).toEqual(periods);
        expect(guestPeriods([...list, ...list])).toEqual(periods);
        expect(guestPeriods(periods)).toEqual(periods);
      }),
    );
  });

  it('S0-7 the periods are apart from each other, and only the last may be open', () => {
    fc.assert(
      fc.property(enrolments, (list) => {
        const periods = guestPeriods(list);
        for (const [index, { endDate }] of periods.slice(0, -1).entries())
          expect(endDate !== null && addDays(endDate, 1) < (periods[index + 1]?.startDate ?? '')).toBe(true);
      }),
    );
  });

  it('S0-8 a year is there where a day of it is taught, from its first such day to its last', () => {
    fc.assert(
      fc.property(enrolments, fc.integer({ min: 2022, max: 2031 }), (list, startYear) => {
        const horizon = list.some(({ endDate }) => endDate === null) ? '2027-08-31' : '9999-08-31';
        const days = daysOf(startYear).filter((day) => day <= later(horizon, list) && list.some(runsOn(day)));
        const part = academicYearParts(guestPeriods(list), TODAY).find(
          (each) => each.academicYear.startYear === startYear,
        );
        expect(part?.startDate).toBe(days[0]);
        expect(part?.endDate).toBe(days.at(-1));
      }),
      { numRuns: 60 },
    );
  });
});

const daysOf = (startYear: number): string[] =>
  Array.from({ length: 366 }, (_, index) => addDays(`${startYear}-09-01`, index)).filter(
    (day) => day <= `${startYear + 1}-08-31`,
  );

/** An enrolment that is open is followed through the year that it starts in, at the least. */
const later = (horizon: string, list: readonly DateInterval[]): string => {
  const lastStart = guestPeriods(list).at(-1)?.startDate ?? '';
  const endOfItsYear = `${Number(lastStart.slice(0, 4)) + (lastStart.slice(5) >= '09-01' ? 1 : 0)}-08-31`;
  return lastStart !== '' && endOfItsYear > horizon ? endOfItsYear : horizon;
};
