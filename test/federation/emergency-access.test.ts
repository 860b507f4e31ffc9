/** Breaking the glass, over HTTP: contacts and health of a guest for a quarter of an hour, and both schools know of it. */
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TokenAccount } from '../../gateway/auth/access-token.ts';
import type { Role } from '../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../subgraphs/kernel/demo/schools.ts';
import { encodeId, newUuid } from '../../subgraphs/kernel/ids.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { type Answer, startGraph } from '../kit/graph.ts';
import { recorded, recordedBy } from '../kit/record.ts';
import { codesOf, dataOf, hiddenIn } from './answers.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';

const graph = await startGraph();
const students = await studentsOfAlder(graph);
const guests = students.filter(({ guestProfiles }) =>
  guestProfiles.some(({ teachingSchool }) => teachingSchool.urn === BIRCHWOOD),
);
const [student, another] = guests.filter(({ protectedDetails }) => !protectedDetails);
const hidden = guests.find(({ protectedDetails }) => protectedDetails);
const guest = profileAt(BIRCHWOOD, student);
const protectedGuest = profileAt(BIRCHWOOD, hidden);
const MINUTE = 60_000;

const staff = (role: Role, school: string = BIRCHWOOD): TokenAccount => ({
  id: randomUUID(),
  name: 'Una Tester',
  role,
  school,
});
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const ALDER_LEAD = 'data-lead@alder.example';
const REASON = 'Collapsed in the canteen, breathing badly';

const PERSON = `displayName emergencyContacts { priority name phone } contactRestrictions { kind name }
  dietaryRequirements { type } medicalConditions { name healthcarePlan { action } } otherMedicalConditions { name }`;
const OPEN = `mutation ($id: ID!, $reason: String!) { openEmergencyAccess(input: { guestProfileId: $id, reason: $reason }) {
  alreadyOpen emergencyAccess { id openedAt until ${PERSON} } userErrors { code field message } } }`;
const OPENED = 'Mutation.openEmergencyAccess';
const READ = `query ($id: ID!) { emergencyAccess(id: $id) { id ${PERSON} } }`;
const LIST = `{ emergencyAccesses { nodes { id reason openedAt until openedBy { name role } teachingSchool { urn }
  homeSchool { urn telephone } student { id displayName } guestProfile { id displayName } } } }`;

interface Opened {
  id: string;
  openedAt: string;
  until: string;
  emergencyContacts: { name: string; phone: string | null }[] | null;
  [field: string]: unknown;
}
interface Payload {
  alreadyOpen: boolean | null;
  emergencyAccess: Opened | null;
  userErrors: { code: string; field: string; message: string }[];
}

const ask = (who: string | TokenAccount, id: string, reason = REASON) => graph.as(who).query(OPEN, { id, reason });
const payloadOf = (answer: Answer) => dataOf<{ openEmergencyAccess: Payload }>(answer).openEmergencyAccess;
async function open(who: string | TokenAccount, id = guest): Promise<Opened> {
  const answer = await ask(who, id);
  const { emergencyAccess } = payloadOf(answer);
  if (!emergencyAccess) throw new Error(answer.text);
  return emergencyAccess;
}
const read = (who: string | TokenAccount, id: string) => graph.as(who).query(READ, { id });
const listed = async (who: string) =>
  dataOf<{ emergencyAccesses: { nodes: Record<string, unknown>[] } }>(await graph.as(who).query(LIST)).emergencyAccesses
    .nodes;
const NOTHING = (await read(staff('CATERING'), encodeId('EmergencyAccess', newUuid()))).text;

beforeEach(() => {
  graph.clock.moveTo(TEST_TODAY);
});

