import { beforeAll, describe, expect, it } from 'vitest';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  openSharedTeaching,
  type SharedTeaching,
  START,
} from './arrange.ts';

let schools: SharedTeaching;
/** Pushed to Birchwood with slots. */
let course: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
  await schools.agreement(ALDER, CEDAR);
  course = await schools.taughtAt(BIRCHWOOD);
});

describe('enrolling', () => {
  it('S0-7 keeps a guest’s dates in step with the enrolments on courses taught there', async () => {
    const [student, another, elsewhere] = [
      await schools.student(ALDER),
      await schools.taughtAt(BIRCHWOOD),
      await schools.taughtAt(CEDAR),
    ];
    await schools.enrol(ALDER_LEAD, course, student, '2026-10-05', '2027-02-12');
    await schools.enrol(ALDER_LEAD, another, student, '2027-01-04', '2027-06-25');
    await schools.enrol(ALDER_LEAD, elsewhere, student, START, '2027-07-16');
    expect(await schools.guestsOf(student)).toMatchObject([
      { teaching: BIRCHWOOD, startsOn: '2026-10-05', endsOn: '2027-06-25' },
      { teaching: CEDAR, startsOn: START, endsOn: '2027-07-16' },
    ]);
    await schools.enrol(ALDER_LEAD, course, student, '2027-09-01');
    expect(await schools.guestsOf(student)).toMatchObject([
      { teaching: BIRCHWOOD, startsOn: '2026-10-05', endsOn: null },
      { teaching: CEDAR, endsOn: '2027-07-16' },
    ]);
  });

  it('S0-7 counts a student’s own enrolments only, and those on courses not taught there not at all', async () => {
    const [one, other] = [await schools.student(ALDER), await schools.student(ALDER)];
    const atHome = await schools.course(ALDER_LEAD, [{}]);
    await schools.enrol(ALDER_LEAD, course, one, '2026-10-05', '2027-02-12');
    await schools.enrol(ALDER_LEAD, course, other, START);
    await schools.enrol(ALDER_LEAD, atHome, one, '2026-01-05');
    expect(await schools.guestsOf(one)).toMatchObject([{ startsOn: '2026-10-05', endsOn: '2027-02-12' }]);
  });

  it('S0-8 gives a guest enrolment for each academic year, clipped to it', async () => {
    const student = await schools.student(ALDER);
    await schools.enrol(ALDER_LEAD, course, student, '2025-11-03', '2027-02-12');
    const { guestProfiles } = await schools
      .ask<{ guestProfiles: object[] }>(
        ALDER_LEAD,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { guestProfiles {
         academicYearEnrolments { academicYear { startYear label } startDate endDate } } } } }`,
        { r: [{ __typename: 'Student', id: student }] },
      )
      .then((data) => (data as unknown as { _entities: [{ guestProfiles: object[] }] })._entities[0]);
    expect(guestProfiles).toEqual([
      {
        academicYearEnrolments: [
          { academicYear: { startYear: 2025, label: '2025/26' }, startDate: '2025-11-03', endDate: '2026-08-31' },
          { academicYear: { startYear: 2026, label: '2026/27' }, startDate: '2026-09-01', endDate: '2027-02-12' },
        ],
      },
    ]);
  });

  it('answers with the enrolment, its course and its student', async () => {
    const student = await schools.student(ALDER);
    const input = { courseId: course, studentId: student, startDate: START };
    const answer = await schools.ask(
      ALDER_LEAD,
      `mutation ($input: EnrolOnCourseInput!) { enrolOnCourse(input: $input) {
         courseEnrolment { course { id } student { id guestProfiles { teachingSchool { urn } } } startDate endDate }
         userErrors { code } } }`,
      { input },
    );
    expect(answer).toEqual({
      enrolOnCourse: {
        courseEnrolment: {
          course: { id: course },
          student: { id: student, guestProfiles: [{ teachingSchool: { urn: BIRCHWOOD } }] },
          startDate: START,
          endDate: null,
        },
        userErrors: [],
      },
    });
  });

  it('at the moment when the course is pushed leaves no student behind', async () => {
    const fresh = await schools.course(ALDER_LEAD);
    const students = await Promise.all(Array.from({ length: 4 }, () => schools.student(ALDER)));
    await Promise.all([
      ...students.slice(0, 2).map((student) => schools.enrol(ALDER_LEAD, fresh, student)),
      schools.push(ALDER_LEAD, fresh, BIRCHWOOD, [{}]),
      ...students.slice(2).map((student) => schools.enrol(ALDER_LEAD, fresh, student)),
    ]);
    for (const student of students) expect(await schools.guestsOf(student)).toHaveLength(1);
  });

  it('on two courses at the same moment makes one guest', async () => {
    const [student, another] = [await schools.student(ALDER), await schools.taughtAt(BIRCHWOOD)];
    await Promise.all([
      schools.enrol(ALDER_LEAD, course, student, '2026-10-05', '2027-02-12'),
      schools.enrol(ALDER_LEAD, another, student, START, '2026-12-18'),
    ]);
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: START, endsOn: '2027-02-12' }]);
  });
});

describe('an enrolment is refused', () => {
  const refusal = (caller: typeof ALDER_LEAD, courseId: string, student: string, start?: string, end?: string) =>
    schools.enrol(caller, courseId, student, start, end).then(
      () => 'nothing',
      (error) => JSON.stringify(error.userErrors),
    );

  it('S0-3 of another school’s student exactly as of one that nobody has', async () => {
    const foreign = await schools.student(BIRCHWOOD);
    const answers = new Set<string>();
    for (const id of [foreign, encodeId('Student', newUuid()), encodeId('Course', newUuid()), 'no id at all', ''])
      answers.add(await refusal(ALDER_LEAD, course, id));
    expect([...answers]).toEqual([
      '[{"code":"NOT_FOUND","field":"studentId","message":"No student of your school has this id."}]',
    ]);
  });

  it('S0-19 at a teaching school: guests are enrolled at their home school', async () => {
    const [guest, own] = [await schools.student(ALDER), await schools.student(BIRCHWOOD)];
    await schools.enrol(ALDER_LEAD, course, guest);
    const [before, codes] = [await schools.allProfiles(), new Set<string>()];
    for (const student of [guest, own, 'no id at all']) codes.add(await refusal(BIRCHWOOD_LEAD, course, student));
    expect([...codes]).toHaveLength(1);
    expect([...codes][0]).toContain('"ENROL_AT_HOME","field":"courseId"');
    expect(await schools.allProfiles()).toEqual(before);
  });

  it('S0-19 on a course that was not pushed here as on one that is nowhere', async () => {
    const [unpushed, own] = [await schools.course(ALDER_LEAD), await schools.student(BIRCHWOOD)];
    const answers = new Set<string>();
    for (const id of [unpushed, encodeId('Course', newUuid()), own, 'no id at all'])
      answers.add(await refusal(BIRCHWOOD_LEAD, id, own));
    expect([...answers]).toEqual([
      '[{"code":"NOT_FOUND","field":"courseId","message":"No course of your school has this id."}]',
    ]);
  });

  it('where another of the same course runs on one of its days', async () => {
    const student = await schools.student(ALDER);
    await schools.enrol(ALDER_LEAD, course, student, '2026-10-05', '2027-02-12');
    for (const [start, end] of [
      ['2026-10-05', '2027-02-12'],
      ['2026-09-01', '2026-10-05'],
      ['2027-02-12', undefined],
      ['2026-09-01', undefined],
      ['2026-12-01', '2026-12-02'],
    ] as const)
      expect(await refusal(ALDER_LEAD, course, student, start, end)).toContain('DUPLICATE');
    await schools.enrol(ALDER_LEAD, course, student, '2027-02-13');
    await schools.enrol(ALDER_LEAD, course, student, '2026-09-01', '2026-10-04');
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: '2026-09-01', endsOn: null }]);
  });

  it('that ends before it starts, and of a student who is off roll', async () => {
    const student = await schools.student(ALDER);
    expect(await refusal(ALDER_LEAD, course, student, '2026-10-05', '2026-10-04')).toContain(
      '"INVALID","field":"endDate"',
    );
    const leaver = await schools.student(ALDER, { rollStatus: 'OFF_ROLL', leftOn: '2026-07-17' });
    expect(await refusal(ALDER_LEAD, course, leaver)).toContain('"INVALID","field":"studentId"');
    expect(await schools.guestsOf(student)).toEqual([]);
  });
});
