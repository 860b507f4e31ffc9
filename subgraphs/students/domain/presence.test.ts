import { describe, expect, it } from 'vitest';
import { absenceExplained, markForTeachingSchool, type Presence, presenceOf, REGISTER_MARKS } from './presence.ts';

/** Every code of SI 2024/208, regulation 10, and what it tells whoever waits for the student. */
const CODES: readonly (readonly [string, Presence, string])[] = [
  ['/', 'PRESENT', 'present in the morning'],
  ['\\', 'PRESENT', 'present in the afternoon'],
  ['L', 'PRESENT', 'late, before the register closed'],
  ['K', 'ELSEWHERE', 'provision arranged by the local authority'],
  ['V', 'ELSEWHERE', 'educational visit'],
  ['P', 'ELSEWHERE', 'sporting activity'],
  ['W', 'ELSEWHERE', 'work experience'],
  ['B', 'ELSEWHERE', 'another approved educational activity'],
  ['D', 'ELSEWHERE', 'at another school where the student is registered'],
  ['C1', 'ABSENT_EXPLAINED', 'performance'],
  ['M', 'ABSENT_EXPLAINED', 'medical appointment'],
  ['J1', 'ABSENT_EXPLAINED', 'interview'],
  ['S', 'ABSENT_EXPLAINED', 'study leave'],
  ['C2', 'ABSENT_EXPLAINED', 'part-time timetable'],
  ['C', 'ABSENT_EXPLAINED', 'exceptional leave'],
  ['T', 'ABSENT_EXPLAINED', 'parent travelling for work'],
  ['R', 'ABSENT_EXPLAINED', 'religious observance'],
  ['I', 'ABSENT_EXPLAINED', 'illness'],
  ['E', 'ABSENT_EXPLAINED', 'suspended or excluded'],
  ['G', 'ABSENT_UNEXPLAINED', 'holiday that was not granted'],
  ['N', 'ABSENT_UNEXPLAINED', 'reason not yet established'],
  ['O', 'ABSENT_UNEXPLAINED', 'none of the other reasons'],
  ['U', 'ABSENT_UNEXPLAINED', 'late, after the register closed'],
  ['X', 'NOT_EXPECTED', 'not of compulsory school age'],
  ['Q', 'NOT_EXPECTED', 'access arrangement of the authority not made'],
  ['Y1', 'NOT_EXPECTED', 'transport not available'],
  ['Y2', 'NOT_EXPECTED', 'widespread disruption to travel'],
  ['Y3', 'NOT_EXPECTED', 'part of the premises closed'],
  ['Y4', 'NOT_EXPECTED', 'whole site closed unexpectedly'],
  ['Y5', 'NOT_EXPECTED', 'in detention by criminal justice'],
  ['Y6', 'NOT_EXPECTED', 'public health guidance'],
  ['Y7', 'NOT_EXPECTED', 'another unavoidable cause'],
  ['Z', 'NOT_EXPECTED', 'not yet on roll'],
  ['#', 'NOT_EXPECTED', 'planned closure'],
];

describe('a mark of the register', () => {
  it.each(CODES)('%s means %s: %s', (mark, presence) => {
    expect(presenceOf(mark)).toBe(presence);
  });

  it('is one of the codes in force, and of no others', () => {
    expect(REGISTER_MARKS.toSorted()).toEqual(CODES.map(([mark]) => mark).toSorted());
    for (const retired of ['H', 'J', 'Y', 'l', '', ' ', '//']) expect(() => presenceOf(retired)).toThrow(RangeError);
  });

  it('is shown to a teaching school only where it says no more than the presence does', () => {
    const shown = REGISTER_MARKS.filter((mark) => markForTeachingSchool(mark) !== null);
    expect(shown.toSorted()).toEqual(['/', 'I', 'L', 'N', '\\']);
    for (const mark of shown) expect(markForTeachingSchool(mark)).toBe(mark);
  });
});

describe('an absence', () => {
  it.each<[string[], boolean | null]>([
    [[], null],
    [['/', '\\'], null],
    [['B', '#'], null],
    [['I', 'I'], true],
    [['/', 'M'], true],
    [['I', 'N'], false],
    [['N', '\\'], false],
    [['X', 'X'], null],
  ])('of a day marked %j is explained: %s', (marks, explained) => {
    expect(absenceExplained(marks)).toBe(explained);
  });
});