describe('whoever works at the school that teaches a guest', () => {
  it.each(['CATERING', 'TEACHER', 'EXAMS_OFFICER'] as const)(
    '%s reads contacts and health once the glass is broken, and not before',
    async (role) => {
      const person = staff(role);
      const before = await graph
        .as(person)
        .query('query ($id: ID!) { guestProfile(id: $id) { emergencyContacts { name } medicalConditions { name } } }', {
          id: guest,
        });
      expect(before.body.data?.guestProfile ?? {}).not.toMatchObject({ emergencyContacts: expect.any(Array) });
      const opened = await open(person);
      const home = await graph
        .as(ALDER_LEAD)
        .query(`query ($id: ID!) { student(id: $id) { ${PERSON} } }`, { id: student?.id });
      const { id, openedAt, until, ...shown } = opened;
      expect(shown).toEqual(dataOf<{ student: object }>(home).student);
      expect(Date.parse(until) - Date.parse(openedAt)).toBe(15 * MINUTE);
      expect(dataOf<{ emergencyAccess: object }>(await read(person, id)).emergencyAccess).toEqual({ id, ...shown });
    },
  );

  it('reads no more of the guest than that: what the role lacks elsewhere stays closed', async () => {
    const [teacher, caterer] = [staff('TEACHER'), staff('CATERING')];
    await open(teacher);
    await open(caterer);
    const query = 'query ($id: ID!) { guestProfile(id: $id) { id emergencyContacts { name } picture { url } } }';
    const [byTeacher, byCaterer] = [
      await graph.as(teacher).query(query, { id: guest }),
      await graph.as(caterer).query(query, { id: guest }),
    ];
    expect(byTeacher.body).toEqual({ data: { guestProfile: null } });
    expect(byCaterer.body.data?.guestProfile).toEqual({ id: guest, emergencyContacts: null, picture: null });
  });

  it('in one operation with it, too', async () => {
    const teacher = staff('TEACHER');
    const { id } = await open(teacher);
    const answer = await graph
      .as(teacher)
      .query(
        'query ($id: ID!, $guest: ID!) { emergencyAccess(id: $id) { displayName guestProfile { id picture { url } } } guestProfile(id: $guest) { displayName } guestProfiles { nodes { id } } }',
        { id, guest },
      );
    expect(answer.body.data).toEqual({
      emergencyAccess: { displayName: expect.any(String), guestProfile: null },
      guestProfile: null,
      guestProfiles: { nodes: [] },
    });
  });

  it('does not get what is protected: no phone, and the home school’s number to call instead', async () => {
    const answer = await ask(staff('CATERING'), protectedGuest);
    const { emergencyAccess } = payloadOf(answer);
    expect(emergencyAccess?.emergencyContacts?.length).toBeGreaterThan(0);
    for (const { name, phone } of emergencyAccess?.emergencyContacts ?? []) {
      expect(name).not.toBe('');
      expect(phone).toBeNull();
    }
    const number = await graph
      .as(ALDER_LEAD)
      .query('{ emergencyAccesses(first: 1) { nodes { homeSchool { telephone } } } }');
    expect(number.text).toMatch(/"telephone":"[\d ]+"/);
    const place = ['openEmergencyAccess', 'emergencyAccess', 'emergencyContacts'];
    expect(hiddenIn(answer)).toEqual([
      {
        field: 'emergencyContacts.phone',
        reason: 'PROTECTED',
        paths: emergencyAccess?.emergencyContacts?.map((_contact, index) => [...place, index, 'phone']),
      },
    ]);
  });

  it('gets what the home school withholds from the school withheld, from the next request on', async () => {
    const teacher = staff('TEACHER');
    const { id } = await open(teacher, profileAt(BIRCHWOOD, another));
    const set = (access: string | null) =>
      graph
        .as(ALDER_LEAD)
        .query(
          'mutation ($id: ID!, $access: GuestAccess) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, studentId: $id, field: "otherMedicalConditions", access: $access }) { userErrors { message } } }',
          { id: another?.id, access },
        );
    await set('HIDDEN');
    const answer = await read(teacher, id);
    const { emergencyAccess } = dataOf<{ emergencyAccess: Opened }>(answer);
    expect(emergencyAccess.otherMedicalConditions).toBeNull();
    expect(emergencyAccess.medicalConditions).toEqual([expect.anything()]);
    expect(hiddenIn(answer).map(({ field, reason }) => `${field} ${reason}`)).toEqual([
      'otherMedicalConditions SCHOOL_OVERRIDE',
    ]);
    await set(null);
  });
});

