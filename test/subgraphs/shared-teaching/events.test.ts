/** What this subgraph tells others, and what it makes of what it hears. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeId } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import { ALDER, ALDER_LEAD, BIRCHWOOD, openSharedTeaching, type SharedTeaching, type Told } from './arrange.ts';

let schools: SharedTeaching;
const teacher = callerAs('TEACHER', ALDER);

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.listenTo('teaching-roll.changed', 'guest-form.created');
  await schools.agreement(ALDER, BIRCHWOOD);
});

function expectSchema(event: string, payloads: Told[]): void {
  const schema = JSON.parse(readFileSync(new URL(`../../../schema/events/${event}.json`, import.meta.url), 'utf8'));
  const validate = new Ajv2020({ formats: { uuid: true, date: true }, allowUnionTypes: true }).compile(schema);
  expect(payloads).not.toEqual([]);
  for (const payload of payloads) expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
}

const rollOf = async (course: string) => {
  const last = (await schools.told('teaching-roll.changed'))
    .filter(({ aggregateId }) => aggregateId === decodeId('Course', course))
    .at(-1);
  return last && { version: last.version, schoolUrn: last.schoolUrn, members: last.members };
};

const memberOf = (student: string, firstLesson: string, lastLesson: string) => ({
  teacherId: teacher.subject,
  studentId: decodeId('Student', student),
  firstLesson,
  lastLesson,
});

describe('teaching-roll.changed', () => {
  it('tells the whole roll of the home school’s own lessons at every enrolment, under a rising version', async () => {
    const course = await schools.course(ALDER_LEAD, [{ teacher }]);
    const [one, other] = [await schools.student(ALDER), await schools.student(ALDER)];
    await schools.enrol(ALDER_LEAD, course, one, '2026-10-05', '2027-02-12');
    await schools.enrol(ALDER_LEAD, course, other);
    expect(await rollOf(course)).toEqual({
      version: 2,
      schoolUrn: ALDER,
      members: [memberOf(one, '2026-10-05', '2027-02-12'), memberOf(other, '2026-09-01', '2027-07-16')],
    });
    expectSchema('teaching-roll.changed', await schools.told('teaching-roll.changed'));
  });

  it('tells nothing of lessons elsewhere, nor when an enrolment is refused', async () => {
    const before = await schools.told('teaching-roll.changed');
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{ teacher: callerAs('TEACHER', BIRCHWOOD) }]);
    const student = await schools.student(ALDER);
    await schools.enrol(ALDER_LEAD, course, student);
    const own = await schools.course(ALDER_LEAD, [{ teacher }]);
    await expect(schools.enrol(ALDER_LEAD, own, student, '2026-10-05', '2026-10-04')).rejects.toThrow('INVALID');
    expect(await schools.told('teaching-roll.changed')).toEqual(before);
  });
});

describe('guest-form.created', () => {
  it('S0-22 tells the teaching school’s records the name of each form, once', async () => {
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    for (const yearGroup of ['8', '8'] as const)
      await schools.enrol(ALDER_LEAD, course, await schools.student(ALDER, { yearGroup }));
    const payloads = await schools.told('guest-form.created');
    expectSchema('guest-form.created', payloads);
    expect(payloads.filter(({ name }) => name === 'Alder Grove School Year 8')).toMatchObject([
      { schoolUrn: BIRCHWOOD, version: 1 },
    ]);
  });
});

describe('hearing of a student', () => {
  it('drops a state that is older than the one known', async () => {
    const student = await schools.student(ALDER, { version: 5, yearGroup: '12' });
    await schools.hearOfStudent(ALDER, student, {
      version: 4,
      yearGroup: '9',
      rollStatus: 'OFF_ROLL',
      leftOn: '2026-11-01',
    });
    await schools.hearOfStudent(ALDER, student, { version: 5, protectedDetails: true });
    const stored = await schools.asAdministrator(
      'select year_group, protected_details, roll_status from shared_teaching.student where id = $1',
      [decodeId('Student', student)],
    );
    expect(stored).toEqual([{ year_group: '12', protected_details: false, roll_status: 'ON_ROLL' }]);
  });

  it('who left ends the enrolments on that day, the guest’s dates with them, and tells the roll', async () => {
    const [student, classmate] = [await schools.student(ALDER), await schools.student(ALDER)];
    const [physics, english] = [await schools.course(ALDER_LEAD), await schools.course(ALDER_LEAD, [{ teacher }])];
    await schools.push(ALDER_LEAD, physics, BIRCHWOOD, [{}]);
    for (const course of [physics, english])
      for (const each of [student, classmate]) await schools.enrol(ALDER_LEAD, course, each);
    await schools.hearOfStudent(ALDER, student, { version: 2, rollStatus: 'OFF_ROLL', leftOn: '2026-11-13' });
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: '2026-09-01', endsOn: '2026-11-13' }]);
    expect(await schools.guestsOf(classmate)).toMatchObject([{ startsOn: '2026-09-01', endsOn: null }]);
    const roll = (await rollOf(english))?.members as { studentId: string }[];
    expect(roll.find(({ studentId }) => studentId === decodeId('Student', student))).toMatchObject({
      lastLesson: '2026-11-13',
    });
  });

  it('who left before an enrolment began calls it off: the guest stays known, without dates', async () => {
    const student = await schools.student(ALDER);
    const physics = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, physics, BIRCHWOOD, [{}]);
    await schools.enrol(ALDER_LEAD, physics, student, '2027-01-04', '2027-07-16');
    const gone = { rollStatus: 'OFF_ROLL', leftOn: '2026-11-13' } as const;
    await schools.hearOfStudent(ALDER, student, { version: 2, ...gone });
    await schools.hearOfStudent(ALDER, student, { version: 3, ...gone });
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: null, endsOn: null }]);
    const stored = await schools.asAdministrator(
      'select start_date::text, end_date::text from shared_teaching.course_enrolment where student_id = $1',
      [decodeId('Student', student)],
    );
    expect(stored).toEqual([{ start_date: '2027-01-04', end_date: '2027-01-03' }]);
  });

  it('a profile that nothing changed for keeps its version', async () => {
    const student = await schools.student(ALDER);
    const physics = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, physics, BIRCHWOOD, [{}]);
    await schools.enrol(ALDER_LEAD, physics, student);
    const before = await schools.guestsOf(student);
    await schools.hearOfStudent(ALDER, student, { version: 2 });
    await schools.push(ALDER_LEAD, physics, BIRCHWOOD);
    expect(await schools.guestsOf(student)).toEqual(before);
  });
});

it('an older name of a site is dropped', async () => {
  await schools.hear('school-site.changed', { schoolUrn: '900006', name: 'New name', telephone: null, version: 2 });
  await schools.hear('school-site.changed', { schoolUrn: '900006', name: 'Old name', telephone: null, version: 1 });
  const sites = await schools.asAdministrator("select name from shared_teaching.school_site where urn = '900006'");
  expect(sites).toEqual([{ name: 'New name' }]);
});
