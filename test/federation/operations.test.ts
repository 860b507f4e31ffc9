/** The operations of frontend teams, over HTTP, as the people of the demo. */
import { describe, expect, it } from 'vitest';
import { TEST_TODAY } from '../kit/clock.ts';
import { type Answer, startGraph } from '../kit/graph.ts';
import { codesOf, dataOf, hiddenIn } from './answers.ts';
import { studentsOfAlder } from './demo-guests.ts';
import { ALLOWED, GUEST, GUESTS, HOME, HOME_EDIT, NARROW, REFUSED } from './operations.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const BIRCHWOOD_TEACHER = 'teacher@birchwood.example';
const CEDAR_LEAD = 'data-lead@cedar.example';

const graph = await startGraph();
type Node = Record<string, unknown> & { id: string };
interface Guests {
  guestProfiles: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}
const nodesOf = (answer: Answer): Node[] => dataOf<Guests>(answer).guestProfiles.nodes;
const guestsAs = async (email: string): Promise<Node[]> => nodesOf(await graph.as(email).query(GUESTS, { first: 100 }));

describe('Guests', () => {
  it('fills every field for the teaching school’s data lead, but for what is protected', async () => {
    const answer = await graph.as(BIRCHWOOD_LEAD).query(GUESTS, { first: 100 });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body).sort()).toEqual(['data', 'extensions']);
    expect(answer.body.data?.viewer).toEqual({
      name: 'Bea Birchall',
      role: 'DATA_LEAD',
      school: { urn: '900002', name: 'Birchwood Sixth Form College' },
    });
    const nodes = nodesOf(answer);
    expect(nodes).toHaveLength(60);
    const empty = nodes.flatMap((node, index) =>
      Object.keys(node)
        .filter((key) => node[key] === null || (Array.isArray(node[key]) && node[key].length === 0))
        .map((key) => `${key} of ${index}`),
    );
    const withheld = hiddenIn(answer).filter(({ field }) => !field.includes('.'));
    expect(withheld.map(({ field, reason }) => `${field} ${reason}`).sort()).toEqual([
      'address PROTECTED',
      'picture PROTECTED',
    ]);
    expect(empty.sort()).toEqual(
      withheld.flatMap(({ field, paths }) => paths.map((path) => `${field} of ${(path as unknown[])[2]}`)).sort(),
    );
  });

  it('S0-3 pages through all guests once, each page fixed by its cursor', async () => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const answer: Answer = await graph.as(BIRCHWOOD_LEAD).query(GUESTS, { first: 7, after });
      ids.push(...nodesOf(answer).map(({ id }) => id));
      const { hasNextPage, endCursor } = dataOf<Guests>(answer).guestProfiles.pageInfo;
      after = hasNextPage ? endCursor : null;
    } while (after);
    expect(new Set(ids).size).toBe(60);
    expect(ids).toHaveLength(60);
  });

  it('gives a teacher the guests on her own course, and null with an error for what her scopes leave out', async () => {
    const answer = await graph.as(BIRCHWOOD_TEACHER).query(GUESTS, { first: 100 });
    const mine = nodesOf(answer);
    const all = await guestsAs(BIRCHWOOD_LEAD);
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.length).toBeLessThan(all.length);
    const leftOut = [
      'legalFirstName',
      'legalLastName',
      'dateOfBirth',
      'upn',
      'uci',
      'address',
      'inCare',
      'freeSchoolMeals',
    ];
    expect(answer.body.errors).toEqual(
      leftOut.map((field) => ({
        message: 'Unauthorized field or type',
        path: ['guestProfiles', 'nodes', '@', field],
        extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
      })),
    );
    for (const node of mine) {
      for (const field of leftOut) expect(node[field]).toBeNull();
      expect(node.emergencyContacts).not.toBeNull();
      expect(node.medicalConditions).not.toBeNull();
    }
  });

  it('gives Cedar its ten, of whom three are at Birchwood, too', async () => {
    expect(await guestsAs(CEDAR_LEAD)).toHaveLength(10);
    expect(await guestsAs(ALDER_LEAD)).toHaveLength(70);
    const atBoth = (await studentsOfAlder(graph)).filter(({ guestProfiles }) => guestProfiles.length === 2);
    expect(atBoth).toHaveLength(3);
  });

  it.each(['support@schoolgraph.example', 'analyst@schoolgraph.example'])('gives %s no one', async (email) => {
    const answer = await graph.as(email).query(GUESTS);
    expect(answer.body.data).toBeNull();
    expect(new Set(codesOf(answer))).toEqual(new Set(['UNAUTHORIZED_FIELD_OR_TYPE']));
  });
});

