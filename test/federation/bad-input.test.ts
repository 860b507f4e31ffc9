/** Input that cannot be: a clear error that says what was expected, never the value; and nothing is changed. */
import { describe, expect, it } from 'vitest';
import { startGraph } from '../kit/graph.ts';
import { dataOf } from './answers.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const graph = await startGraph();
const [student] = await studentsOfAlder(graph);
const guest = profileAt(
  '900002',
  (await studentsOfAlder(graph)).find(({ guestProfiles }) => guestProfiles.length === 1),
);

const RECORD =
  'query ($id: ID!) { student(id: $id) { upn uci uln dateOfBirth legalFirstName emergencyContacts { priority name phone } address { lines postcode } senNeeds { rank type } } }';
const record = async () => (await graph.as(ALDER_LEAD).query(RECORD, { id: student?.id })).text;
const before = await record();

const SENT = 'CANARY';
/** What is sent → what the error must say was expected. */
const REFUSED: readonly [string, string, Record<string, unknown>, RegExp][] = [
  [
    'a UPN with a wrong check letter',
    'mutation ($id: ID!, $upn: UPN) { updateStudent(input: { studentId: $id, upn: $upn }) { userErrors { code } } }',
    { upn: 'A801200005001' },
    /check letter/i,
  ],
  [
    'a UPN in the text',
    'mutation ($id: ID!) { updateStudent(input: { studentId: $id, upn: "A801200005001" }) { userErrors { code } } }',
    {},
    /check letter/i,
  ],
  [
    'a date that is none',
    'mutation ($id: ID!, $on: Date) { updateStudent(input: { studentId: $id, dateOfBirth: $on }) { userErrors { code } } }',
    { on: '2026-02-30' },
    /YYYY-MM-DD|date/i,
  ],
  [
    'a URN of three digits',
    'query ($id: ID!, $urn: URN!) { student(id: $id) { id } school(urn: $urn) { name } }',
    { urn: '987' },
    /5 or 6 digits/i,
  ],
  [
    'a URN of letters',
    'query ($id: ID!) { student(id: $id) { id } school(urn: "CANARY") { name } }',
    {},
    /5 or 6 digits/i,
  ],
  [
    'a DfE number without its school',
    'query ($id: ID!, $n: DfENumber!) { student(id: $id) { id } schoolByDfeNumber(dfeNumber: $n) { name } }',
    { n: '987' },
    /123\/4567|LLL|digits/i,
  ],
  [
    'a page of 101',
    'query ($id: ID!) { student(id: $id) { id } students(first: 101) { nodes { id } } }',
    {},
    /from 1 to 100/,
  ],
  [
    'a page of 0',
    'query ($id: ID!) { student(id: $id) { id } guestProfiles(first: 0) { nodes { id } } }',
    {},
    /from 1 to 100/,
  ],
  [
    'a cursor of another list',
    'query ($id: ID!) { student(id: $id) { id } guestProfiles(after: "CANARY") { nodes { id } } }',
    {},
    /endCursor/,
  ],
  [
    '101 sessions',
    'query ($id: ID!) { student(id: $id) { sessionAttendance(last: 101) { mark } } }',
    {},
    /from 1 to 100/,
  ],
  [
    'a number where text belongs',
    'mutation ($id: ID!, $name: String) { updateStudent(input: { studentId: $id, legalFirstName: $name }) { userErrors { code } } }',
    { name: 7 },
    /expected String/,
  ],
  [
    'a contact without a name',
    'mutation ($id: ID!, $c: [EmergencyContactInput!]) { updateStudent(input: { studentId: $id, emergencyContacts: $c }) { userErrors { code } } }',
    { c: [{ priority: 1, relationship: 'CARER', phone: SENT }] },
    /expected EmergencyContactInput/,
  ],
];

describe('bad input', () => {
  it.each(REFUSED)('%s: says what was expected, and not what came', async (_what, query, variables, expected) => {
    const answer = await graph.as(ALDER_LEAD).query(query, { id: student?.id, ...variables });
    expect(answer.status).toBeLessThan(500);
    const [error] = answer.body.errors ?? [];
    expect(error?.message).toMatch(expected);
    expect(error?.extensions.code).toMatch(/BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED/);
    for (const value of [SENT, ...Object.values(variables).filter((each) => typeof each === 'string')])
      expect(answer.text).not.toContain(value);
  });

  it.each([
    [
      'a gap in the priorities',
      { emergencyContacts: [{ priority: 2, name: 'A N Other', relationship: 'CARER', phone: '01632 960001' }] },
      /1, 2, 3/,
    ],
    ['a postcode that is none', { address: { lines: ['1 Example Road'], postcode: 'CANARY' } }, /postcode/i],
    ['no line of an address', { address: { lines: [] } }, /1 to 5/],
    ['an empty legal name', { legalFirstName: ' ' }, /name|character|letter/i],
    ['a birth in the future', { dateOfBirth: '2030-01-01' }, /past|before|today/i],
    ['null for what must be', { legalLastName: null }, /./],
    [
      'two needs of one rank',
      {
        senNeeds: [
          { rank: 1, type: 'SPLD' },
          { rank: 1, type: 'MLD' },
        ],
      },
      /1, 2, 3/,
    ],
  ])('%s is a user error about its field', async (_what, change, expected) => {
    const answer = await graph
      .as(ALDER_LEAD)
      .query(
        'mutation ($input: UpdateStudentInput!) { updateStudent(input: $input) { student { id } userErrors { code field message } } }',
        { input: { studentId: student?.id, ...change } },
      );
    interface Updated {
      updateStudent: { student: null; userErrors: { code: string; field: string; message: string }[] };
    }
    const { student: changed, userErrors } = dataOf<Updated>(answer).updateStudent;
    expect(changed).toBeNull();
    expect(userErrors[0]).toMatchObject({
      code: 'INVALID',
      field: expect.stringContaining(Object.keys(change)[0] ?? ''),
      message: expect.stringMatching(expected),
    });
    expect(answer.text).not.toContain(SENT);
  });

  it('a note about a guest and a student at once, or about none, is refused', async () => {
    const add = (about: object) =>
      graph
        .as(ALDER_LEAD)
        .query(
          'mutation ($input: AddAbsenceNoteInput!) { addAbsenceNote(input: $input) { absenceNote { id } userErrors { code } } }',
          { input: { date: '2026-11-18', text: 'Dentist', ...about } },
        );
    expect((await add({})).text).toContain('INVALID');
    expect((await add({ studentId: student?.id, guestProfileId: guest })).body.data).not.toMatchObject({
      addAbsenceNote: { absenceNote: expect.anything() },
    });
  });

  it('changed nothing', async () => {
    expect(await record()).toBe(before);
  });
});
