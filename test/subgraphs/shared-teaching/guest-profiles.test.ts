import { beforeAll, describe, expect, it } from 'vitest';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  CEDAR_LEAD,
  codesOf,
  openSharedTeaching,
  type Profile,
  type SharedTeaching,
} from './arrange.ts';

let schools: SharedTeaching;
let course: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
  await schools.agreement(ALDER, CEDAR);
  course = await schools.course(ALDER_LEAD);
  await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
});

/** A new guest at Birchwood: the student's id, and the profile as Birchwood sees it. */
async function guest(
  state: object = {},
  dates: [string?, string?] = [],
): Promise<{ student: string; profile: Profile }> {
  const student = await schools.student(ALDER, state);
  await schools.enrol(ALDER_LEAD, course, student, ...dates);
  const profile = (await schools.profiles(BIRCHWOOD_LEAD)).at(-1);
  if (!profile) throw new Error('Birchwood sees no guest.');
  return { student, profile };
}

interface Page {
  guestProfiles: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const rowOf = ({ fieldAccess }: Profile, name: string) => fieldAccess.find(({ field }) => field === name);

describe('a guest’s place at the teaching school', () => {
  it('S0-20 is a year group, the home one, and a registration form', async () => {
    const { profile } = await guest({ yearGroup: '12' });
    expect(profile).toMatchObject({
      yearGroup: 'YEAR_12',
      homeSchool: { urn: ALDER },
      teachingSchool: { urn: BIRCHWOOD },
      registrationForm: { name: 'Alder Grove School Year 12' },
      schoolEnrolment: { startDate: '2026-09-01', endDate: null },
    });
  });

  it('S0-20 follows the home year group from one year to the next', async () => {
    const { student } = await guest({ yearGroup: '12' });
    await schools.hearOfStudent(ALDER, student, { yearGroup: '13', version: 2 });
    expect((await schools.profiles(BIRCHWOOD_LEAD)).at(-1)).toMatchObject({
      yearGroup: 'YEAR_13',
      registrationForm: { name: 'Alder Grove School Year 13' },
    });
  });

  it('S0-21 is a form of the home school’s name, one for each year group, made when it is needed', async () => {
    const names = new Set<string | undefined>();
    for (const yearGroup of ['10', '10', '11', null])
      names.add((await guest({ yearGroup })).profile.registrationForm?.name);
    expect([...names]).toEqual(['Alder Grove School Year 10', 'Alder Grove School Year 11', 'Alder Grove School']);
  });

  it('S0-21 has its name to itself where another home school is called the same', async () => {
    const [urn, lead] = ['900009', callerAs('DATA_LEAD', '900009')];
    await schools.hear('school-site.changed', { schoolUrn: urn, name: 'Alder Grove School', telephone: null });
    await schools.agreement(urn, BIRCHWOOD);
    const [student, twin] = [await schools.student(urn, { yearGroup: '12' }), await schools.course(lead)];
    await schools.push(lead, twin, BIRCHWOOD, [{}]);
    await schools.enrol(lead, twin, student);
    expect((await schools.profiles(lead))[0]?.registrationForm).toEqual({ name: 'Alder Grove School Year 12 (2)' });
  });

  it('S0-21 has the name that the partnership gives instead', async () => {
    await schools.asAdministrator(
      "update shared_teaching.partnership set guest_form_name = 'Alder sixth form' where teaching_school_urn = $1",
      [BIRCHWOOD],
    );
    expect((await guest({ yearGroup: '14' })).profile.registrationForm).toEqual({ name: 'Alder sixth form Year 14' });
  });

  it('S0-22 is a form of a kind of its own: it is for guests and can be for nobody else', async () => {
    await guest();
    const kinds = await schools.asAdministrator('select distinct kind from shared_teaching.registration_form');
    expect(kinds).toEqual([{ kind: 'GUEST' }]);
    const change = schools.asAdministrator("update shared_teaching.registration_form set kind = 'HOME'");
    await expect(change).rejects.toThrow('registration_form_kind_check');
  });

  it('waits for the home school’s name rather than making a form without it', async () => {
    const [urn, lead] = ['900008', callerAs('DATA_LEAD', '900008')];
    await schools.agreement(urn, BIRCHWOOD);
    const [student, made] = [await schools.student(urn), await schools.course(lead)];
    await schools.push(lead, made, BIRCHWOOD, [{}]);
    await expect(schools.enrol(lead, made, student)).rejects.toThrow('CONFLICT');
  });
});

describe('B-1 field access', () => {
  it('tells of every row of the matrix what the school may do, and why, as a sentence', async () => {
    const { profile } = await guest();
    expect(profile.fieldAccess).toHaveLength(43);
    expect(rowOf(profile, 'emergencyContacts')).toEqual({
      field: 'emergencyContacts',
      access: 'VIEW',
      reason: 'SAFETY_FLOOR',
      explanation:
        'Emergency contacts: the teaching school sees this but cannot change it, because whoever teaches a child must know it to keep the child safe.',
      setBy: null,
      setAt: null,
    });
    expect(rowOf(profile, 'lessonAttendance')).toMatchObject({ access: 'EDIT', reason: 'SHARED_RECORD' });
    expect(rowOf(profile, 'detentions')).toMatchObject({ access: 'HIDDEN', reason: 'NOT_SYNCED' });
  });

  it('tells who overrode a row and when, and at home that the record is edited there', async () => {
    const { student, profile } = await guest();
    await schools.override(ALDER_LEAD, {
      teachingSchoolUrn: BIRCHWOOD,
      studentId: student,
      field: 'upn',
      access: 'HIDDEN',
    });
    const of = async (caller: typeof ALDER_LEAD) =>
      (await schools.profiles(caller)).find(({ id }) => id === profile.id) ?? profile;
    expect(rowOf(await of(BIRCHWOOD_LEAD), 'upn')).toMatchObject({
      access: 'HIDDEN',
      reason: 'SCHOOL_OVERRIDE',
      setBy: ALDER_LEAD.name,
      setAt: '2026-11-18T10:00:00.000Z',
    });
    expect(rowOf(await of(ALDER_LEAD), 'upn')).toEqual({
      field: 'upn',
      access: 'VIEW',
      reason: 'HOME_OWNED',
      explanation: 'Unique pupil number: the home school sees this here, and changes it in the student’s own record.',
      setBy: null,
      setAt: null,
    });
  });

  it('says that protected details hide address and picture, with the home school’s number to call', async () => {
    const { profile } = await guest({ protectedDetails: true });
    for (const row of ['address', 'picture'])
      expect(rowOf(profile, row)).toMatchObject({ access: 'HIDDEN', reason: 'PROTECTED' });
    expect(rowOf(profile, 'address')?.explanation).toBe(
      'Address: the teaching school does not see this, because the student’s details are protected; call the home school: 01632 960100.',
    );
    expect(rowOf(profile, 'upn')).toMatchObject({ access: 'VIEW' });
  });

  it('says whom to call where the home school’s number is not known, or has changed', async () => {
    const { profile } = await guest({ protectedDetails: true });
    const explanationAfter = async (version: number, telephone: string | null) => {
      await schools.hear('school-site.changed', { schoolUrn: ALDER, name: 'Alder Grove School', version, telephone });
      const seen = (await schools.profiles(BIRCHWOOD_LEAD)).find(({ id }) => id === profile.id);
      return seen && rowOf(seen, 'picture')?.explanation;
    };
    expect(await explanationAfter(2, null)).toMatch(/are protected; call the home school\.$/);
    expect(await explanationAfter(3, '01632 960999')).toMatch(/call the home school: 01632 960999\.$/);
  });
});

describe('outside the dates', () => {
  const QUERY =
    'query ($id: ID!) { guestProfile(id: $id) { id yearGroup registrationForm { name } schoolEnrolment { startDate endDate } } }';

  it('year group and form are null and told as hidden, before and after; dates stay', async () => {
    const { profile } = await guest({}, ['2026-10-05', '2026-11-13']);
    const { data, extensions } = await schools.call(BIRCHWOOD_LEAD, QUERY, { id: profile.id });
    expect(data?.guestProfile).toEqual({
      id: profile.id,
      yearGroup: null,
      registrationForm: null,
      schoolEnrolment: { startDate: '2026-10-05', endDate: '2026-11-13' },
    });
    expect(extensions?.guestAccess?.hidden).toEqual([
      { guestProfileId: profile.id, field: 'yearGroup', reason: 'OUTSIDE_DATES' },
      { guestProfileId: profile.id, field: 'registrationForm', reason: 'OUTSIDE_DATES' },
    ]);
    const atHome = await schools.call(ALDER_LEAD, QUERY, { id: profile.id });
    expect(atHome.data?.guestProfile).toMatchObject({ yearGroup: 'YEAR_12' });
    expect(atHome.extensions).toBeUndefined();
  });

  it('they are there in the lead-in of the agreement', async () => {
    const { profile } = await guest({}, ['2026-12-16']);
    expect(profile.yearGroup).toBe('YEAR_12');
    const early = await guest({}, ['2026-12-17']);
    expect(early.profile.yearGroup).toBeNull();
  });
});

describe('a lapsed agreement', () => {
  it('B-11 stops the flow but for the safety floor, and the answer says so', async () => {
    const student = await schools.student(ALDER);
    const art = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, art, CEDAR, [{}]);
    await schools.enrol(ALDER_LEAD, art, student, '2026-09-01', '2026-12-18');
    await schools.asAdministrator(
      "update shared_teaching.agreement set in_force_to = '2026-11-17' where teaching_school_urn = $1",
      [CEDAR],
    );
    const [profile] = await schools.profiles(CEDAR_LEAD);
    if (!profile) throw new Error('Cedar sees no guest.');
    expect(profile.yearGroup).toBeNull();
    expect(profile.schoolEnrolment).toEqual({ startDate: '2026-09-01', endDate: '2026-12-18' });
    for (const row of [
      'displayName',
      'dates',
      'emergencyContacts',
      'medicalConditions',
      'contactRestrictions',
      'dietaryRequirements',
    ])
      expect(rowOf(profile, row)).toMatchObject({ access: 'VIEW', reason: 'VITAL_INTERESTS' });
    for (const row of ['address', 'upn', 'legalFirstName', 'sex', 'yearGroup', 'senStatus'])
      expect(rowOf(profile, row)).toMatchObject({ access: 'HIDDEN', reason: 'NO_AGREEMENT' });
    const answer = await schools.call(CEDAR_LEAD, '{ guestProfiles { nodes { yearGroup } } }');
    expect(answer.extensions?.guestAccess?.hidden).toEqual([
      { guestProfileId: profile.id, field: 'yearGroup', reason: 'NO_AGREEMENT' },
    ]);
  });
});

