/** The second wall: what the database shows to a caller when no service and no resolver stands before it. */
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, SystemCaller } from '../../../subgraphs/kernel/caller.ts';
import { newUuid } from '../../../subgraphs/kernel/ids.ts';
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

describe('an agreement', () => {
  const SYSTEM = { kind: 'system', job: 'test', school: ALDER, reason: 'test' } as const;
  let home: Caller;
  let teaching: Caller;
  let id: string;

  beforeEach(async () => {
    [home, teaching] = [callerAs('DATA_LEAD', ALDER), callerAs('DATA_LEAD', BIRCHWOOD)];
    id = newUuid();
    await as(
      home,
      `${draft(id)}, null, null from shared_teaching.partnership where teaching_school_urn = '${BIRCHWOOD}'`,
    );
  });

  const draft = (newId: string, teachingSchool = 'teaching_school_urn') => `insert into shared_teaching.agreement
    (home_school_urn, partnership_id, teaching_school_urn, purpose, fields_covered, lawful_bases, in_force_from,
      in_force_to, review_on, id, home_signed_on, teaching_signed_on)
    select home_school_urn, id, ${teachingSchool}, 'Test', '{}', '{}', '2030-09-01', '2031-08-31', '2031-06-01',
      '${newId}'`;

  const as = (caller: Caller | SystemCaller, statement: string) =>
    schools.graph.transaction(
      'shared-teaching',
      caller,
      async ({ db }) => (await sql.raw(statement).execute(db)).numAffectedRows,
    );
  const set = (caller: Caller | SystemCaller, change: string) =>
    as(caller, `update shared_teaching.agreement set ${change} where id = '${id}'`);

  it('is drafted by the home school, which changes its terms until one of the two has signed', async () => {
    expect(await set(home, "in_force_to = '2032-08-31'")).toBe(1n);
    await expect(set(teaching, "in_force_to = '2033-08-31'")).rejects.toThrow('terms');
    await set(teaching, "teaching_signed_on = '2030-08-01'");
    for (const change of ["in_force_to = '2099-08-31'", "fields_covered = '{address}'", 'lead_in_days = 366'])
      for (const caller of [home, teaching]) await expect(set(caller, change)).rejects.toThrow('terms');
  });

  it('is signed by each school for itself, for good', async () => {
    await expect(set(home, "teaching_signed_on = '2030-08-01'")).rejects.toThrow('its own signature');
    await expect(set(teaching, "home_signed_on = '2030-08-01'")).rejects.toThrow('its own signature');
    expect(await set(home, "home_signed_on = '2030-08-01'")).toBe(1n);
    expect(await set(teaching, "teaching_signed_on = '2030-08-02'")).toBe(1n);
    await expect(set(home, 'home_signed_on = null')).rejects.toThrow('its own signature');
    const drafted = as(home, `${draft(newUuid())}, null, '2030-08-01' from shared_teaching.partnership`);
    await expect(drafted).rejects.toThrow('its own signature');
  });

  it('is not a third school’s, nor a teacher’s, to sign or to change', async () => {
    for (const caller of [CEDAR_LEAD, callerAs('TEACHER', ALDER), callerAs('TEACHER', BIRCHWOOD)])
      for (const change of ["teaching_signed_on = '2030-08-01'", "in_force_to = '2099-08-31'"])
        expect(await set(caller, change)).toBe(0n);
  });

  it('is changed by the graph itself', async () => {
    expect(await set(SYSTEM, "home_signed_on = '2030-08-01', teaching_signed_on = '2030-08-01'")).toBe(1n);
    expect(await set(SYSTEM, "in_force_to = '2032-08-31'")).toBe(1n);
  });

  it('is between the two schools of its partnership', async () => {
    const elsewhere = as(
      home,
      `${draft(newUuid(), `'${CEDAR}'`)}, null, null from shared_teaching.partnership where teaching_school_urn = '${BIRCHWOOD}'`,
    );
    await expect(elsewhere).rejects.toThrow('agreement_partnership');
  });
});

describe('without a partnership', () => {
  const NOBODY = '123456';
  const insert = (caller: Caller, statement: string) =>
    schools.graph.transaction('shared-teaching', caller, ({ db }) => sql.raw(statement).execute(db));

  it.each([
    `insert into shared_teaching.course_push (home_school_urn, id, course_id, teaching_school_urn, pushed_at)
     select home_school_urn, gen_random_uuid(), id, '${NOBODY}', now() from shared_teaching.course limit 1`,
    `insert into shared_teaching.registration_form (teaching_school_urn, id, home_school_urn, name)
     values ('${NOBODY}', gen_random_uuid(), '${ALDER}', 'Any name')`,
    `insert into shared_teaching.guest_profile (home_school_urn, id, student_id, teaching_school_urn,
       registration_form_id, protected_details, periods)
     select home_school_urn, gen_random_uuid(), student_id, '${NOBODY}', registration_form_id, false, '[]'
     from shared_teaching.guest_profile limit 1`,
  ])('a school is no teaching school: %s', async (statement) => {
    await expect(insert(ALDER_LEAD, statement)).rejects.toThrow('foreign key');
  });

  it('a school does not make one: the graph itself does', async () => {
    const made = insert(
      ALDER_LEAD,
      `insert into shared_teaching.partnership (home_school_urn, id, teaching_school_urn)
       values ('${ALDER}', gen_random_uuid(), '${NOBODY}')`,
    );
    await expect(made).rejects.toThrow('row-level security');
    const moved = insert(ALDER_LEAD, `update shared_teaching.partnership set guest_form_name = 'Any name'`);
    await expect(moved).rejects.toThrow('row-level security');
  });
});
