import { beforeAll, describe, expect, it } from 'vitest';
import { decodeId, encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  openSharedTeaching,
  type SharedTeaching,
  slotInput,
} from './arrange.ts';

let schools: SharedTeaching;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
});

describe('pushing a course', () => {
  it('S0-1 with slots at the teaching school makes guests of the students who take it', async () => {
    const student = await schools.student(ALDER);
    const course = await schools.course(ALDER_LEAD);
    await schools.enrol(ALDER_LEAD, course, student);
    expect(await schools.guestsOf(student)).toEqual([]);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    expect(await schools.guestsOf(student)).toMatchObject([
      { teaching: BIRCHWOOD, startsOn: '2026-09-01', endsOn: null },
    ]);
  });

  it('S0-2 without slots makes no data flow, and pushing again with slots makes the guests then', async () => {
    const [student, course] = [await schools.student(ALDER), await schools.course(ALDER_LEAD)];
    await schools.push(ALDER_LEAD, course, BIRCHWOOD);
    await schools.enrol(ALDER_LEAD, course, student);
    expect(await schools.guestsOf(student)).toEqual([]);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    expect(await schools.guestsOf(student)).toHaveLength(1);
  });

  it('S0-2 with slots at home only makes no data flow', async () => {
    const [student, course] = [await schools.student(ALDER), await schools.course(ALDER_LEAD, [{}])];
    await schools.push(ALDER_LEAD, course, BIRCHWOOD);
    await schools.enrol(ALDER_LEAD, course, student);
    expect(await schools.guestsOf(student)).toEqual([]);
  });

  it('S0-3 makes a guest of a student who is added to it afterwards', async () => {
    const [student, course] = [await schools.student(ALDER), await schools.course(ALDER_LEAD)];
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    await schools.enrol(ALDER_LEAD, course, student, '2026-10-05', '2027-02-12');
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: '2026-10-05', endsOn: '2027-02-12' }]);
  });

  it('a second time is the same push, and its slots are added', async () => {
    const course = await schools.course(ALDER_LEAD);
    const first = await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    expect(await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{ weekday: 'FRIDAY' }])).toEqual(first);
    const query = `{ courses(first: 100) { nodes { id slots { weekday school { urn } } pushes { hasSlots } } } }`;
    const { courses } = await schools.ask<{ courses: { nodes: { id: string }[] } }>(BIRCHWOOD_LEAD, query);
    expect(courses.nodes.find(({ id }) => id === course)).toEqual({
      id: course,
      slots: [
        { weekday: 'TUESDAY', school: { urn: BIRCHWOOD } },
        { weekday: 'FRIDAY', school: { urn: BIRCHWOOD } },
      ],
      pushes: [{ hasSlots: true }],
    });
  });

  it('with a slot that is there already is a duplicate, and nothing is done', async () => {
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    const again = schools.push(ALDER_LEAD, course, BIRCHWOOD, [{ weekday: 'FRIDAY' }, {}]);
    await expect(again).rejects.toThrow('DUPLICATE slots.1');
    const slots = await schools.asAdministrator(
      "select from shared_teaching.timetable_slot where weekday = 'FRIDAY' and course_id = $1",
      [decodeId('Course', course)],
    );
    expect(slots).toEqual([]);
  });

  it('S0-20 gives guests the year group that the push says, and it can be said again', async () => {
    const [student, course] = [await schools.student(ALDER, { yearGroup: '11' }), await schools.course(ALDER_LEAD)];
    await schools.enrol(ALDER_LEAD, course, student);
    const yearAfter = async (more: object) => {
      await schools.push(ALDER_LEAD, course, BIRCHWOOD, [], more);
      return (await schools.guestsOf(student))[0]?.yearGroup;
    };
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}], { yearGroup: 'YEAR_12' });
    expect((await schools.guestsOf(student))[0]?.yearGroup).toBe('12');
    expect(await yearAfter({})).toBe('12');
    expect(await yearAfter({ yearGroup: 'YEAR_13' })).toBe('13');
    expect(await yearAfter({ yearGroup: null })).toBe('11');
  });
});