describe('what was opened', () => {
  it('is on record as read by breaking the glass; the list of it is not', async () => {
    const caterer = staff('CATERING');
    const rows = await recordedBy(graph.database, async () => read(caterer, (await open(caterer)).id));
    const readings = rows.flatMap((row) => row.readings);
    const flagged = readings.filter(({ flags }) => flags.includes('BREAK_GLASS')).flatMap(({ fields }) => fields);
    expect(flagged).toEqual(
      expect.arrayContaining([
        'Mutation.openEmergencyAccess',
        'EmergencyAccess.emergencyContacts',
        'EmergencyAccess.medicalConditions',
      ]),
    );
    expect(readings.filter(({ flags }) => !flags.includes('BREAK_GLASS'))).toEqual([]);
    const list = await recordedBy(graph.database, () => listed(BIRCHWOOD_LEAD));
    const flags = list.flatMap((row) => row.readings).flatMap((reading) => reading.flags);
    expect(flags).toEqual([]);
  });

  it('is closed after a quarter of an hour, as an id that is not there', async () => {
    const caterer = staff('CATERING');
    const { id } = await open(caterer);
    graph.clock.advance(15 * MINUTE - 1);
    expect((await read(caterer, id)).body.data?.emergencyAccess).toMatchObject({ id });
    graph.clock.advance(1);
    expect((await read(caterer, id)).text).toBe(NOTHING);
  });

  it('is nobody else’s to read: a colleague, another role of the same person, either data lead, another school', async () => {
    const caterer = staff('CATERING');
    const { id } = await open(caterer);
    const others = [
      staff('CATERING'),
      { ...caterer, role: 'SENCO' as const },
      { ...caterer, school: CEDAR },
      BIRCHWOOD_LEAD,
      ALDER_LEAD,
      'data-lead@cedar.example',
      'teacher@alder.example',
    ];
    for (const other of others) expect((await read(other, id)).text).toBe(NOTHING);
    for (const none of ['no-id', '', guest]) expect((await read(caterer, none)).text).toBe(NOTHING);
  });

  it('shows nobody the person in the list: the data leads read of it, and not by it', async () => {
    await open(staff('CATERING'));
    const { answer, rows } = await recorded(
      graph.database,
      graph.as(BIRCHWOOD_LEAD),
      '{ emergencyAccesses(first: 1) { nodes { id reason emergencyContacts { name } } } }',
    );
    expect(answer.body).toEqual({
      data: {
        emergencyAccesses: { nodes: [{ id: expect.any(String), reason: REASON, emergencyContacts: null }] },
      },
    });
    // nobody attacked anything
    expect(rows.map(({ writer, outcome }) => `${writer} ${outcome}`)).toEqual(['shared-teaching READ']);
  });

  it('says that it was open already, and is then on record as read', async () => {
    const caterer = staff('CATERING');
    const asked = async (reason: string) => {
      const { answer, rows } = await recorded(graph.database, graph.as(caterer), OPEN, { id: guest, reason });
      const { alreadyOpen, emergencyAccess } = payloadOf(answer);
      const opened = rows.filter(({ readings }) => readings.some(({ fields }) => fields.includes(OPENED)));
      return { alreadyOpen, id: emergencyAccess?.id, outcomes: opened.map(({ outcome }) => outcome) };
    };
    const first = await asked(REASON);
    expect(first).toMatchObject({ alreadyOpen: false, outcomes: ['WROTE'] });
    const again = await asked('Another reason altogether');
    expect(again).toEqual({ alreadyOpen: true, id: first.id, outcomes: ['READ'] });
    const { reason } = (await listed(BIRCHWOOD_LEAD))[0] ?? {};
    expect(reason).toBe(REASON);
    expect(payloadOf(await ask(caterer, 'gst_AAAAAAAAAAAAAAAAAAAAAA')).alreadyOpen).toBeNull();
  });

  it('stays the same while it is open: asking again makes it no longer, and tells nobody twice', async () => {
    const caterer = staff('CATERING');
    const first = await open(caterer);
    graph.clock.advance(14 * MINUTE);
    const [again, atOnce] = await Promise.all([open(caterer), open(caterer)]);
    expect([again.id, atOnce.id]).toEqual([first.id, first.id]);
    expect(again.until).toBe(first.until);
    graph.clock.advance(MINUTE);
    expect((await open(caterer)).id).not.toBe(first.id);
  });

  it('is in the lists of both data leads from the same moment, newest first, each with its own id of the student', async () => {
    const caterer = { ...staff('CATERING'), name: 'Cora Caterling' };
    graph.clock.advance(120 * MINUTE);
    const { id, openedAt, until } = await open(caterer);
    const entry = {
      id,
      reason: REASON,
      openedAt,
      until,
      openedBy: { name: 'Cora Caterling', role: 'CATERING' },
      teachingSchool: { urn: BIRCHWOOD },
    };
    const [atHome] = await listed(ALDER_LEAD);
    expect(atHome).toMatchObject({ ...entry, student: { id: student?.id }, homeSchool: { urn: ALDER } });
    const [taught] = await listed(BIRCHWOOD_LEAD);
    expect(taught).toMatchObject({ ...entry, student: null, guestProfile: { id: guest } });
    expect(await listed('data-lead@cedar.example')).toEqual([]);
    graph.clock.advance(60 * MINUTE);
    expect((await listed(ALDER_LEAD)).map((each) => each.id)).toContain(id);
    for (const who of ['teacher@birchwood.example', 'teacher@alder.example'])
      expect(codesOf(await graph.as(who).query(LIST))).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  it('is listed by pages of 1 to 100', async () => {
    await open(staff('CATERING'));
    const page = (after: string | null) =>
      graph
        .as(ALDER_LEAD)
        .query(
          'query ($after: String) { emergencyAccesses(first: 3, after: $after) { nodes { id openedAt } pageInfo { hasNextPage endCursor } } }',
          { after },
        );
    interface Page {
      emergencyAccesses: {
        nodes: { id: string; openedAt: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const found: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo }: Page['emergencyAccesses'] = dataOf<Page>(await page(after)).emergencyAccesses;
      found.push(...nodes.map(({ id }) => id));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    const all = await listed(ALDER_LEAD);
    expect(found).toEqual(all.map(({ id }) => id));
    expect(found.length).toBeGreaterThan(6);
    const { rows } = await asAdmin(graph.database.adminUrl, (client) =>
      client.query('select from shared_teaching.emergency_access'),
    );
    expect(found.length).toBe(rows.length);
  });
});

describe('the glass is not broken', () => {
  it('for a guest of another school, by the home school, for a guest who is not taught now, nor for nobody', async () => {
    const elsewhere = students.find(
      ({ guestProfiles }) =>
        guestProfiles.every(({ teachingSchool }) => teachingSchool.urn === CEDAR) && guestProfiles.length > 0,
    );
    const refusals = [
      await ask(staff('CATERING'), profileAt(CEDAR, elsewhere)),
      await ask(staff('SENCO', ALDER), guest),
      await ask(ALDER_LEAD, guest),
      await ask(staff('CATERING', CEDAR), guest),
      await ask(staff('CATERING'), encodeId('GuestProfile', newUuid())),
      await ask(staff('CATERING'), student?.id ?? ''),
      await ask(staff('CATERING'), ''),
    ];
    graph.clock.moveTo('2026-08-25');
    refusals.push(await ask(staff('CATERING'), guest));
    expect(refusals[0]?.body.data).toEqual({
      openEmergencyAccess: {
        alreadyOpen: null,
        emergencyAccess: null,
        userErrors: [
          {
            code: 'NOT_FOUND',
            field: 'guestProfileId',
            message: 'No guest who is taught at your school today has this id.',
          },
        ],
      },
    });
    for (const { text } of refusals) expect(text).toBe(refusals[0]?.text);
  });

  it('by those who are at no school, or not signed in', async () => {
    for (const who of ['support@schoolgraph.example', 'analyst@schoolgraph.example'])
      expect((await ask(who, guest)).body.data).toBeNull();
    expect((await graph.as(null).query(OPEN, { id: guest, reason: REASON })).body.data).toBeNull();
  });

  it.each([
    '',
    '         ',
    'too short',
    '   nine ch    ',
    'x'.repeat(501),
    `a reason with a bell ${String.fromCharCode(7)}`,
  ])('without a reason of 10 to 500 characters (case %#)', async (reason) => {
    const before = (await listed(ALDER_LEAD)).length;
    const answer = await ask(staff('CATERING'), guest, reason);
    expect(payloadOf(answer)).toMatchObject({
      emergencyAccess: null,
      userErrors: [{ code: 'INVALID', field: 'reason' }],
    });
    expect((await listed(ALDER_LEAD)).length).toBe(before);
  });
});

it('an alias in the place of the grant is answered right', async () => {
  const caterer = staff('CATERING');
  const { id } = await open(caterer);
  const answer = await graph
    .as(caterer)
    .query(
      'query ($id: ID!) { emergencyAccess(id: $id) { emergencyGrant: reason id: openedAt emergencyContacts { name } } }',
      { id },
    );
  expect(answer.body.data?.emergencyAccess).toMatchObject({
    emergencyGrant: REASON,
    emergencyContacts: expect.arrayContaining([expect.anything()]),
  });
});
