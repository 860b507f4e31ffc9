import { describe, expect, it } from 'vitest';
import { teachingRoll } from './teaching-roll.ts';

const slot = (teacherId: string | null, from: string, to: string) => ({ teacherId, from, to });
const enrolled = (studentId: string, startDate: string, endDate: string | null) => ({ studentId, startDate, endDate });

const YEAR = slot('teacher', '2026-09-01', '2027-07-16');

describe('a teaching roll', () => {
  it('has each student for the days on which slot and enrolment overlap', () => {
    const roll = teachingRoll(
      [YEAR],
      [enrolled('one', '2026-10-05', '2027-02-12'), enrolled('two', '2026-01-01', null)],
    );
    expect(roll).toEqual([
      { teacherId: 'teacher', studentId: 'one', firstLesson: '2026-10-05', lastLesson: '2027-02-12' },
      { teacherId: 'teacher', studentId: 'two', firstLesson: '2026-09-01', lastLesson: '2027-07-16' },
    ]);
  });

  it('joins the slots and enrolments of one teacher and student from the first day to the last', () => {
    const slots = [slot('teacher', '2027-04-12', '2027-07-16'), slot('teacher', '2026-09-01', '2026-12-18')];
    const enrolments = [enrolled('one', '2027-05-03', null), enrolled('one', '2026-09-14', '2026-10-23')];
    expect(teachingRoll(slots, enrolments)).toEqual([
      { teacherId: 'teacher', studentId: 'one', firstLesson: '2026-09-14', lastLesson: '2027-07-16' },
    ]);
  });

  it('keeps two teachers of one course apart', () => {
    const other = slot('other', '2027-01-04', '2027-07-16');
    const roll = teachingRoll([YEAR, other], [enrolled('one', '2026-09-01', '2026-12-18')]);
    expect(roll.map(({ teacherId }) => teacherId)).toEqual(['teacher']);
  });

  it('leaves out a slot without a teacher, and an enrolment that was called off', () => {
    const called = enrolled('one', '2026-09-07', '2026-09-06');
    expect(teachingRoll([slot(null, '2026-09-01', '2027-07-16')], [enrolled('one', '2026-09-01', null)])).toEqual([]);
    expect(teachingRoll([YEAR], [called])).toEqual([]);
  });
});
