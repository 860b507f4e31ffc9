/** The guest matrix through the whole graph: every row whose field exists, in every situation of the design. */
import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { canOverride, GUEST_FIELDS } from '../../subgraphs/kernel/guest-access/matrix.ts';
import { addDays } from '../../subgraphs/kernel/identifiers/iso-date.ts';
import { decodeId, encodeId, newUuid } from '../../subgraphs/kernel/ids.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { type Answer, type Graph, startGraph } from '../kit/graph.ts';
import { dataOf, hiddenIn } from './answers.ts';
import { type HomeStudent, profileAt, studentsOfAlder } from './demo-guests.ts';
import { EVERYTHING, type Expected, expectedIn, type Situation } from './matrix-table.ts';
import { ALLOWED } from './operations.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const CEDAR_LEAD = 'data-lead@cedar.example';
const ALDER = '900001';
const BIRCHWOOD = '900002';
const CEDAR = '900003';

interface Entry {
  field: string;
  access: string;
  reason: string;
  explanation: string;
  setBy: string | null;
}
type Profile = Record<string, unknown> & {
  absenceNotes: { text: string; writtenBy: { school: { urn: string } } }[] | null;
  fieldAccess: Entry[];
};

/** The fields of UpdateGuestProfileInput, as the schema has them. */
const INPUT_FIELDS = inputFieldsOf('UpdateGuestProfileInput').filter((name) => name !== 'guestProfileId');

const absences = new Map<string, string>();
const graph = await startGraph();
const guests = await guestsOf();
const note = async (email: string, id: string) =>
  graph.as(email).query(ALLOWED, { id, on: await anAbsenceOf(graph, id) });
for (const id of [guests.taught, guests.protected]) await note(BIRCHWOOD_LEAD, id);

const readAs = async (email: string, id: string): Promise<{ profile: Profile; answer: Answer }> => {
  const on = await anAbsenceOf(graph, id);
  const answer = await graph
    .as(email)
    .query(`query Everything($id: ID!, $on: Date!) { guestProfile(id: $id) { ${EVERYTHING} } }`, { id, on });
  expect(answer.body.errors).toBeUndefined();
  return { profile: dataOf<{ guestProfile: Profile }>(answer).guestProfile, answer };
};

/** Rows that show on this type; absence notes stand for two, and are looked at note by note. */
const keyOf = (row: string): string => (row.endsWith('AbsenceNotes') ? 'absenceNotes' : row);
const hasField = (row: string): boolean => EVERYTHING.split(/\W+/).includes(keyOf(row));

/** Not everybody prefers another name. */
const MAY_BE_EMPTY = new Set(['preferredFirstName', 'preferredLastName']);

/** The home school's notes for one row, a teaching school's for the other. */
const notesShown = (profile: Profile, row: string): boolean =>
  profile.absenceNotes?.some(({ writtenBy }) => (writtenBy.school.urn === ALDER) === (row === 'homeAbsenceNotes')) ??
  false;

function expectShown(
  { profile, answer }: { profile: Profile; answer: Answer },
  { field, access, reason }: Expected,
): void {
  const shown = field.endsWith('AbsenceNotes') ? notesShown(profile, field) : profile[field] !== null;
  if (access === 'HIDDEN' || !MAY_BE_EMPTY.has(field)) expect(shown, `${field} is ${access}`).toBe(access !== 'HIDDEN');
  const reported = hiddenIn(answer).filter((each) => each.field === field);
  expect(reported, field).toEqual(
    access === 'HIDDEN' ? [{ field, reason, paths: [['guestProfile', keyOf(field)]] }] : [],
  );
}

const levelsOf = ({ fieldAccess }: Profile) =>
  fieldAccess.map(({ field, access, reason }) => ({ field, access, reason }));

async function expectSituation(email: string, id: string, situation: Situation): Promise<void> {
  const read = await readAs(email, id);
  const expected = expectedIn(situation);
  expect(levelsOf(read.profile)).toEqual(expected);
  for (const each of read.profile.fieldAccess) expect(each.explanation).toMatch(/^[A-Z].*\.$/);
  for (const each of expected.filter(({ field }) => hasField(field))) expectShown(read, each);
}

