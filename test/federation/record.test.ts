/** The record of reading: what every answer that carries a field of a person leaves behind, and that none leaves without. */
import { describe, expect, it } from 'vitest';
import { asAdmin, roleOf } from '../../subgraphs/kernel/database/roles.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { POLICY_VERSION } from '../../subgraphs/kernel/guest-access/grant.ts';
import { decodeId, encodeId } from '../../subgraphs/kernel/ids.ts';
import { writesRecordSql } from '../../subgraphs/kernel/record/audit-schema.ts';
import type { RecordedReading } from '../../subgraphs/kernel/record/row.ts';
import { callerOf } from '../kit/callers.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { startGraph } from '../kit/graph.ts';
import { headsOf, recorded, recordedBy, sealAll, verify } from '../kit/record.ts';
import { codesOf, dataOf, hiddenIn } from './answers.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';
import { ALLOWED, GUESTS, HOME_EDIT, NARROW, REFUSED } from './operations.ts';

const graph = await startGraph();
const { database } = graph;
const [ALDER_LEAD, BIRCHWOOD_LEAD] = ['data-lead@alder.example', 'data-lead@birchwood.example'];
const students = await studentsOfAlder(graph);
const guests = students.filter(({ guestProfiles }) =>
  guestProfiles.some((each) => each.teachingSchool.urn === '900002'),
);
const protectedGuest = guests.find(({ protectedDetails }) => protectedDetails);
const openGuest = guests.find(({ protectedDetails }) => !protectedDetails);
const profileOf = (student: typeof openGuest) => profileAt('900002', student);
const uuidOf = (student: typeof openGuest) => decodeId('Student', student?.id ?? '') ?? 'none';

/** An answer, and what it left on record. */
async function ask(who: string | null, query: string, variables: Record<string, unknown> = {}) {
  const { answer, rows } = await recorded(database, graph.as(who), query, variables);
  return { answer, rows, readings: rows.flatMap((row) => row.readings) };
}

const agreementOfBirchwood = async () =>
  (
    await asAdmin(database.adminUrl, (client) =>
      client.query<{ id: string; purpose: string }>(
        `select a.id, a.purpose from shared_teaching.agreement a join shared_teaching.partnership p on p.id = a.partnership_id
         where p.home_school_urn = '900001' and p.teaching_school_urn = '900002'`,
      ),
    )
  ).rows[0];

const fieldsOf = (readings: readonly RecordedReading[]): string[] => readings.flatMap(({ fields }) => fields).sort();