describe('writing to a guest', () => {
  it('S0-13 S0-14 is refused by field where it is the home school’s, and changes nothing; the home school changes it', async () => {
    const [guest] = await guestsAs(BIRCHWOOD_LEAD);
    const before = await graph.as(BIRCHWOOD_LEAD).query(GUEST, { id: guest?.id });
    const refused = await graph.as(BIRCHWOOD_LEAD).query(REFUSED, { id: guest?.id });
    expect(refused.body.data).toBeNull();
    expect(refused.body.errors).toEqual([
      {
        message: expect.stringContaining('emergencyContacts'),
        extensions: {
          code: 'GUEST_FIELD_VIEW_ONLY',
          fields: [{ field: 'emergencyContacts', access: 'VIEW', reason: 'SAFETY_FLOOR' }],
        },
      },
    ]);
    expect((await graph.as(BIRCHWOOD_LEAD).query(GUEST, { id: guest?.id })).text).toBe(before.text);
    const student = (await studentsOfAlder(graph)).find(({ guestProfiles }) => guestProfiles.length > 0);
    const edited = await graph.as(ALDER_LEAD).query(HOME_EDIT, { id: student?.id });
    expect(edited.body.data).toEqual({
      updateStudent: { student: { id: student?.id, emergencyContacts: [{ name: 'A N Other' }] }, userErrors: [] },
    });
    const seen = await graph.as(ALDER_LEAD).query(GUEST, { id: student?.guestProfiles[0]?.id });
    expect(seen.body.data?.guestProfile).toMatchObject({ emergencyContacts: [{ name: 'A N Other' }] });
  });

  it('names every refused field, and does nothing of the mutation, not even what it may', async () => {
    const [guest] = await guestsAs(BIRCHWOOD_LEAD);
    const notes = async () => nodesOf(await graph.as(BIRCHWOOD_LEAD).query(GUESTS, { first: 1 }))[0]?.absenceNotes;
    const before = await notes();
    const answer = await graph.as(BIRCHWOOD_LEAD).query(
      `mutation ($id: ID!, $on: Date!) {
        note: addAbsenceNote(input: { guestProfileId: $id, date: $on, text: "Dentist" }) { absenceNote { id } }
        updateGuestProfile(input: { guestProfileId: $id, upn: null, address: { lines: ["1 Example Road"] }, senStatus: NONE }) { userErrors { code } }
      }`,
      { id: guest?.id, on: TEST_TODAY },
    );
    expect(answer.body.data).toBeNull();
    expect(answer.body.errors?.[0]?.extensions).toEqual({
      code: 'GUEST_FIELD_VIEW_ONLY',
      fields: [
        { field: 'upn', access: 'VIEW', reason: 'HOME_OWNED' },
        { field: 'address', access: 'VIEW', reason: 'HOME_OWNED' },
        { field: 'senStatus', access: 'VIEW', reason: 'HOME_OWNED' },
      ].sort((one, other) => order(one.field) - order(other.field)),
    });
    expect(await notes()).toEqual(before);
  });

  const order = (field: string): number => ['upn', 'address', 'senStatus'].indexOf(field);

  it('is decided by the grant where the schema leaves it open: access arrangements, once the home school lets it', async () => {
    const [guest] = await guestsAs(BIRCHWOOD_LEAD);
    const write = () =>
      graph
        .as(BIRCHWOOD_LEAD)
        .query(
          'mutation ($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, accessArrangements: [{ arrangement: EXTRA_TIME, text: "Uses a reading pen in every lesson" }] }) { guestProfile { accessArrangements { arrangement evidence { text recordedBy { name school { urn } } } } } userErrors { code field message } } }',
          { id: guest?.id },
        );
    const set = (access: string | null) =>
      graph
        .as(ALDER_LEAD)
        .query(
          'mutation ($access: GuestAccess) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, field: "accessArrangements", access: $access }) { userErrors { code } } }',
          { access },
        );
    const refused = await write();
    expect(refused.body.errors?.[0]?.extensions).toEqual({
      code: 'GUEST_FIELD_VIEW_ONLY',
      fields: [{ field: 'accessArrangements', access: 'VIEW', reason: 'HOME_OWNED' }],
    });
    await set('EDIT');
    const written = await write();
    expect(written.body.errors).toBeUndefined();
    expect(written.text).toContain('Uses a reading pen in every lesson');
    expect(written.text).toContain('Bea Birchall');
    await set(null);
    expect(codesOf(await write())).toEqual(['GUEST_FIELD_VIEW_ONLY']);
  });

  it('is allowed for its own record: what Birchwood noted, Alder Grove sees and Cedar does not', async () => {
    const both = (await guestsAs(ALDER_LEAD)).filter(
      ({ displayName }, _index, all) => all.filter((each) => each.displayName === displayName).length === 2,
    );
    const cedarIds = new Set((await guestsAs(CEDAR_LEAD)).map(({ id }) => id));
    const atCedar = both.find(({ id }) => cedarIds.has(id));
    const atBirchwood = both.find(({ id, displayName }) => !cedarIds.has(id) && displayName === atCedar?.displayName);
    const allowed = await graph.as(BIRCHWOOD_LEAD).query(ALLOWED, { id: atBirchwood?.id, on: TEST_TODAY });
    expect(allowed.body.data).toEqual({
      addAbsenceNote: { absenceNote: { id: expect.stringMatching(/^abs_/), text: 'Dentist' }, userErrors: [] },
    });
    const notes = async (email: string, id: string | undefined) => {
      const answer = await graph
        .as(email)
        .query('query ($id: ID!) { guestProfile(id: $id) { absenceNotes { text } } }', { id });
      const { guestProfile } = dataOf<{ guestProfile: { absenceNotes: { text: string }[] } }>(answer);
      return guestProfile.absenceNotes.map(({ text }) => text);
    };
    expect(await notes(BIRCHWOOD_LEAD, atBirchwood?.id)).toContain('Dentist');
    expect(await notes(ALDER_LEAD, atBirchwood?.id)).toContain('Dentist');
    expect(await notes(CEDAR_LEAD, atCedar?.id)).not.toContain('Dentist');
  });

  it('as a data lead of the home school is refused on the guest profile: it edits the home record', async () => {
    const [guest] = await guestsAs(ALDER_LEAD);
    const answer = await graph.as(ALDER_LEAD).query(ALLOWED, { id: guest?.id, on: TEST_TODAY });
    expect(answer.body.errors?.[0]?.extensions).toEqual({
      code: 'GUEST_FIELD_VIEW_ONLY',
      fields: [{ field: 'ownAbsenceNotes', access: 'VIEW', reason: 'HOME_OWNED' }],
    });
  });
});