describe('the matrix', () => {
  it('S0-9a S0-9b S0-9c S0-9d S0-9e S0-9f S0-9g S0-9h S0-9i S0-9j S0-9k S0-9l S0-9m S0-9n S0-9o B-1 a teaching school sees what the documents list, and why', () =>
    expectSituation(BIRCHWOOD_LEAD, guests.taught, 'taught'));

  it('the home school sees all that is synced', () => expectSituation(ALDER_LEAD, guests.taught, 'home'));

  it('protected details: address, picture and phones are withheld', async () => {
    await expectSituation(BIRCHWOOD_LEAD, guests.protected, 'protected');
    const { profile, answer } = await readAs(BIRCHWOOD_LEAD, guests.protected);
    const contacts = profile.emergencyContacts as { name: string; phone: string | null }[];
    expect(contacts.length).toBeGreaterThan(0);
    for (const contact of contacts) expect(contact).toEqual({ name: expect.any(String), phone: null });
    expect(hiddenIn(answer)).toContainEqual({
      field: 'emergencyContacts.phone',
      reason: 'PROTECTED',
      paths: contacts.map((_, index) => ['guestProfile', 'emergencyContacts', index, 'phone']),
    });
  });

  it.each<[Situation, { startsOn: string; endsOn: string | null }]>([
    ['leadIn', { startsOn: addDays(TEST_TODAY, 28), endsOn: null }],
    ['before', { startsOn: addDays(TEST_TODAY, 29), endsOn: null }],
    ['runOut', { startsOn: '2025-09-01', endsOn: addDays(TEST_TODAY, -1) }],
    ['ended', { startsOn: '2025-09-01', endsOn: '2026-07-31' }],
    ['taught', { startsOn: TEST_TODAY, endsOn: TEST_TODAY }],
  ])('in the guest’s time: %s', async (situation, dates) => {
    await withDates(guests.taught, dates, () => expectSituation(BIRCHWOOD_LEAD, guests.taught, situation));
  });

  it.each([
    ['that has ended', 'in_force_to = date :day - 1'],
    ['that has not begun', 'in_force_from = date :day + 1'],
    ['that the home school did not sign', 'home_signed_on = null'],
    ['that the teaching school did not sign', 'teaching_signed_on = null'],
  ])('B-11 an agreement %s stops the flow, but for the safety floor', async (_which, change) => {
    await withAgreement(change, () => expectSituation(BIRCHWOOD_LEAD, guests.taught, 'noAgreement'));
  });

  it.each(GUEST_FIELDS.filter(({ reason }) => reason !== 'NOT_SYNCED').map(({ name }) => ({ name })))(
    'a row that the agreement does not list is hidden, or the safety floor’s, or the teaching school’s own: $name',
    async ({ name }) => {
      await withAgreement(`fields_covered = array_remove(fields_covered, '${name}')`, async () => {
        const read = await readAs(BIRCHWOOD_LEAD, guests.taught);
        const none = expectedIn('noAgreement');
        const expected = expectedIn('taught').map((each, index) =>
          each.field === name ? (none[index] ?? each) : each,
        );
        expect(levelsOf(read.profile)).toEqual(expected);
        for (const each of expected.filter(({ field }) => hasField(field))) expectShown(read, each);
      });
    },
  );

  it('another teaching school of the same student has its own profile, and its own record only', async () => {
    const { birchwood, cedar } = guests.atBoth;
    await note(BIRCHWOOD_LEAD, birchwood);
    const writersAtCedar = async () =>
      (await readAs(CEDAR_LEAD, cedar)).profile.absenceNotes?.map(({ writtenBy }) => writtenBy.school.urn) ?? [];
    expect(await writersAtCedar()).toContain(ALDER);
    expect((await writersAtCedar()).filter((urn) => urn !== ALDER)).toEqual([]);
    await note(CEDAR_LEAD, cedar);
    expect((await writersAtCedar()).filter((urn) => urn !== ALDER)).toEqual([CEDAR]);
    expect(levelsOf((await readAs(CEDAR_LEAD, cedar)).profile)).toEqual(expectedIn('taught'));
    expect((await readAs(CEDAR_LEAD, birchwood)).profile).toBeNull();
  });

  it('another school gets the answer of an id that does not exist', async () => {
    expect((await readAs(CEDAR_LEAD, guests.taught)).profile).toBeNull();
    const stranger = { id: newUuid(), name: 'Una Stranger', role: 'DATA_LEAD', school: '900009' } as const;
    const query = 'query ($id: ID!) { guestProfile(id: $id) { id displayName fieldAccess { field } } }';
    const [foreign, absent] = await Promise.all(
      [guests.taught, encodeId('GuestProfile', newUuid())].map((id) => graph.as(stranger).query(query, { id })),
    );
    expect(foreign?.body).toEqual({ data: { guestProfile: null } });
    expect(foreign?.text).toBe(absent?.text);
  });

  it('S0-11 a pinned item is shown to its last day, and not after it', async () => {
    const student = await taughtStudent();
    const last = addDays(TEST_TODAY, 3);
    await graph
      .as(ALDER_LEAD)
      .query(
        'mutation ($id: ID!, $until: Date) { pinItem(input: { studentId: $id, title: "Three days", about: "languages", pinnedUntil: $until }) { userErrors { code } } }',
        { id: student?.id, until: last },
      );
    const shownOn = async (date: string) => {
      graph.clock.moveTo(date);
      return titlesOf((await readAs(BIRCHWOOD_LEAD, guests.taught)).profile).includes('Three days');
    };
    const shown = [await shownOn(TEST_TODAY), await shownOn(last), await shownOn(addDays(last, 1))];
    graph.clock.moveTo(TEST_TODAY);
    expect(shown).toEqual([true, true, false]);
  });

  it('S0-12 a pinned item that the home school deletes is gone at the teaching school', async () => {
    const before = titlesOf((await readAs(BIRCHWOOD_LEAD, guests.taught)).profile);
    const pinned = (await taughtStudent())?.pinnedItems.find(({ title }) => before.includes(title));
    const deleted = await graph
      .as(ALDER_LEAD)
      .query(
        'mutation ($id: ID!) { deletePinnedItem(input: { pinnedItemId: $id }) { deletedId userErrors { message } } }',
        { id: pinned?.id },
      );
    expect(deleted.body.data).toEqual({ deletePinnedItem: { deletedId: pinned?.id, userErrors: [] } });
    expect(titlesOf((await readAs(BIRCHWOOD_LEAD, guests.taught)).profile)).not.toContain(pinned?.title);
  });
});