describe('a reading of guests', () => {
  it('is one row for each call to a subgraph: who, when, by what, of whom, which fields, on what grounds', async () => {
    const { answer, rows } = await ask(BIRCHWOOD_LEAD, GUESTS, { first: 5 });
    const { id, role } = demoStaff(BIRCHWOOD_LEAD);
    const agreement = await agreementOfBirchwood();
    expect(rows.map(({ writer }) => writer)).toEqual(['shared-teaching', 'students']);
    const nodes = dataOf<{ guestProfiles: { nodes: { id: string }[] } }>(answer).guestProfiles.nodes;
    const shown = guests.filter((each) => nodes.some((node) => node.id === profileOf(each))).map(uuidOf);
    for (const row of rows) {
      expect(row).toMatchObject({
        at: `${TEST_TODAY}T10:00:00.000000Z`,
        outcome: 'READ',
        operation: 'Guests',
        subject: id,
        kind: 'person',
        role,
        school: '900002',
        policy: POLICY_VERSION,
        refusals: [],
      });
      expect([...row.students].sort()).toEqual([...shown].sort());
      for (const reading of row.readings)
        expect(reading).toMatchObject({
          homeSchool: '900001',
          agreement: agreement?.id,
          purpose: agreement?.purpose,
          flags: [],
        });
    }
    expect(new Set(rows.map(({ request }) => request)).size).toBe(1);
    expect(fieldsOf(rows[0]?.readings ?? [])).toEqual(
      ['fieldAccess', 'homeSchool', 'registrationForm', 'schoolEnrolment', 'yearGroup'].map(
        (field) => `GuestProfile.${field}`,
      ),
    );
  });

  it('holds no value', async () => {
    const { answer, rows } = await ask(BIRCHWOOD_LEAD, GUESTS, { first: 5 });
    const nodes = dataOf<{ guestProfiles: { nodes: Record<string, unknown>[] } }>(answer).guestProfiles.nodes;
    const text = JSON.stringify(rows);
    for (const { displayName, legalLastName, upn, uci, dateOfBirth } of nodes)
      for (const value of [displayName, legalLastName, upn, uci, dateOfBirth])
        if (typeof value === 'string') expect(text).not.toContain(value);
    expect(text).not.toContain(demoStaff(BIRCHWOOD_LEAD).name);
  });

  it('names every field that was answered, also where it was empty, and by the schema’s name', async () => {
    const query = `query Q($id: ID!) { guestProfile(id: $id) { somethingPrivate: preferredFirstName uln a: sessionAttendance(last: 2) { mark } b: sessionAttendance(last: 1000) { mark } } }`;
    const { answer, rows, readings } = await ask(BIRCHWOOD_LEAD, query, { id: profileOf(openGuest) });
    expect(dataOf<{ guestProfile: object }>(answer).guestProfile).toMatchObject({ b: null });
    expect(fieldsOf(readings)).toEqual([
      'GuestProfile.preferredFirstName',
      'GuestProfile.sessionAttendance',
      'GuestProfile.uln',
    ]);
    expect(JSON.stringify(rows)).not.toContain('somethingPrivate');
  });

  it('does not name a field that failed', async () => {
    const query = 'query Q($id: ID!) { guestProfile(id: $id) { uln sessionAttendance(last: 1000) { mark } } }';
    const { answer, readings } = await ask(BIRCHWOOD_LEAD, query, { id: profileOf(openGuest) });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(fieldsOf(readings)).toEqual(['GuestProfile.uln']);
  });

  it('does not name a field that was withheld, though it was shown of another', async () => {
    const ids = [profileOf(openGuest), profileOf(protectedGuest)];
    const query = `query ($a: ID!, $b: ID!) { a: guestProfile(id: $a) { displayName address { postcode } } b: guestProfile(id: $b) { displayName address { postcode } } }`;
    const { answer, readings } = await ask(BIRCHWOOD_LEAD, query, { a: ids[0], b: ids[1] });
    expect(hiddenIn(answer).map(({ paths }) => paths)).toEqual([[['b', 'address']]]);
    const fieldsFor = (student: typeof openGuest) =>
      fieldsOf(readings.filter((each) => each.students.includes(uuidOf(student))));
    expect(fieldsFor(openGuest)).toEqual(['GuestProfile.address', 'GuestProfile.displayName']);
    expect(fieldsFor(protectedGuest)).toEqual(['GuestProfile.displayName']);
  });

  it('without an agreement, to keep a child safe, is flagged; B-11', async () => {
    const set = (change: string) =>
      asAdmin(database.adminUrl, (client) => client.query(`update shared_teaching.agreement set ${change}`));
    await set(`in_force_to = in_force_to - 3650, in_force_from = in_force_from - 3650`);
    const query = 'query ($id: ID!) { guestProfile(id: $id) { displayName emergencyContacts { name } upn yearGroup } }';
    const { readings } = await ask(BIRCHWOOD_LEAD, query, { id: profileOf(openGuest) });
    await set(`in_force_to = in_force_to + 3650, in_force_from = in_force_from + 3650`);
    expect(readings).toEqual([
      {
        homeSchool: '900001',
        students: [uuidOf(openGuest)],
        fields: ['GuestProfile.displayName', 'GuestProfile.emergencyContacts'],
        agreement: null,
        purpose: expect.stringContaining('No agreement in force'),
        flags: ['VITAL_INTERESTS'],
      },
    ]);
  });
});

describe('a reading at home', () => {
  const own = { homeSchool: '900001', agreement: null, purpose: 'The home school’s own record', flags: [] };

  it('is on record, too', async () => {
    const query = 'query ($id: ID!) { student(id: $id) { displayName detentions { reason } guestProfiles { id } } }';
    const { rows, readings } = await ask(ALDER_LEAD, query, { id: openGuest?.id });
    expect(rows.map(({ outcome, school }) => ({ outcome, school }))).toEqual([
      { outcome: 'READ', school: '900001' },
      { outcome: 'READ', school: '900001' },
    ]);
    expect(readings).toEqual([
      { ...own, students: [uuidOf(openGuest)], fields: ['Student.detentions', 'Student.displayName'] },
      { ...own, students: [uuidOf(openGuest)], fields: ['Student.guestProfiles'] },
    ]);
  });

  it('of a guest profile needs no agreement', async () => {
    const { readings } = await ask(ALDER_LEAD, 'query ($id: ID!) { guestProfile(id: $id) { yearGroup upn } }', {
      id: profileOf(openGuest),
    });
    for (const reading of readings) expect(reading).toMatchObject(own);
    expect(fieldsOf(readings)).toEqual(['GuestProfile.upn', 'GuestProfile.yearGroup']);
  });
});

