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
  type SharedTeaching,
} from './arrange.ts';

let schools: SharedTeaching;
/** At both teaching schools. */
let student: string;
let classmate: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  [student, classmate] = [await schools.student(ALDER), await schools.student(ALDER)];
  for (const teaching of [BIRCHWOOD, CEDAR]) {
    await schools.agreement(ALDER, teaching);
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, teaching, [{}]);
    for (const each of [student, classmate]) await schools.enrol(ALDER_LEAD, course, each);
  }
});

const set = (input: object) => schools.override(ALDER_LEAD, { teachingSchoolUrn: BIRCHWOOD, ...input });

/** `access reason` of a row for each guest, in the order in which they were made. */
const seenBy = async (caller: typeof ALDER_LEAD, row: string) =>
  (await schools.profiles(caller)).map(({ fieldAccess }) => {
    const found = fieldAccess.find(({ field }) => field === row);
    return `${found?.access} ${found?.reason}`;
  });

describe('B-2 a home school', () => {
  it('narrows a field for one teaching school, and for no other', async () => {
    expect(await set({ field: 'address', access: 'HIDDEN' })).toEqual({
      fieldAccess: {
        field: 'address',
        access: 'HIDDEN',
        reason: 'SCHOOL_OVERRIDE',
        explanation: 'Address: the teaching school does not see this, because the home school set it so.',
        setBy: ALDER_LEAD.name,
        setAt: '2026-11-18T10:00:00.000Z',
      },
      userErrors: [],
    });
    expect(await seenBy(BIRCHWOOD_LEAD, 'address')).toEqual(['HIDDEN SCHOOL_OVERRIDE', 'HIDDEN SCHOOL_OVERRIDE']);
    expect(await seenBy(CEDAR_LEAD, 'address')).toEqual(['VIEW HOME_OWNED', 'VIEW HOME_OWNED']);
    expect((await seenBy(ALDER_LEAD, 'address')).every((each) => each === 'VIEW HOME_OWNED')).toBe(true);
  });

  it('narrows it for one student there, which goes before what holds for the school', async () => {
    await set({ field: 'upn', access: 'HIDDEN', studentId: student });
    expect(await seenBy(BIRCHWOOD_LEAD, 'upn')).toEqual(['HIDDEN SCHOOL_OVERRIDE', 'VIEW HOME_OWNED']);
    await set({ field: 'upn', access: 'HIDDEN' });
    await set({ field: 'upn', access: 'VIEW', studentId: student });
    expect(await seenBy(BIRCHWOOD_LEAD, 'upn')).toEqual(['VIEW SCHOOL_OVERRIDE', 'HIDDEN SCHOOL_OVERRIDE']);
    expect(await seenBy(CEDAR_LEAD, 'upn')).toEqual(['VIEW HOME_OWNED', 'VIEW HOME_OWNED']);
  });

  it('widens a field as far as its ceiling', async () => {
    const { fieldAccess } = await set({ field: 'accessArrangements', access: 'EDIT' });
    expect(fieldAccess).toMatchObject({ access: 'EDIT', reason: 'SCHOOL_OVERRIDE' });
    expect(await seenBy(BIRCHWOOD_LEAD, 'accessArrangements')).toEqual([
      'EDIT SCHOOL_OVERRIDE',
      'EDIT SCHOOL_OVERRIDE',
    ]);
  });

  it('resets a field, and the default stands again; for the student, what holds for the school', async () => {
    await set({ field: 'picture', access: 'HIDDEN' });
    await set({ field: 'picture', access: 'VIEW', studentId: student });
    const ofStudent = await set({ field: 'picture', access: null, studentId: student });
    expect(ofStudent.fieldAccess).toMatchObject({ access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' });
    const ofSchool = await set({ field: 'picture' });
    expect(ofSchool.fieldAccess).toMatchObject({ access: 'VIEW', reason: 'HOME_OWNED', setBy: null, setAt: null });
    expect(await seenBy(BIRCHWOOD_LEAD, 'picture')).toEqual(['VIEW HOME_OWNED', 'VIEW HOME_OWNED']);
  });

  it('keeps what was set before, with who set and who ended it', async () => {
    const successor = callerAs('DATA_LEAD', ALDER);
    await set({ field: 'languages', access: 'HIDDEN' });
    schools.graph.clock.advance(60_000);
    await schools.override(successor, { teachingSchoolUrn: BIRCHWOOD, field: 'languages', access: 'VIEW' });
    await schools.override(successor, { teachingSchoolUrn: BIRCHWOOD, field: 'languages', access: null });
    const history = await schools.asAdministrator(
      `select access, set_by = $1 as "setByFirst", ended_by = $2 as "endedBySuccessor", ended_at > set_at as later
       from shared_teaching.access_override where field = 'languages' order by id`,
      [ALDER_LEAD.subject, successor.subject],
    );
    expect(history).toEqual([
      { access: 'HIDDEN', setByFirst: true, endedBySuccessor: true, later: true },
      { access: 'VIEW', setByFirst: false, endedBySuccessor: true, later: false },
    ]);
  });
});

it('B-2 of several who set one field at the same moment the last one holds, and none fails', async () => {
  const levels = ['HIDDEN', 'VIEW', 'HIDDEN', 'VIEW'];
  const answers = await Promise.all(levels.map((access) => set({ field: 'inCare', access })));
  expect(answers.map(({ fieldAccess }) => fieldAccess?.access)).toEqual(levels);
  const active = await schools.asAdministrator(
    "select from shared_teaching.access_override where field = 'inCare' and ended_at is null",
  );
  expect(active).toHaveLength(1);
});

describe('an override is refused', () => {
  const active = () =>
    schools.asAdministrator(
      'select id, field, access from shared_teaching.access_override where ended_at is null order by id',
    );

  it.each([
    ['address', 'EDIT', 'ABOVE_CEILING', '"address" can be set from HIDDEN to VIEW (HOME_OWNED). Nothing was changed.'],
    [
      'accessArrangements',
      'HIDDEN',
      'BELOW_FLOOR',
      '"accessArrangements" can be set from VIEW to EDIT (HOME_OWNED). Nothing was changed.',
    ],
    [
      'emergencyContacts',
      'EDIT',
      'ABOVE_CEILING',
      '"emergencyContacts" is VIEW for every teaching school and cannot be overridden (SAFETY_FLOOR). Nothing was changed.',
    ],
    [
      'medicalConditions',
      'HIDDEN',
      'BELOW_FLOOR',
      '"medicalConditions" is VIEW for every teaching school and cannot be overridden (SAFETY_FLOOR). Nothing was changed.',
    ],
    [
      'displayName',
      'VIEW',
      'NOT_OVERRIDABLE',
      '"displayName" is VIEW for every teaching school and cannot be overridden (HOME_OWNED). Nothing was changed.',
    ],
    [
      'detentions',
      'VIEW',
      'ABOVE_CEILING',
      '"detentions" is HIDDEN for every teaching school and cannot be overridden (NOT_SYNCED). Nothing was changed.',
    ],
    [
      'ownAbsenceNotes',
      null,
      'NOT_OVERRIDABLE',
      '"ownAbsenceNotes" is EDIT for every teaching school and cannot be overridden (SHARED_RECORD). Nothing was changed.',
    ],
  ])('of %s to %s: %s, with the bounds and the reason', async (field, access, code, message) => {
    const before = await active();
    const { fieldAccess, userErrors } = await set({ field, access });
    expect(fieldAccess).toBeNull();
    expect(userErrors).toMatchObject([{ code, message }]);
    expect(await active()).toEqual(before);
  });

  it('of a row that the matrix does not have, saying which there are', async () => {
    const { userErrors } = await set({ field: 'adress', access: 'HIDDEN' });
    expect(userErrors).toMatchObject([{ code: 'UNKNOWN_FIELD', field: 'field' }]);
    expect(userErrors[0]?.message).toContain('address, upn, uci, uln');
    expect(userErrors[0]?.message).not.toContain('adress');
  });

  it('for a student of another school as for one that nobody has', async () => {
    const foreign = await schools.student(BIRCHWOOD);
    const texts = new Set<string>();
    for (const studentId of [foreign, encodeId('Student', newUuid()), 'no id', ''])
      texts.add(JSON.stringify(await set({ field: 'address', access: 'VIEW', studentId })));
    expect(texts.size).toBe(1);
    expect([...texts][0]).toContain('"code":"NOT_FOUND","field":"studentId"');
  });

  it('for a school that is no partner as for one that is not there, and to the teaching school itself', async () => {
    const texts = new Set<string>();
    for (const [caller, teachingSchoolUrn] of [
      [ALDER_LEAD, '999999'],
      [ALDER_LEAD, ALDER],
      [BIRCHWOOD_LEAD, BIRCHWOOD],
      [BIRCHWOOD_LEAD, ALDER],
      [CEDAR_LEAD, BIRCHWOOD],
    ] as const)
      texts.add(
        JSON.stringify(await schools.override(caller, { teachingSchoolUrn, field: 'address', access: 'VIEW' })),
      );
    expect(texts.size).toBe(1);
    expect([...texts][0]).toContain('"code":"NOT_FOUND","field":"teachingSchoolUrn"');
  });

  it('to whoever lacks the scope', async () => {
    const narrow = `mutation { setGuestFieldAccess(input: { teachingSchoolUrn: ${BIRCHWOOD}, field: "address", access: HIDDEN }) {
      fieldAccess { field } } }`;
    for (const role of ['TEACHER', 'SENCO', 'EXAMS_OFFICER'] as const)
      expect(codesOf(await schools.call(callerAs(role, ALDER), narrow))).toEqual(['FORBIDDEN']);
  });

  it('with an error when the level is none', async () => {
    const answer = await schools.call(
      ALDER_LEAD,
      'mutation { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, field: "address", access: SECRET }) { fieldAccess { field } } }',
    );
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('partnerships', () => {
  it('are told to both schools with their agreements, and to no third', async () => {
    const query = `{ partnerships { homeSchool { urn } teachingSchool { urn } agreements { purpose fieldsCovered from to
      reviewOn leadInDays runOutTo inForce signatures { school { urn } signedOn } } } }`;
    const of = (caller: typeof ALDER_LEAD) => schools.ask<{ partnerships: unknown[] }>(caller, query);
    expect((await of(ALDER_LEAD)).partnerships).toHaveLength(2);
    const { partnerships } = await of(BIRCHWOOD_LEAD);
    expect(partnerships).toMatchObject([
      {
        homeSchool: { urn: ALDER },
        teachingSchool: { urn: BIRCHWOOD },
        agreements: [
          {
            from: '2026-09-01',
            to: '2028-08-31',
            leadInDays: 28,
            runOutTo: '09-30',
            inForce: true,
            signatures: [
              { school: { urn: ALDER }, signedOn: '2026-09-01' },
              { school: { urn: BIRCHWOOD }, signedOn: '2026-09-01' },
            ],
          },
        ],
      },
    ]);
    expect(await of(callerAs('DATA_LEAD', '900007'))).toEqual({ partnerships: [] });
  });
});