const titlesOf = ({ pinnedItems }: Profile): string[] => (pinnedItems as { title: string }[]).map(({ title }) => title);
const taughtStudent = async (): Promise<HomeStudent | undefined> =>
  (await studentsOfAlder(graph)).find(({ guestProfiles }) => guestProfiles.some(({ id }) => id === guests.taught));

describe('writing by the matrix', () => {
  const refusedFields = ({ body }: Answer) => {
    expect(body.data).toBeNull();
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['GUEST_FIELD_VIEW_ONLY']);
    return body.errors?.[0]?.extensions.fields;
  };
  const write = (input: string) =>
    graph
      .as(BIRCHWOOD_LEAD)
      .query(
        `mutation ($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, ${input} }) { userErrors { code } } }`,
        {
          id: guests.taught,
        },
      );
  const EVIDENCE = 'accessArrangements: [{ arrangement: EXTRA_TIME, text: "Uses it in lessons" }]';
  const viewOnly = expectedIn('taught').filter(
    ({ field }) => INPUT_FIELDS.includes(field) && field !== 'accessArrangements',
  );

  it('every row that an input has is tried', () => {
    expect(viewOnly.map(({ field }) => field).sort()).toEqual(
      INPUT_FIELDS.filter((field) => field !== 'accessArrangements').sort(),
    );
    expect(INPUT_FIELDS.length).toBeGreaterThan(20);
  });

  it.each(viewOnly)('$field is the home school’s to write', async ({ field, access, reason }) => {
    expect(refusedFields(await write(`${field}: null`))).toEqual([{ field, access, reason }]);
  });

  it.each<[Situation, { startsOn: string; endsOn: string | null }]>([
    ['leadIn', { startsOn: addDays(TEST_TODAY, 28), endsOn: null }],
    ['runOut', { startsOn: '2025-09-01', endsOn: addDays(TEST_TODAY, -1) }],
    ['ended', { startsOn: '2025-09-01', endsOn: '2026-07-31' }],
  ])('what may be edited during the guest’s dates may not in the time of %s', async (situation, dates) => {
    const rowIn = (row: string) => expectedIn(situation).filter(({ field }) => field === row);
    await withDates(guests.taught, dates, async () => {
      expect(refusedFields(await write(EVIDENCE))).toEqual(rowIn('accessArrangements'));
      expect(refusedFields(await note(BIRCHWOOD_LEAD, guests.taught))).toEqual(rowIn('ownAbsenceNotes'));
    });
  });

  it('own notes are written without an agreement, too; evidence is not', async () => {
    await withAgreement('in_force_to = date :day - 1', async () => {
      expect((await note(BIRCHWOOD_LEAD, guests.taught)).body.errors).toBeUndefined();
      expect(refusedFields(await write(EVIDENCE))).toEqual([
        { field: 'accessArrangements', access: 'HIDDEN', reason: 'NO_AGREEMENT' },
      ]);
    });
  });
});