describe('what is nobody’s', () => {
  it.each([
    ['the caller', '{ viewer { name role } }'],
    ['schools', '{ schools(first: 1) { nodes { name } } }'],
    ['courses', '{ courses { nodes { name slots { weekday } } } }'],
    ['a guest who has no id', '{ guestProfile(id: "Somebody’s name") { displayName } }'],
    ['ids alone', '{ guestProfiles(first: 2) { nodes { id } } }'],
  ])('leaves no row: %s', async (_what, query) => {
    expect((await ask(BIRCHWOOD_LEAD, query)).rows).toEqual([]);
  });
});

describe('a change', () => {
  it('by a teaching school is on record with what was read for it', async () => {
    const { answer, rows } = await ask(BIRCHWOOD_LEAD, ALLOWED, { id: profileOf(openGuest), on: await anAbsence() });
    expect(answer.body.data).toMatchObject({ addAbsenceNote: { userErrors: [] } });
    expect(rows.map(({ writer, outcome }) => `${writer} ${outcome}`)).toEqual([
      'shared-teaching READ',
      'students WROTE',
    ]);
    expect(rows[1]).toMatchObject({
      operation: 'Allowed',
      students: [uuidOf(openGuest)],
      readings: [{ fields: ['Mutation.addAbsenceNote'], homeSchool: '900001', agreement: expect.any(String) }],
    });
  });

  it('by the home school, too, with the fields that its answer shows', async () => {
    const { rows } = await ask(ALDER_LEAD, HOME_EDIT, { id: openGuest?.id });
    expect(rows).toMatchObject([
      {
        outcome: 'WROTE',
        students: [uuidOf(openGuest)],
        readings: [{ fields: ['Student.emergencyContacts'] }, { fields: ['Mutation.updateStudent'] }],
      },
    ]);
  });

  it('that deletes says whose it was', async () => {
    const pinned = students.find(({ pinnedItems }) => pinnedItems.length > 0);
    const query = 'mutation ($id: ID!) { deletePinnedItem(input: { pinnedItemId: $id }) { deletedId } }';
    const { rows } = await ask(ALDER_LEAD, query, { id: pinned?.pinnedItems[0]?.id });
    expect(rows).toMatchObject([{ outcome: 'WROTE', students: [uuidOf(pinned)] }]);
  });

  it('of nobody’s record leaves no row, and neither does one that was not made', async () => {
    expect((await ask(ALDER_LEAD, COURSE)).rows).toEqual([]);
    const { answer, rows } = await ask(ALDER_LEAD, NARROW.replace('"address"', '"shoeSize"'));
    expect(answer.body.data).toMatchObject({ setGuestFieldAccess: { userErrors: [{ code: 'UNKNOWN_FIELD' }] } });
    expect(rows).toEqual([]);
  });
});

describe('a change of what flows', () => {
  const FLOW = { homeSchool: '900001', teachingSchool: '900002', agreement: null, flags: [] };

  it('for every guest at a school is on record, though it names none', async () => {
    const { answer, rows } = await ask(ALDER_LEAD, NARROW);
    expect(answer.body.data).toMatchObject({ setGuestFieldAccess: { userErrors: [] } });
    expect(rows).toMatchObject([{ writer: 'shared-teaching', outcome: 'WROTE', students: [] }]);
    expect(rows[0]?.readings).toEqual([
      {
        ...FLOW,
        rows: ['address'],
        fields: ['Mutation.setGuestFieldAccess'],
        students: [],
        purpose: 'What the home school shares',
      },
    ]);
  });

  it('for one names the one', async () => {
    const query = NARROW.replace('field:', `studentId: "${openGuest?.id}", field:`);
    const { rows } = await ask(ALDER_LEAD, query);
    expect(rows).toMatchObject([
      { outcome: 'WROTE', students: [uuidOf(openGuest)], readings: [{ ...FLOW, rows: ['address'] }] },
    ]);
  });

  it('by a push names the school, and whoever becomes a guest there', async () => {
    const [course] = await enrolledCourses();
    const push = (slots: string) =>
      `mutation { pushCourse(input: { courseId: "${course?.id}", teachingSchoolUrn: 900002, slots: [${slots}] }) { coursePush { hasSlots } userErrors { code } } }`;
    const { answer, rows } = await ask(
      ALDER_LEAD,
      push('{ weekday: FRIDAY, startsAt: "16:10", endsAt: "16:50", from: "2026-11-01", to: "2027-06-30" }'),
    );
    expect(answer.body.data).toEqual({ pushCourse: { coursePush: { hasSlots: true }, userErrors: [] } });
    expect(rows).toMatchObject([
      { outcome: 'WROTE', readings: [{ ...FLOW, fields: ['Mutation.pushCourse'], students: expect.any(Array) }] },
    ]);
    expect(rows[0]?.students.toSorted()).toEqual(course?.students.toSorted());
    expect(course?.students.length).toBeGreaterThan(0);
  });
});