describe('Narrow', () => {
  it('hides a field from one teaching school from the next request on, and says why', async () => {
    const [guest] = await guestsAs(BIRCHWOOD_LEAD);
    const narrowed = await graph.as(ALDER_LEAD).query(NARROW);
    expect(narrowed.body).toEqual({
      data: {
        setGuestFieldAccess: {
          fieldAccess: { field: 'address', access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' },
          userErrors: [],
        },
      },
    });
    const answer = await graph.as(BIRCHWOOD_LEAD).query(GUEST, { id: guest?.id });
    expect(answer.body.data?.guestProfile).toMatchObject({ id: guest?.id, address: null });
    expect(answer.body.errors).toBeUndefined();
    expect(answer.body.extensions).toEqual({
      guestAccess: { hidden: [{ field: 'address', reason: 'SCHOOL_OVERRIDE', paths: [['guestProfile', 'address']] }] },
    });
    for (const { address } of await guestsAs(CEDAR_LEAD)) expect(address).not.toBeNull();
  });
});

interface Students {
  students: { nodes: { id: string; detentions: unknown[]; mealAccount: { balance: number } }[] };
}

describe('Home', () => {
  it('S0-15 S0-16 S0-18 is the home school’s: detentions and meals are there, and no guest of another school', async () => {
    const home = await graph.as(ALDER_LEAD).query(HOME);
    const { nodes } = dataOf<Students>(home).students;
    expect(nodes).toHaveLength(50);
    expect(nodes.some(({ detentions }) => detentions.length > 0)).toBe(true);
    expect(nodes.every(({ mealAccount }) => Number.isInteger(mealAccount.balance))).toBe(true);
    const eaten = await graph.as(ALDER_LEAD).query('{ students(first: 5) { nodes { meals { date name price } } } }');
    for (const { meals } of dataOf<{ students: { nodes: { meals: unknown[] }[] } }>(eaten).students.nodes)
      expect(meals.length).toBeGreaterThan(0);
    const birchwood = await graph.as(BIRCHWOOD_LEAD).query(HOME);
    const own = dataOf<Students>(birchwood).students.nodes.map(({ id }) => id);
    const alders = new Set((await studentsOfAlder(graph)).map(({ id }) => id));
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((id) => alders.has(id))).toEqual([]);
  });
});