describe('overrides', () => {
  const set = (field: string, access: string | null, studentId?: string, by = ALDER_LEAD) =>
    graph
      .as(by)
      .query(
        `mutation ($field: String!, $access: GuestAccess, $studentId: ID) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, field: $field, access: $access, studentId: $studentId }) { fieldAccess { field access reason setBy } userErrors { code field message } } }`,
        { field, access, studentId },
      );
  const result = ({ body }: Answer) =>
    body.data?.setGuestFieldAccess as { fieldAccess: Entry | null; userErrors: { code: string; message: string }[] };
  const overridable = GUEST_FIELDS.filter(canOverride);

  it.each(
    overridable.map((field) => ({ name: field.name, access: field.floor === 'HIDDEN' ? 'HIDDEN' : 'EDIT' }) as const),
  )('$name can be set to $access, for this teaching school alone', async ({ name, access }) => {
    expect(result(await set(name, access))).toEqual({
      fieldAccess: { field: name, access, reason: 'SCHOOL_OVERRIDE', setBy: 'Ada Alderson' },
      userErrors: [],
    });
    const expected: Expected = { field: name, access, reason: 'SCHOOL_OVERRIDE' };
    const read = await readAs(BIRCHWOOD_LEAD, guests.atBoth.birchwood);
    expect(read.profile.fieldAccess).toContainEqual({
      ...expected,
      explanation: expect.any(String),
      setBy: 'Ada Alderson',
    });
    if (hasField(name)) expectShown(read, expected);
    const cedar = await readAs(CEDAR_LEAD, guests.atBoth.cedar);
    expect(cedar.profile.fieldAccess.find(({ field }) => field === name)?.reason).not.toBe('SCHOOL_OVERRIDE');
    expect(result(await set(name, null)).fieldAccess?.reason).not.toBe('SCHOOL_OVERRIDE');
    await expectSituation(BIRCHWOOD_LEAD, guests.taught, 'taught');
  });

  it.each(overridable.map(({ name, ceiling }) => ({ name, access: ceiling === 'EDIT' ? 'EDIT' : 'HIDDEN' }) as const))(
    '$name can be set for one student alone, against what holds for the school',
    async ({ name, access }) => {
      const { studentId, birchwood } = guests.atBoth;
      const reads = async (id: string) =>
        (await readAs(BIRCHWOOD_LEAD, id)).profile.fieldAccess.find(({ field }) => field === name);
      await set(name, access, studentId);
      expect(await reads(birchwood)).toMatchObject({ access, reason: 'SCHOOL_OVERRIDE' });
      expect((await reads(guests.taught))?.reason).not.toBe('SCHOOL_OVERRIDE');
      await set(name, access);
      await set(name, 'VIEW', studentId);
      expect(await reads(birchwood)).toMatchObject({ access: 'VIEW', reason: 'SCHOOL_OVERRIDE' });
      expect(await reads(guests.taught)).toMatchObject({ access, reason: 'SCHOOL_OVERRIDE' });
      await set(name, null, studentId);
      await set(name, null);
    },
  );

  it('one to EDIT is no more than VIEW outside the guest’s dates', async () => {
    await set('accessArrangements', 'EDIT');
    await withDates(guests.taught, { startsOn: addDays(TEST_TODAY, 7), endsOn: null }, async () => {
      const { profile } = await readAs(BIRCHWOOD_LEAD, guests.taught);
      expect(profile.fieldAccess.find(({ field }) => field === 'accessArrangements')).toMatchObject({
        access: 'VIEW',
        reason: 'SCHOOL_OVERRIDE',
      });
    });
    await set('accessArrangements', null);
  });

  it('one for a student holds for the student alone, and before the one for the school', async () => {
    const studentId = guests.atBoth.studentId;
    await set('address', 'HIDDEN');
    await set('address', 'VIEW', studentId);
    expect((await readAs(BIRCHWOOD_LEAD, guests.atBoth.birchwood)).profile.address).not.toBeNull();
    expect((await readAs(BIRCHWOOD_LEAD, guests.taught)).profile.address).toBeNull();
    await set('address', null);
    await set('address', 'HIDDEN', studentId);
    expect((await readAs(BIRCHWOOD_LEAD, guests.atBoth.birchwood)).profile.address).toBeNull();
    expect((await readAs(BIRCHWOOD_LEAD, guests.taught)).profile.address).not.toBeNull();
    expect((await readAs(CEDAR_LEAD, guests.atBoth.cedar)).profile.address).not.toBeNull();
    await set('address', null, studentId);
    await expectSituation(BIRCHWOOD_LEAD, guests.taught, 'taught');
  });

  it.each(
    GUEST_FIELDS.filter((field) => !canOverride(field)).flatMap(({ name }) =>
      ['HIDDEN', 'VIEW', 'EDIT'].map((access) => ({ name, access })),
    ),
  )('$name cannot be set to $access', async ({ name, access }) => {
    const { fieldAccess, userErrors } = result(await set(name, access));
    expect(fieldAccess).toBeNull();
    expect(userErrors).toEqual([
      {
        code: expect.stringMatching(/^(NOT_OVERRIDABLE|ABOVE_CEILING|BELOW_FLOOR)$/),
        field: expect.any(String),
        message: expect.any(String),
      },
    ]);
  });

  it.each(
    overridable.map(({ name, ceiling }) => ({
      name,
      access: ceiling === 'EDIT' ? 'HIDDEN' : 'EDIT',
      code: ceiling === 'EDIT' ? 'BELOW_FLOOR' : 'ABOVE_CEILING',
    })),
  )('$name set to $access is $code', async ({ name, access, code }) => {
    expect(result(await set(name, access)).userErrors.map((each) => each.code)).toEqual([code]);
  });

  it('an unknown field says which there are', async () => {
    const { userErrors } = result(await set('shoeSize', 'HIDDEN'));
    expect(userErrors).toEqual([
      { code: 'UNKNOWN_FIELD', field: 'field', message: expect.stringContaining('address') },
    ]);
    expect(userErrors[0]?.message).not.toContain('shoeSize');
  });

  it.each([BIRCHWOOD_LEAD, CEDAR_LEAD])('are the home school’s: %s sets none for itself', async (email) => {
    expect(result(await set('address', 'VIEW', undefined, email)).userErrors.map(({ code }) => code)).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('nothing of all this is left', () => expectSituation(BIRCHWOOD_LEAD, guests.taught, 'taught'));
});

function inputFieldsOf(name: string): string[] {
  const api = parse(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
  const type = api.definitions.find(
    (node) => node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && node.name.value === name,
  );
  return type?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (type.fields ?? []).map((field) => field.name.value) : [];
}

interface Guests {
  taught: string;
  protected: string;
  atBoth: { studentId: string; birchwood: string; cedar: string };
}

async function guestsOf(): Promise<Guests> {
  const students = await studentsOfAlder(graph);
  const both = students.find(({ guestProfiles }) => guestProfiles.length === 2);
  const atBirchwoodOnly = ({ guestProfiles }: HomeStudent) =>
    guestProfiles.length === 1 && guestProfiles[0]?.teachingSchool.urn === BIRCHWOOD;
  const find = (isProtected: boolean) =>
    students.find((each) => each.protectedDetails === isProtected && atBirchwoodOnly(each));
  return {
    taught: profileAt(BIRCHWOOD, find(false)),
    protected: profileAt(BIRCHWOOD, find(true)),
    atBoth: { studentId: both?.id ?? '', birchwood: profileAt(BIRCHWOOD, both), cedar: profileAt(CEDAR, both) },
  };
}

/** A day on which the guest was absent at home; today for one who never was. */
async function anAbsenceOf({ as }: Graph, id: string): Promise<string> {
  const known = absences.get(id);
  if (known) return known;
  const answer = await as(ALDER_LEAD).query(
    'query ($id: ID!) { guestProfile(id: $id) { sessionAttendance(last: 100) { date presence } } }',
    { id },
  );
  interface Read {
    guestProfile: { sessionAttendance: { date: string; presence: string }[] };
  }
  const absence = dataOf<Read>(answer).guestProfile.sessionAttendance.find(({ presence }) =>
    presence.startsWith('ABSENT'),
  );
  const day = absence?.date ?? TEST_TODAY;
  absences.set(id, day);
  return day;
}

async function withDates(
  id: string,
  { startsOn, endsOn }: { startsOn: string; endsOn: string | null },
  work: () => Promise<void>,
): Promise<void> {
  const uuid = decodeId('GuestProfile', id);
  const periods = JSON.stringify([{ startDate: startsOn, endDate: endsOn }]);
  await asAdmin(graph.database.adminUrl, async (client) => {
    const { rows } = await client.query(
      'select starts_on::text, ends_on::text, periods from shared_teaching.guest_profile where id = $1',
      [uuid],
    );
    const update = 'update shared_teaching.guest_profile set starts_on = $2, ends_on = $3, periods = $4 where id = $1';
    await client.query(update, [uuid, startsOn, endsOn, periods]);
    await work().finally(() =>
      client.query(update, [uuid, rows[0].starts_on, rows[0].ends_on, JSON.stringify(rows[0].periods)]),
    );
  });
}

/** Changes the agreement between Alder Grove and Birchwood for a while; `:day` is today. */
async function withAgreement(change: string, work: () => Promise<void>): Promise<void> {
  const where = "where home_school_urn = '900001' and teaching_school_urn = '900002'";
  await asAdmin(graph.database.adminUrl, async (client) => {
    await client.query(`create table kept as select * from shared_teaching.agreement ${where}`);
    await client.query(`update shared_teaching.agreement set ${change.replace(':day', `'${TEST_TODAY}'`)} ${where}`);
    await work().finally(async () => {
      await client.query(`delete from shared_teaching.agreement ${where}`);
      await client.query('insert into shared_teaching.agreement select * from kept');
      await client.query('drop table kept');
    });
  });
}

describe('protected details', () => {
  it.each(['CATERING', 'EXAMS_OFFICER'] as const)(
    'are not told of by fieldAccess to %s, who reads neither address nor contacts',
    async (role) => {
      const person = { id: newUuid(), name: 'Una Tester', role, school: BIRCHWOOD };
      const read = async (id: string) => {
        const answer = await graph
          .as(person)
          .query('query ($id: ID!) { guestProfile(id: $id) { fieldAccess { field reason explanation } } }', { id });
        return dataOf<{ guestProfile: { fieldAccess: { field: string; reason: string }[] } }>(answer).guestProfile
          .fieldAccess;
      };
      expect(await read(guests.protected)).toEqual(await read(guests.taught));
    },
  );
});