const COURSE =
  'mutation { createCourse(input: { name: "Juggling", subject: "Circus" }) { course { id } userErrors { code } } }';

/** Of Alder Grove, with the UUIDs of whoever takes them. */
async function enrolledCourses(): Promise<{ id: string; students: string[] }[]> {
  const { rows } = await asAdmin(database.adminUrl, (client) =>
    client.query<{ id: string; students: string[] }>(
      `select course_id as id, array_agg(distinct student_id) as students from shared_teaching.course_enrolment
       where home_school_urn = '900001' group by course_id order by course_id`,
    ),
  );
  return rows.map(({ id, students: taking }) => ({ id: encodeId('Course', id), students: taking }));
}

describe('a filter', () => {
  it.each([
    [
      'of year groups',
      ALDER_LEAD,
      '{ students(first: 2, filter: { yearGroup: YEAR_12, rollStatus: ON_ROLL }) { nodes { id } } }',
      ['Student.rollStatus', 'Student.yearGroup'],
    ],
    ['that asks nothing', ALDER_LEAD, '{ students(first: 2, filter: { yearGroup: null }) { nodes { id } } }', []],
    [
      'of schools',
      BIRCHWOOD_LEAD,
      '{ guestProfiles(first: 2, filter: { homeSchoolUrn: 900001, teachingSchoolUrn: 900002 }) { pageInfo { hasNextPage } } }',
      ['GuestProfile.homeSchool', 'GuestProfile.teachingSchool'],
    ],
  ])('tells of each that it lists what it asks: %s', async (_what, who, query, fields) => {
    const { answer, rows, readings } = await ask(who, query);
    expect(answer.body.errors).toBeUndefined();
    expect(fieldsOf(readings)).toEqual(fields);
    expect(rows.map(({ students: listed }) => listed.length)).toEqual(fields.length > 0 ? [2] : []);
  });

  it('by a course, too, though no field shows it', async () => {
    const [course] = await enrolledCourses();
    const query = `{ guestProfiles(first: 1, filter: { courseId: "${course?.id}" }) { nodes { id } } }`;
    expect(fieldsOf((await ask(BIRCHWOOD_LEAD, query)).readings)).toEqual(['GuestProfileFilter.courseId']);
  });
});

