/** The second wall: what the database shows to a caller when no service and no resolver stands before it. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller, SystemCaller } from '../../../subgraphs/kernel/caller.ts';
import { callerAs } from '../../kit/callers.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  CEDAR_LEAD,
  openSharedTeaching,
  type SharedTeaching,
} from './arrange.ts';

const OF_PERSONS = ['student', 'course_enrolment', 'guest_profile', 'access_override'];
const OF_SCHOOLS = ['partnership', 'agreement', 'course', 'timetable_slot', 'course_push', 'registration_form'];

let schools: SharedTeaching;
/** A student nobody shares, a guest, and what was set for the one before any push. */
let guest: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
  await schools.agreement(ALDER, CEDAR);
  guest = await schools.student(ALDER);
  const stays = await schools.student(ALDER);
  const course = await schools.course(ALDER_LEAD, [{}]);
  await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
  await schools.push(ALDER_LEAD, course, CEDAR);
  await schools.enrol(ALDER_LEAD, course, guest);
  const latin = await schools.course(ALDER_LEAD);
  await schools.push(ALDER_LEAD, latin, BIRCHWOOD);
  await schools.enrol(ALDER_LEAD, latin, stays);
  for (const studentId of [null, guest, stays])
    await schools.override(ALDER_LEAD, { teachingSchoolUrn: BIRCHWOOD, studentId, field: 'upn', access: 'HIDDEN' });
});

const countsFor = (caller: Caller | SystemCaller | null, tables: string[]) =>
  schools.graph.transaction('shared-teaching', caller, async ({ em }) => {
    const counts: Record<string, number> = {};
    for (const table of tables) counts[table] = (await em.execute(`select 1 from shared_teaching.${table}`)).length;
    return counts;
  });

const NOTHING = Object.fromEntries([...OF_PERSONS, ...OF_SCHOOLS].map((table) => [table, 0]));

describe('row-level security', () => {
  it('is on and forced for every table but the names of sites', async () => {
    const open = await schools.asAdministrator(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'shared_teaching' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)
       order by 1`,
    );
    expect(open).toEqual(['inbox', 'migration', 'school_site'].map((relname) => ({ relname })));
  });

  it('shows nothing without a caller, to a caller at no school, and to a third school', async () => {
    const system = { kind: 'system', job: 'test', school: null, reason: 'test' } as const;
    for (const caller of [null, system, callerAs('SUPPORT', null), callerAs('DATA_LEAD', '900007')])
      expect(await countsFor(caller, [...OF_PERSONS, ...OF_SCHOOLS])).toEqual(NOTHING);
  });

  it('shows the home school all of its own', async () => {
    expect(await countsFor(ALDER_LEAD, OF_PERSONS)).toEqual({
      student: 2,
      course_enrolment: 2,
      guest_profile: 1,
      access_override: 3,
    });
  });

  it('shows a teaching school its guests and their enrolments there, no student’s row, nor what was set for others', async () => {
    expect(await countsFor(BIRCHWOOD_LEAD, OF_PERSONS)).toEqual({
      student: 0,
      course_enrolment: 1,
      guest_profile: 1,
      access_override: 2,
    });
  });

  it('S0-2 shows a school that a course was pushed to without slots no student', async () => {
    expect(await countsFor(CEDAR_LEAD, OF_PERSONS)).toEqual({
      student: 0,
      course_enrolment: 0,
      guest_profile: 0,
      access_override: 0,
    });
    expect(await countsFor(CEDAR_LEAD, ['course', 'timetable_slot'])).toEqual({ course: 1, timetable_slot: 0 });
  });

  it('shows a teacher who teaches none of them no student, at home or there', async () => {
    for (const school of [ALDER, BIRCHWOOD])
      expect(await countsFor(callerAs('TEACHER', school), ['student', 'course_enrolment', 'guest_profile'])).toEqual({
        student: 0,
        course_enrolment: 0,
        guest_profile: 0,
      });
  });

  it('S0-19 lets no teaching school, and no teacher, write', async () => {
    const changes = [
      'update shared_teaching.guest_profile set year_group = null',
      'update shared_teaching.course_enrolment set end_date = null, start_date = start_date',
      "update shared_teaching.access_override set access = 'VIEW'",
      "update shared_teaching.agreement set in_force_to = '2099-08-31'",
      'delete from shared_teaching.guest_profile',
      'delete from shared_teaching.access_override',
    ];
    for (const caller of [BIRCHWOOD_LEAD, CEDAR_LEAD, callerAs('TEACHER', ALDER), null])
      for (const change of changes)
        await schools.graph.transaction('shared-teaching', caller, async ({ db }) => {
          expect((await sql.raw(change).execute(db)).numAffectedRows, change).toBe(0n);
        });
    const insert = schools.graph.transaction('shared-teaching', BIRCHWOOD_LEAD, ({ em }) =>
      em.execute(
        `insert into shared_teaching.course_enrolment (home_school_urn, id, course_id, student_id, start_date)
         select home_school_urn, gen_random_uuid(), course_id, student_id, '2030-09-01' from shared_teaching.course_enrolment`,
      ),
    );
    await expect(insert).rejects.toThrow('row-level security');
  });

  it('lets nobody delete, not even at home', async () => {
    for (const table of [...OF_PERSONS, ...OF_SCHOOLS])
      await schools.graph.transaction('shared-teaching', ALDER_LEAD, async ({ db }) => {
        const { numAffectedRows } = await sql.raw(`delete from shared_teaching.${table}`).execute(db);
        expect(numAffectedRows, table).toBe(0n);
      });
  });
});
