/** What is opened in an emergency, where the student's record is: only by the grant that was made for just that. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import type { FieldAccess } from '../../../subgraphs/kernel/guest-access/effective-access.ts';
import { BREAK_GLASS, createGrantSigner, type GrantSigner } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import { entityOf, grantOf, openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const caterer = callerAs('CATERING', BIRCHWOOD);
const VIEW: FieldAccess = { access: 'VIEW', reason: 'SAFETY_FLOOR' };
const opened = newUuid();
const id = encodeId('EmergencyAccess', opened);

let graph: StudentsGraph;
let signer: GrantSigner;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  signer = createGrantSigner(graph.grantSecret, graph.clock.now);
  guest = profileOf(await graph.join(), BIRCHWOOD);
});

const emergencyGrant = (caller: Caller = caterer, rows: readonly string[] = ['emergencyContacts', 'displayName']) =>
  signer.sign(
    {
      ...grantOf(guest),
      purpose: BREAK_GLASS,
      emergencyAccess: opened,
      access: new Map(rows.map((row) => [row, VIEW])),
    },
    caller,
  );

const read = (fields: string, reference: object, caller: Caller = caterer) =>
  graph.call(
    'students',
    caller,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on EmergencyAccess { ${fields} } } }`,
    { representations: [{ __typename: 'EmergencyAccess', id, ...reference }] },
  );

const REFUSED = {
  message: 'A guest profile is read with a grant made for it and for this caller, not a minute ago.',
  path: ['_entities', 0],
  extensions: { code: 'GRANT_REFUSED' },
};

describe('an emergency access', () => {
  it('is read by its grant, row by row, whatever scopes the opener’s role has', async () => {
    const answer = await read('id emergencyContacts { name phone } medicalConditions { name }', {
      emergencyGrant: emergencyGrant(),
    });
    expect(entityOf(answer)).toEqual({
      id,
      emergencyContacts: [expect.anything(), expect.anything(), expect.anything()],
      medicalConditions: null,
    });
    expect(answer.extensions?.guestAccess?.hidden).toEqual([
      { guestProfileId: id, field: 'medicalConditions', reason: 'NO_AGREEMENT' },
    ]);
  });

  it.each<[string, () => object]>([
    ['without a grant', () => ({})],
    ['with a grant that was made up', () => ({ emergencyGrant: 'made up' })],
    ['with no text for a grant', () => ({ emergencyGrant: '' })],
    ['with the grant of a guest profile, which says no scope', () => ({ emergencyGrant: graph.grant(caterer, guest) })],
    ['with that under its own name', () => ({ guestGrant: graph.grant(caterer, guest) })],
    ['with a colleague’s grant', () => ({ emergencyGrant: emergencyGrant(callerAs('CATERING', BIRCHWOOD)) })],
    [
      'with the grant of another one',
      () => ({ id: encodeId('EmergencyAccess', newUuid()), emergencyGrant: emergencyGrant() }),
    ],
    ['with an id that does not decode', () => ({ id: 'EmergencyAccess', emergencyGrant: emergencyGrant() })],
  ])('is refused %s', async (_how, reference) => {
    const answer = await read('emergencyContacts { name }', reference());
    expect(entityOf(answer)).toBeNull();
    expect(answer.errors).toEqual([REFUSED]);
  });

  it('is null, and no error, where none was made: for somebody who only reads the list', async () => {
    const answer = await read('id emergencyContacts { name }', { emergencyGrant: null });
    expect(answer.data).toEqual({ _entities: [null] });
    expect(answer.errors).toBeUndefined();
    expect(answer.extensions).toBeUndefined();
  });

  it('is no way to a guest profile, nor to writing to one', async () => {
    const teacher = callerAs('TEACHER', BIRCHWOOD);
    const guestGrant = emergencyGrant(teacher, ['emergencyContacts', 'ownAbsenceNotes']);
    const answer = await graph.guests(teacher, 'emergencyContacts { name }', { id: guest.id, guestGrant });
    expect(answer.errors).toEqual([REFUSED]);
    const note = await graph.ask(
      teacher,
      'mutation ($id: ID!) { addAbsenceNote(input: { guestProfileId: $id, date: "2026-11-18", text: "Dentist" }) { absenceNote { id } } }',
      { id: guest.id },
      [guestGrant],
    );
    expect(note.errors?.[0]?.extensions.code).toBe('GRANT_REQUIRED');
  });

  it('asks for its scope, which every role at a school has and no other', async () => {
    const support = callerAs('SUPPORT', null);
    const answer = await read('displayName', { emergencyGrant: emergencyGrant(support) }, support);
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('does not open the home record', async () => {
    const answer = await graph.ask(caterer, 'query ($id: ID!) { student(id: $id) { displayName } }', {
      id: guest.student.id,
    });
    expect(answer.data).toEqual({ student: null });
    expect(guest.student.homeSchool).toBe(ALDER);
  });
});