describe('an id that is not found', () => {
  const ABSENT = '019a0000-0000-7000-8000-000000000000';
  const foreign = profileAt(
    '900003',
    students.find(({ guestProfiles }) => guestProfiles.some((each) => each.teachingSchool.urn === '900003')),
  );
  const PROFILE = 'query ($id: ID!) { guestProfile(id: $id) { displayName } }';
  const OPEN = `mutation ($id: ID!) { openEmergencyAccess(input: { guestProfileId: $id, reason: "Collapsed in the canteen" }) { emergencyAccess { id } userErrors { code } } }`;
  const STUDENT = 'query ($id: ID!) { student(id: $id) { displayName } }';
  const ACCESS = 'query ($id: ID!) { emergencyAccess(id: $id) { displayName } }';
  const PIN = `mutation ($id: ID!) { pinItem(input: { studentId: $id, title: "A title", about: "medicalConditions" }) { userErrors { code } } }`;

  it.each([
    ['Query.guestProfile', 'another school’s', PROFILE, BIRCHWOOD_LEAD, foreign, decodeId('GuestProfile', foreign)],
    ['Query.guestProfile', 'absent', PROFILE, BIRCHWOOD_LEAD, encodeId('GuestProfile', ABSENT), ABSENT],
    [
      'Mutation.openEmergencyAccess',
      'another school’s',
      OPEN,
      BIRCHWOOD_LEAD,
      foreign,
      decodeId('GuestProfile', foreign),
    ],
    ['Mutation.openEmergencyAccess', 'absent', OPEN, BIRCHWOOD_LEAD, encodeId('GuestProfile', ABSENT), ABSENT],
    ['Query.student', 'another school’s', STUDENT, BIRCHWOOD_LEAD, openGuest?.id ?? '', uuidOf(openGuest)],
    ['Query.student', 'absent', STUDENT, BIRCHWOOD_LEAD, encodeId('Student', ABSENT), ABSENT],
    ['Query.emergencyAccess', 'absent', ACCESS, BIRCHWOOD_LEAD, encodeId('EmergencyAccess', ABSENT), ABSENT],
    ['Mutation.pinItem', 'another school’s', PIN, BIRCHWOOD_LEAD, openGuest?.id ?? '', uuidOf(openGuest)],
    ['Mutation.updateStudent', 'absent', HOME_EDIT, ALDER_LEAD, encodeId('Student', ABSENT), ABSENT],
  ])('by %s is on record, there or not: %s', async (field, _which, query, who, id, sought) => {
    const { rows } = await ask(who, query, { id });
    expect(rows).toMatchObject([{ outcome: 'REFUSED', students: [], readings: [] }]);
    expect(rows[0]?.refusals).toEqual([{ code: 'NOT_FOUND', field, rows: [], profiles: [], sought: [sought] }]);
  });

  it.each([
    ['guestProfile', PROFILE],
    ['openEmergencyAccess', OPEN],
  ])('is answered by %s as another school’s is, to the letter', async (_field, query) => {
    const [absent, others] = [
      await ask(BIRCHWOOD_LEAD, query, { id: encodeId('GuestProfile', ABSENT) }),
      await ask(BIRCHWOOD_LEAD, query, { id: foreign }),
    ];
    expect(others.answer.text).toBe(absent.answer.text);
  });

  it('that is no id at all is not kept', async () => {
    expect((await ask(BIRCHWOOD_LEAD, STUDENT, { id: 'Somebody’s name' })).rows).toEqual([]);
  });
});

async function anAbsence(): Promise<string> {
  const query = 'query ($id: ID!) { student(id: $id) { sessionAttendance(last: 100) { date presence } } }';
  const data = dataOf<{ student: { sessionAttendance: { date: string; presence: string }[] } }>(
    await graph.as(ALDER_LEAD).query(query, { id: openGuest?.id }),
  );
  return data.student.sessionAttendance.find(({ presence }) => presence.startsWith('ABSENT'))?.date ?? TEST_TODAY;
}

