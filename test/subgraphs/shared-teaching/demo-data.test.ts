import { beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import { seedDemo } from '../../../subgraphs/shared-teaching/demo-data.ts';
import { callerOf } from '../../kit/callers.ts';
import { ALDER, BIRCHWOOD, CEDAR, openSharedTeaching, type SharedTeaching } from './arrange.ts';

let schools: SharedTeaching;

beforeAll(async () => {
  schools = await openSharedTeaching();
  const sixthForm = { length: 72 };
  await schools.students(
    ALDER,
    Array.from(sixthForm, (_, index) => ({ yearGroup: index % 2 ? '12' : '13', protectedDetails: index === 40 })),
  );
  await schools.students(BIRCHWOOD, [{ yearGroup: '9' }, { yearGroup: '12' }]);
  await seed();
});

const seed = () => seedDemo({ orm: schools.graph.running('shared-teaching').orm, clock: schools.graph.clock });

const rowsOf = (table: string) => schools.asAdministrator(`select * from shared_teaching.${table} order by id`);

describe('the demo', () => {
  it('has 60 guests at Birchwood, 10 at Cedar, 3 of them at both, all within their dates', async () => {
    const guests = (await schools.allProfiles()).filter(({ startsOn }) => startsOn === '2026-09-01');
    const at = (teaching: string) => guests.filter((each) => each.teaching === teaching).map(({ student }) => student);
    expect(at(BIRCHWOOD)).toHaveLength(60);
    expect(at(CEDAR)).toHaveLength(10);
    expect(at(CEDAR).filter((student) => at(BIRCHWOOD).includes(student))).toHaveLength(3);
    expect(guests.every(({ endsOn }) => endsOn === null || endsOn === '2027-07-31')).toBe(true);
  });

  it('has a protected student among the guests of Birchwood’s teacher, who sees those of one course', async () => {
    const guests = await schools.profiles(callerOf('teacher@birchwood.example'));
    expect(guests).toHaveLength(42);
    const access = guests.map(({ fieldAccess }) => fieldAccess.find(({ field }) => field === 'address')?.reason);
    expect(access.filter((reason) => reason === 'PROTECTED')).toHaveLength(1);
  });

  it('B-11 has a lapsed agreement: whoever is enrolled on what was pushed under it is seen as far as safety asks', async () => {
    const [student] = await schools.asAdministrator<{ id: string }>(
      'select id from shared_teaching.student where home_school_urn = $1 limit 1',
      [BIRCHWOOD],
    );
    const [course] = await schools.asAdministrator<{ id: string }>(
      'select id from shared_teaching.course where home_school_urn = $1',
      [BIRCHWOOD],
    );
    const [courseId, studentId] = [encodeId('Course', course?.id ?? ''), encodeId('Student', student?.id ?? '')];
    await schools.enrol(callerOf('data-lead@birchwood.example'), courseId, studentId);
    const [lapsed, ...others] = (await schools.profiles(callerOf('data-lead@cedar.example'))).filter(
      ({ homeSchool }) => homeSchool.urn === BIRCHWOOD,
    );
    expect(others).toEqual([]);
    const reasonOf = (row: string) => lapsed?.fieldAccess.find(({ field }) => field === row)?.reason;
    expect(reasonOf('emergencyContacts')).toBe('VITAL_INTERESTS');
    expect(reasonOf('address')).toBe('NO_AGREEMENT');
  });

  it('S0-2 has a course that was pushed without slots, and no guest comes of it', async () => {
    const { courses } = await schools.ask<{
      courses: { nodes: { id: string; name: string; pushes: { hasSlots: boolean }[] }[] };
    }>(callerOf('data-lead@birchwood.example'), '{ courses { nodes { id name pushes { hasSlots } } } }');
    const latin = courses.nodes.find(({ pushes }) => pushes.some(({ hasSlots }) => !hasSlots));
    expect(latin?.name).toBe('Latin');
    const { guestProfiles } = await schools.ask<{ guestProfiles: { nodes: unknown[] } }>(
      callerOf('data-lead@alder.example'),
      `{ guestProfiles(filter: { courseId: "${latin?.id}" }) { nodes { id } } }`,
    );
    expect(guestProfiles.nodes).toEqual([]);
  });

  it('has agreements in force that list every synced row', async () => {
    const { partnerships } = await schools.ask<{
      partnerships: { agreements: { inForce: boolean; fieldsCovered: string[] }[] }[];
    }>(callerOf('data-lead@alder.example'), '{ partnerships { agreements { inForce fieldsCovered } } }');
    expect(
      partnerships.flatMap(({ agreements }) => agreements.map((each) => [each.inForce, each.fieldsCovered.length])),
    ).toEqual([
      [true, 35],
      [true, 35],
    ]);
  });

  it('is seeded once', async () => {
    const tables = ['course', 'course_enrolment', 'guest_profile', 'partnership', 'timetable_slot'];
    const before = await Promise.all(tables.map(rowsOf));
    await seed();
    expect(await Promise.all(tables.map(rowsOf))).toEqual(before);
  });

  it.each(['2026-09-01', '2026-12-31', '2027-08-31'])('holds on %s too', async (today) => {
    const fresh = await openSharedTeaching();
    await fresh.students(ALDER, new Array(72).fill({}));
    await fresh.student(BIRCHWOOD);
    fresh.graph.clock.moveTo(today);
    await seedDemo({ orm: fresh.graph.running('shared-teaching').orm, clock: fresh.graph.clock });
    expect(await fresh.profiles(callerOf('teacher@birchwood.example'))).toHaveLength(42);
    const guests = await fresh.profiles(callerOf('data-lead@birchwood.example'));
    const reasons = new Set(guests.flatMap(({ fieldAccess }) => fieldAccess.map(({ reason }) => reason)));
    expect(reasons).not.toContain('OUTSIDE_DATES');
  });
});
