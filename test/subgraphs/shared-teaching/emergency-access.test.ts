/** Breaking the glass in the subgraph that decides: what is signed, told and kept, and what the database allows. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { BREAK_GLASS, createGrantVerifier, GRANT_LIFETIME_MS } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { decodeId, encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { appAt, callerAs } from '../../kit/callers.ts';
import { TEST_TODAY } from '../../kit/clock.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  CEDAR_LEAD,
  codesOf,
  openSharedTeaching,
  type SharedTeaching,
} from './arrange.ts';

const REASON = 'Collapsed in the canteen';
const MINUTE = 60_000;
const FIELDS = 'id emergencyGrant until';

let schools: SharedTeaching;
let student: string;
let guest: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.listenTo('emergency-access.opened');
  await schools.agreement(ALDER, BIRCHWOOD);
  student = await schools.student(ALDER);
  await schools.enrol(ALDER_LEAD, await schools.taughtAt(BIRCHWOOD), student);
  const [profile] = await schools.profiles(BIRCHWOOD_LEAD);
  guest = profile?.id ?? '';
});

beforeEach(() => {
  schools.graph.clock.moveTo(TEST_TODAY);
});

interface Opened {
  id: string;
  emergencyGrant: string | null;
  until: string;
}

const MUTATION = `mutation ($id: ID!, $reason: String!) { openEmergencyAccess(input: { guestProfileId: $id, reason: $reason }) {
  emergencyAccess { ${FIELDS} } userErrors { code field } } }`;

const call = (caller: Caller) => schools.call(caller, MUTATION, { id: guest, reason: REASON });

async function open(caller: Caller): Promise<Opened> {
  const { data, errors } = await call(caller);
  const opened = (data?.openEmergencyAccess as { emergencyAccess: Opened | null } | undefined)?.emergencyAccess;
  if (!opened) throw new Error(JSON.stringify({ data, errors }));
  return opened;
}

async function grantOf(caller: Caller, { id }: Opened) {
  const query = `query ($id: ID!) { emergencyAccess(id: $id) { ${FIELDS} } }`;
  const { emergencyAccess } = await schools.ask<{ emergencyAccess: Opened | null }>(caller, query, { id });
  const verifier = createGrantVerifier(schools.graph.grantSecret, schools.graph.clock.now);
  const text = emergencyAccess?.emergencyGrant ?? '';
  return { text, verify: (reader = caller) => verifier.verify(text, reader) };
}

describe('the grant of an emergency', () => {
  it('says contacts and health, of this guest, for this access, and nothing else', async () => {
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    const opened = await open(teacher);
    const grant = (await grantOf(teacher, opened)).verify();
    expect(grant).toMatchObject({
      homeSchool: ALDER,
      teachingSchool: BIRCHWOOD,
      student: decodeId('Student', student),
      profile: decodeId('GuestProfile', guest),
      purpose: BREAK_GLASS,
      emergencyAccess: decodeId('EmergencyAccess', opened.id),
    });
    expect([...(grant?.access ?? [])].map(([row, { access }]) => `${row} ${access}`).sort()).toEqual([
      'contactRestrictions VIEW',
      'dietaryRequirements VIEW',
      'displayName VIEW',
      'emergencyContacts VIEW',
      'medicalConditions VIEW',
      'otherMedicalConditions VIEW',
    ]);
  });

  it('is good for a minute, and never beyond the quarter of an hour', async () => {
    const caterer = callerAs('CATERING', BIRCHWOOD);
    const opened = await open(caterer);
    const first = await grantOf(caterer, opened);
    schools.graph.clock.advance(GRANT_LIFETIME_MS);
    expect(first.verify()).toBeNull();
    schools.graph.clock.advance(14 * MINUTE - 1_000);
    const last = await grantOf(caterer, opened);
    expect(last.verify()).not.toBeNull();
    schools.graph.clock.advance(1_000);
    expect(last.verify()).toBeNull();
    expect((await grantOf(caterer, opened)).text).toBe('');
  });

  it('is for the opener alone', async () => {
    const caterer = callerAs('CATERING', BIRCHWOOD);
    const grant = await grantOf(caterer, await open(caterer));
    for (const other of [callerAs('CATERING', BIRCHWOOD), callerAs('TEACHER', BIRCHWOOD, caterer.subject)])
      expect(grant.verify(other)).toBeNull();
  });

  it('holds what the home school set for the student, though the opener does not teach the student', async () => {
    const set = (access: string | null) =>
      schools.override(ALDER_LEAD, {
        teachingSchoolUrn: BIRCHWOOD,
        studentId: student,
        field: 'otherMedicalConditions',
        access,
      });
    await set('HIDDEN');
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    const grant = (await grantOf(teacher, await open(teacher))).verify();
    expect(grant?.access.get('otherMedicalConditions')).toEqual({ access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' });
    await set(null);
  });

  it('without an agreement holds what staff must know to keep the child safe, and no more', async () => {
    await schools.asAdministrator("update shared_teaching.agreement set in_force_to = '2026-11-17'");
    const caterer = callerAs('CATERING', BIRCHWOOD);
    const access = (await grantOf(caterer, await open(caterer))).verify()?.access;
    for (const row of ['emergencyContacts', 'contactRestrictions', 'dietaryRequirements', 'medicalConditions'])
      expect(access?.get(row), row).toEqual({ access: 'VIEW', reason: 'VITAL_INTERESTS' });
    expect(access?.get('otherMedicalConditions')).toEqual({ access: 'HIDDEN', reason: 'NO_AGREEMENT' });
    await schools.asAdministrator("update shared_teaching.agreement set in_force_to = '2028-08-31'");
  });
});

describe('opening', () => {
  it('is told to the home school, by ids alone, once', async () => {
    const caterer = callerAs('CATERING', BIRCHWOOD);
    const before = (await schools.told('emergency-access.opened')).length;
    const { id, until } = await open(caterer);
    await open(caterer);
    const told = await schools.told('emergency-access.opened');
    expect(told).toHaveLength(before + 1);
    const { eventId, ...payload } = told.at(-1) ?? { eventId: '' };
    expect(payload).toEqual({
      schoolUrn: ALDER,
      aggregateId: decodeId('EmergencyAccess', id),
      version: 1,
      teachingSchoolUrn: BIRCHWOOD,
      studentId: decodeId('Student', student),
      guestProfileId: decodeId('GuestProfile', guest),
      openedBy: caterer.subject,
      openedAt: `${TEST_TODAY}T10:00:00.000Z`,
      until,
    });
    const schema = JSON.parse(readFileSync('schema/events/emergency-access.opened.json', 'utf8'));
    const formats = { uuid: true, 'date-time': true } as const;
    expect(new Ajv2020({ formats }).compile(schema)({ eventId, ...payload })).toBe(true);
  });

  it('by one person several times at once opens once', async () => {
    const caterer = callerAs('CATERING', BIRCHWOOD);
    const before = (await schools.told('emergency-access.opened')).length;
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(caterer)));
    expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
    expect(await schools.told('emergency-access.opened')).toHaveLength(before + 1);
  });

  it('is a person’s: an app is refused, with every scope', async () => {
    expect(codesOf(await call(appAt(BIRCHWOOD, BIRCHWOOD_LEAD.scopes)))).toEqual(['FORBIDDEN']);
  });

  it('leaves nothing open of a guest in the rest of the call', async () => {
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    const { data } = await schools.call(
      teacher,
      `mutation ($id: ID!, $reason: String!) { openEmergencyAccess(input: { guestProfileId: $id, reason: $reason }) {
         emergencyAccess { id emergencyGrant guestProfile { id guestGrant } } } }`,
      { id: guest, reason: REASON },
    );
    expect(data?.openEmergencyAccess).toEqual({
      emergencyAccess: { id: expect.any(String), emergencyGrant: expect.any(String), guestProfile: null },
    });
    expect(await schools.profiles(teacher)).toEqual([]);
  });

  it('finds no guest by an id that is not there, that is a student’s, or that is none', async () => {
    for (const id of [encodeId('GuestProfile', newUuid()), student, ''])
      expect((await schools.call(BIRCHWOOD_LEAD, MUTATION, { id, reason: REASON })).data?.openEmergencyAccess).toEqual({
        emergencyAccess: null,
        userErrors: [{ code: 'NOT_FOUND', field: 'guestProfileId' }],
      });
  });
});

describe('the database', () => {
  const as = <Row>(caller: Caller, statement: string) =>
    schools.graph.transaction(
      'shared-teaching',
      caller,
      async ({ db }) => (await sql.raw<Row>(statement).execute(db)).rows,
    );
  const count = async (caller: Caller): Promise<number> =>
    (await as(caller, 'select from shared_teaching.emergency_access')).length;

  it('shows what was opened to both schools, to a teacher her own, and to nobody else', async () => {
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    await open(teacher);
    const all = await count(ALDER_LEAD);
    expect(all).toBeGreaterThan(1);
    expect(await count(BIRCHWOOD_LEAD)).toBe(all);
    expect(await count(teacher)).toBe(1);
    for (const caller of [
      CEDAR_LEAD,
      callerAs('TEACHER', BIRCHWOOD),
      callerAs('TEACHER', ALDER),
      callerAs('SUPPORT', null),
    ])
      expect(await count(caller)).toBe(0);
  });

  it('takes a row from the school that teaches the student, of its own guests, and from nobody else', async () => {
    const insert = (openedBy: string, changed: Record<string, string> = {}) => {
      const columns = ['home_school_urn', 'teaching_school_urn', 'student_id', 'guest_profile_id'];
      const values = columns.map((column) => (changed[column] ? `'${changed[column]}'` : column));
      return `insert into shared_teaching.emergency_access (${columns.join()}, id, opened_by, opened_by_name,
          opened_by_role, opened_at, until, reason)
        select ${values.join()}, '${newUuid()}', '${openedBy}', 'Una Tester', 'TEACHER', now(),
          now() + interval '15 minutes', '${REASON}' from shared_teaching.emergency_access limit 1`;
    };
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    await open(teacher);
    await as(teacher, insert(teacher.subject));
    await expect(as(ALDER_LEAD, insert(ALDER_LEAD.subject))).rejects.toThrow('row-level security');
    await expect(as(teacher, insert(BIRCHWOOD_LEAD.subject))).rejects.toThrow('row-level security');
    await expect(as(BIRCHWOOD_LEAD, insert(newUuid(), { teaching_school_urn: CEDAR }))).rejects.toThrow(
      'row-level security',
    );
    await expect(as(BIRCHWOOD_LEAD, insert(newUuid(), { student_id: newUuid() }))).rejects.toThrow('foreign key');
  });

  it('changes no row, and takes none away', async () => {
    for (const statement of [
      "update shared_teaching.emergency_access set reason = 'Another reason'",
      "update shared_teaching.emergency_access set until = until + interval '1 hour'",
      'delete from shared_teaching.emergency_access',
    ])
      for (const caller of [ALDER_LEAD, BIRCHWOOD_LEAD])
        await expect(as(caller, statement), statement).rejects.toThrow('permission denied');
  });

  it('keeps nothing that is open for longer, or says no reason', async () => {
    const [open = ''] = [
      `insert into shared_teaching.emergency_access select home_school_urn, '${newUuid()}',
      teaching_school_urn, student_id, guest_profile_id, opened_by, opened_by_name, opened_by_role, opened_at,`,
    ];
    const from = 'from shared_teaching.emergency_access limit 1';
    await expect(as(BIRCHWOOD_LEAD, `${open} opened_at + interval '16 minutes', reason ${from}`)).rejects.toThrow(
      'check',
    );
    await expect(as(BIRCHWOOD_LEAD, `${open} until, 'short' ${from}`)).rejects.toThrow('check');
  });

  it('shows a teacher no guest but her own, whatever was looked up a statement before', async () => {
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    const uuid = decodeId('GuestProfile', guest);
    const seen = await schools.graph.transaction('shared-teaching', teacher, async ({ db }) => {
      const found = await sql`select from shared_teaching.emergency_guests(array[${uuid}]::uuid[])`.execute(db);
      const after = await sql`select from shared_teaching.guest_profile`.execute(db);
      return [found.rows.length, after.rows.length];
    });
    expect(seen).toEqual([1, 0]);
    for (const caller of [ALDER_LEAD, CEDAR_LEAD, callerAs('TEACHER', ALDER)])
      expect(await as(caller, `select from shared_teaching.emergency_guests(array['${uuid}']::uuid[])`)).toEqual([]);
  });
});