describe('a refusal', () => {
  it('at the gateway, of fields without their scope, is a row that names them', async () => {
    const query = `query Q { guestProfiles(first: 1) { nodes { displayName private: upn also: upn uci } } }`;
    const { answer, rows } = await ask('teacher@birchwood.example', query);
    expect(codesOf(answer)).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
    const refused = rows.find(({ writer }) => writer === 'gateway');
    expect(refused).toMatchObject({ outcome: 'REFUSED', operation: 'Q', role: 'TEACHER', school: '900002' });
    expect(refused?.refusals.map(({ code, field }) => `${code} ${field}`)).toEqual([
      'UNAUTHORIZED_FIELD_OR_TYPE GuestProfile.upn',
      'UNAUTHORIZED_FIELD_OR_TYPE GuestProfile.uci',
    ]);
    expect(rows.map(({ request }) => request)).toEqual(rows.map(() => refused?.request));
    expect(JSON.stringify(rows)).not.toContain('private');
  });

  it('at the gateway, of a write, names the rows and the profile', async () => {
    const { answer, rows } = await ask(BIRCHWOOD_LEAD, REFUSED, { id: profileOf(openGuest) });
    expect(codesOf(answer)).toEqual(['GUEST_FIELD_VIEW_ONLY']);
    expect(rows).toMatchObject([
      {
        writer: 'gateway',
        outcome: 'REFUSED',
        operation: 'Refused',
        refusals: [
          {
            code: 'GUEST_FIELD_VIEW_ONLY',
            rows: ['emergencyContacts'],
            profiles: [decodeId('GuestProfile', profileOf(openGuest))],
          },
        ],
      },
    ]);
  });

  it('at the gateway, of a profile that is no id, does not keep what was sent', async () => {
    const { rows } = await ask(BIRCHWOOD_LEAD, REFUSED, { id: 'Somebody’s name' });
    expect(rows).toMatchObject([{ writer: 'gateway', refusals: [{ profiles: [] }] }]);
    expect(JSON.stringify(rows)).not.toContain('Somebody');
  });

  it.each([
    [
      'a field without its scope',
      'students',
      'query { students(first: 1) { nodes { displayName upn } } }',
      ['READ', 'REFUSED'],
      { code: 'FORBIDDEN', field: 'Student.upn' },
    ],
    [
      'a write without a grant',
      'students',
      'mutation { updateGuestProfile(input: { guestProfileId: "gst_AAAAAAAAAAAAAAAAAAAAAA", accessArrangements: [] }) { userErrors { code } } }',
      ['REFUSED'],
      { code: 'FORBIDDEN', field: 'Mutation.updateGuestProfile' },
    ],
    [
      'a profile without a grant',
      'students',
      '{ _entities(representations: [{ __typename: "GuestProfile", id: "gst_AAAAAAAAAAAAAAAAAAAAAA" }]) { ... on GuestProfile { displayName } } }',
      ['REFUSED'],
      { code: 'GRANT_REFUSED', field: '_entities' },
    ],
  ])('at a subgraph is a row: %s', async (_what, subgraph, query, outcomes, refusal) => {
    const rows = await recordedBy(database, () => graph.call(subgraph, callerOf('teacher@alder.example'), query));
    expect(rows.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(rows.at(-1)?.refusals).toMatchObject([refusal]);
  });

  it('of nobody is no row', async () => {
    expect((await ask(null, GUESTS)).rows).toEqual([]);
    const rows = await recordedBy(database, () => graph.call('students', null, '{ students { nodes { upn } } }'));
    expect(rows).toEqual([]);
  });
});

describe('where the row cannot be written', () => {
  const without = async (writer: string, work: () => Promise<void>) => {
    const set = (text: string) => asAdmin(database.adminUrl, (client) => client.query(text));
    await set(`revoke insert on audit.reading from ${roleOf(writer)}`);
    try {
      await work();
    } finally {
      await set(writesRecordSql(writer));
      graph.internalErrors.length = 0;
    }
  };

  it('no field of a person leaves', async () => {
    await without('students', async () => {
      const { answer, rows } = await ask(BIRCHWOOD_LEAD, GUESTS, { first: 2 });
      expect(rows.map(({ writer }) => writer)).toEqual(['shared-teaching']);
      const nodes = dataOf<{ guestProfiles: { nodes: Record<string, unknown>[] } }>(answer).guestProfiles.nodes;
      for (const { displayName, emergencyContacts, upn } of nodes)
        expect({ displayName, emergencyContacts, upn }).toEqual({
          displayName: null,
          emergencyContacts: null,
          upn: null,
        });
      expect(codesOf(answer)).toContain('INTERNAL_SERVER_ERROR');
    });
  });

  it('no change is made', async () => {
    await without('students', async () => {
      const before = await contactsAtHome();
      const { answer } = await ask(ALDER_LEAD, HOME_EDIT.replace('A N Other', 'Never Kept'), { id: openGuest?.id });
      expect(codesOf(answer)).toContain('INTERNAL_SERVER_ERROR');
      expect(answer.text).not.toContain('Never Kept');
      expect(await contactsAtHome()).toEqual(before);
    });
  });

  it('no refusal of the gateway is answered with data', async () => {
    await without('gateway', async () => {
      const { answer } = await ask(
        'teacher@birchwood.example',
        '{ guestProfiles(first: 1) { nodes { displayName upn } } }',
      );
      expect(answer.body.data ?? null).toBeNull();
      expect(codesOf(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    });
  });
});

const contactsAtHome = () =>
  asAdmin(
    database.adminUrl,
    async (client) =>
      (await client.query(`select name from students.emergency_contact where student_id = $1`, [uuidOf(openGuest)]))
        .rows,
  );

describe('fifty readings of one school at once', () => {
  it('are sealed into one chain, which holds', async () => {
    const { rows } = await ask(BIRCHWOOD_LEAD, '{ guestProfiles(first: 1) { nodes { yearGroup } } }');
    const more = await recordedBy(database, () =>
      Promise.all(
        // each by every lane
        Array.from({ length: 17 }, () =>
          graph.as(BIRCHWOOD_LEAD).query('{ guestProfiles(first: 1) { nodes { yearGroup } } }'),
        ),
      ),
    );
    expect(more).toHaveLength(51 * rows.length);
    await sealAll(database);
    const { findings, verdict } = await verify(database, await headsOf(database));
    expect(findings).toEqual([]);
    expect(verdict.unsealed).toBe(0);
    expect(verdict.sealed).toBeGreaterThan(50);
  });
});