describe('a push is refused', () => {
  it('to a school without an agreement in force that both signed', async () => {
    const course = await schools.course(ALDER_LEAD);
    const push = (urn: string) => schools.push(ALDER_LEAD, course, urn, [{}]);
    await expect(push(CEDAR)).rejects.toThrow('NO_AGREEMENT teachingSchoolUrn');
    await schools.agreement(ALDER, CEDAR, { signed: false });
    await expect(push(CEDAR)).rejects.toThrow('NO_AGREEMENT teachingSchoolUrn');
    await schools.agreement(ALDER, CEDAR, { from: '2027-01-01' });
    await expect(push(CEDAR)).rejects.toThrow('NO_AGREEMENT teachingSchoolUrn');
    await expect(push(ALDER)).rejects.toThrow('NO_AGREEMENT teachingSchoolUrn');
    await expect(push('999999')).rejects.toThrow('NO_AGREEMENT teachingSchoolUrn');
  });

  it('B-11 to a school whose agreement has expired', async () => {
    await schools.agreement(BIRCHWOOD, CEDAR, { from: '2025-09-01', to: '2026-08-31' });
    const course = await schools.course(BIRCHWOOD_LEAD);
    await expect(schools.push(BIRCHWOOD_LEAD, course, CEDAR, [{}])).rejects.toThrow('NO_AGREEMENT');
  });

  it('to the home school of an agreement, which is the teaching school of none', async () => {
    const course = await schools.course(BIRCHWOOD_LEAD);
    await expect(schools.push(BIRCHWOOD_LEAD, course, ALDER, [{}])).rejects.toThrow('NO_AGREEMENT');
  });

  it('of a course that is another school’s, was pushed here, or is nowhere: the same answer', async () => {
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD);
    const unpushed = await schools.course(ALDER_LEAD);
    const messages = [];
    for (const id of [course, unpushed, encodeId('Course', newUuid()), 'no id at all'])
      messages.push(await schools.push(BIRCHWOOD_LEAD, id, CEDAR).catch((error) => JSON.stringify(error.userErrors)));
    expect(new Set(messages).size).toBe(1);
    expect(messages[0]).toContain('NOT_FOUND');
  });

  it('to whoever lacks the scope, or is at no school', async () => {
    const push = 'mutation ($input: PushCourseInput!) { pushCourse(input: $input) { coursePush { id } } }';
    const input = { courseId: encodeId('Course', newUuid()), teachingSchoolUrn: BIRCHWOOD };
    for (const [caller, code] of [
      [callerAs('TEACHER', ALDER), 'FORBIDDEN'],
      [{ ...ALDER_LEAD, school: null }, 'FORBIDDEN'],
      [null, 'UNAUTHENTICATED'],
    ] as const) {
      const answer = await schools.call(caller, push, { input });
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
    }
  });
});

describe('making a course', () => {
  const make = (input: object) =>
    schools.ask(
      ALDER_LEAD,
      'mutation ($input: CreateCourseInput!) { createCourse(input: $input) { course { name subject homeSchool { urn } slots { weekday startsAt endsAt from to teacher { name } school { urn } } } userErrors { code field } } }',
      { input },
    );

  it('gives it the slots at the caller’s own school', async () => {
    const teacher = callerAs('TEACHER', ALDER);
    expect(await make({ name: ' Physics ', subject: 'Physics', slots: [slotInput({ teacher })] })).toEqual({
      createCourse: {
        course: {
          name: 'Physics',
          subject: 'Physics',
          homeSchool: { urn: ALDER },
          slots: [
            {
              weekday: 'TUESDAY',
              startsAt: '09:30',
              endsAt: '10:30',
              from: '2026-09-01',
              to: '2027-07-16',
              teacher: { name: 'Una Tester' },
              school: { urn: ALDER },
            },
          ],
        },
        userErrors: [],
      },
    });
  });

  it('tells every fault of the input, and makes nothing', async () => {
    const count = () => schools.asAdministrator('select from shared_teaching.course');
    const before = await count();
    const slot = { ...slotInput(), endsAt: '09:00', to: '2026-01-01' };
    expect(await make({ name: ' ', subject: 'x'.repeat(201) })).toMatchObject({
      createCourse: { course: null, userErrors: [{ field: 'name' }, { field: 'subject' }] },
    });
    for (const text of ['Physics\u0000', 'Phys\u0007ics', 'Physics \ud83d'])
      expect(await make({ name: text, subject: text })).toMatchObject({
        createCourse: { course: null, userErrors: [{ field: 'name' }, { field: 'subject' }] },
      });
    expect(await make({ name: 'Physics', subject: 'Physics', slots: [slot] })).toMatchObject({
      createCourse: { course: null, userErrors: [{ field: 'slots.0.endsAt' }, { field: 'slots.0.to' }] },
    });
    expect(await count()).toHaveLength(before.length);
  });
});