describe('finding guest profiles', () => {
  it('another school gets the same bytes as for an id that is absent, undecodable or of another kind', async () => {
    const { profile, student } = await guest();
    const queries = [
      'query ($id: ID!) { guestProfile(id: $id) { id } }',
      'query ($id: ID!) { _entities(representations: [{ __typename: "GuestProfile", id: $id }]) { ... on GuestProfile { id guestGrant yearGroup } } }',
    ];
    for (const query of queries) {
      const texts = new Set<string>();
      for (const id of [profile.id, encodeId('GuestProfile', newUuid()), 'gst_nonsense', student, ''])
        texts.add(JSON.stringify(await schools.call(CEDAR_LEAD, query, { id })));
      expect(texts.size).toBe(1);
    }
  });

  it('at home a student leads to the guest profiles; another school’s student, or none, to an empty list', async () => {
    const { profile, student } = await guest();
    const query = `query ($id: ID!) { _entities(representations: [{ __typename: "Student", id: $id }]) {
      ... on Student { guestProfiles { id teachingSchool { urn } } } } }`;
    const of = async (caller: typeof ALDER_LEAD, id: string) =>
      (await schools.call(caller, query, { id })).data?._entities;
    expect(await of(ALDER_LEAD, student)).toEqual([
      { guestProfiles: [{ id: profile.id, teachingSchool: { urn: BIRCHWOOD } }] },
    ]);
    for (const caller of [BIRCHWOOD_LEAD, CEDAR_LEAD])
      for (const id of [student, encodeId('Student', newUuid()), 'no id'])
        expect(await of(caller, id)).toEqual([{ guestProfiles: [] }]);
  });

  it('pages by first and after, and each profile comes once', async () => {
    const all = (await schools.profiles(BIRCHWOOD_LEAD)).map(({ id }) => id);
    const query = `query ($after: String) { guestProfiles(first: 3, after: $after) {
      nodes { id } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Page = await schools.ask(BIRCHWOOD_LEAD, query, { after });
      seen.push(...page.guestProfiles.nodes.map(({ id }) => id));
      [after, more] = [page.guestProfiles.pageInfo.endCursor, page.guestProfiles.pageInfo.hasNextPage];
    }
    expect(seen).toEqual(all);
  });

  it('refuses a page of 0 and of 101, and a cursor that it has not given', async () => {
    const { profile } = await guest();
    const page = (caller: typeof ALDER_LEAD, args: string) =>
      schools.call(caller, `{ guestProfiles(${args}) { nodes { id } } }`);
    for (const args of ['first: 0', 'first: 101', 'after: "none"', `after: "${encodeId('GuestProfile', newUuid())}"`])
      expect(codesOf(await page(BIRCHWOOD_LEAD, args))).toEqual(['BAD_USER_INPUT']);
    // a cursor of another school's list tells nothing of its row
    expect(codesOf(await page(CEDAR_LEAD, `after: "${profile.id}"`))).toEqual(['BAD_USER_INPUT']);
  });

  it('filters by home school, teaching school and course', async () => {
    const other = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, other, BIRCHWOOD, [{}]);
    const { student, profile } = await guest();
    await schools.enrol(ALDER_LEAD, other, student);
    const idsOf = async (filter: string) =>
      (
        await schools.ask<{ guestProfiles: { nodes: { id: string }[] } }>(
          BIRCHWOOD_LEAD,
          `{ guestProfiles(first: 100, filter: { ${filter} }) { nodes { id } } }`,
        )
      ).guestProfiles.nodes.map(({ id }) => id);
    expect(await idsOf(`courseId: "${other}"`)).toEqual([profile.id]);
    expect(await idsOf(`courseId: "${other}", homeSchoolUrn: ${ALDER}`)).toEqual([profile.id]);
    expect(await idsOf(`courseId: "${other}", homeSchoolUrn: ${CEDAR}`)).toEqual([]);
    for (const id of [encodeId('Course', newUuid()), 'no id at all', ''])
      expect(await idsOf(`courseId: "${id}"`)).toEqual([]);
    expect((await idsOf(`homeSchoolUrn: ${ALDER}`)).length).toBeGreaterThan(1);
    expect(await idsOf(`teachingSchoolUrn: ${CEDAR}`)).toEqual([]);
  });

  it('is for callers with the scope: nobody else learns more than that', async () => {
    const query = '{ guestProfiles { nodes { id } } }';
    for (const role of ['SUPPORT', 'ANALYST'] as const)
      expect(codesOf(await schools.call(callerAs(role, null), query))).toEqual(['FORBIDDEN']);
    expect(codesOf(await schools.call(null, query))).toEqual(['UNAUTHENTICATED']);
  });
});
