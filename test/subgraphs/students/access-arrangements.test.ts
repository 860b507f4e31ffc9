import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import { seedEvidence } from '../../../subgraphs/students/demo/day-by-day.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { type GrantedAccess, openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const cedar = callerOf('data-lead@cedar.example');
const alder = callerOf('data-lead@alder.example');

const OPENED: GrantedAccess = { accessArrangements: { access: 'EDIT', reason: 'SCHOOL_OVERRIDE' } };
const UPDATE = `mutation ($input: UpdateGuestProfileInput!) { updateGuestProfile(input: $input) {
  guestProfile { id } userErrors { code field } } }`;

let graph: StudentsGraph;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  guest = profileOf(await graph.join(), BIRCHWOOD);
  await graph.at(ALDER, (session) => seedEvidence(session, [{ id: guest.student.uuid, number: 1 }]));
});

const update = (changes: object, grants: string[], caller = birchwood) =>
  graph.ask(caller, UPDATE, { input: { guestProfileId: guest.id, ...changes } }, grants);

async function evidence(caller: Caller, profile: TestProfile) {
  const fields = 'accessArrangements { evidence { text recordedOn recordedBy { name school { urn } } } }';
  const { entity } = await graph.read(fields, caller, profile);
  return (entity.accessArrangements as { evidence: { text: string }[] }[]).flatMap((each) => each.evidence);
}

describe('S0-9i a teaching school’s evidence for an access arrangement', () => {
  it('is added where the home school opened the row, and seen by home and by that school alone', async () => {
    const text = 'Needed 20 minutes more';
    const added = await update({ accessArrangements: [{ arrangement: 'EXTRA_TIME', text }] }, [
      graph.grant(birchwood, guest, OPENED),
    ]);
    expect(added).toEqual({ data: { updateGuestProfile: { guestProfile: { id: guest.id }, userErrors: [] } } });
    const own = await evidence(birchwood, guest);
    expect(own).toMatchObject([
      { text, recordedOn: '2026-11-18', recordedBy: { name: birchwood.name, school: { urn: BIRCHWOOD } } },
      { recordedBy: { school: { urn: ALDER } } },
    ]);
    expect(await evidence(alder, guest)).toEqual(own);
    expect(await evidence(cedar, profileOf(guest.student, CEDAR))).toEqual(own.slice(1));
  });

  it('is refused for an arrangement that home has not recorded, without text, and in place of nothing', async () => {
    const grants = [graph.grant(birchwood, guest, OPENED)];
    const problems = async (accessArrangements: unknown) =>
      (await update({ accessArrangements }, grants)).data?.updateGuestProfile;
    const refused = (field: string) => ({ guestProfile: null, userErrors: [{ code: 'INVALID', field }] });
    const at = (part: string) => refused(`accessArrangements.0.${part}`);
    expect(await problems([{ arrangement: 'SCRIBE', text: 'x' }])).toEqual(at('arrangement'));
    expect(await problems([{ arrangement: 'EXTRA_TIME', text: '' }])).toEqual(at('text'));
    expect(await problems(null)).toEqual(refused('accessArrangements'));
  });
});

describe('S0-13 a teaching school’s change of a guest', () => {
  it('of fields that are the home school’s is refused whole, with every one of them', async () => {
    const changes = {
      sex: 'MALE',
      upn: null,
      emergencyContacts: [],
      accessArrangements: [{ arrangement: 'EXTRA_TIME', text: 'Not to be kept' }],
    };
    const before = await evidence(birchwood, guest);
    const answer = await update(changes, [graph.grant(birchwood, guest, OPENED)]);
    expect(answer.errors?.[0]).toMatchObject({
      extensions: {
        code: 'GUEST_FIELD_VIEW_ONLY',
        fields: [
          { field: 'sex', access: 'VIEW', reason: 'HOME_OWNED' },
          { field: 'upn', access: 'VIEW', reason: 'HOME_OWNED' },
          { field: 'emergencyContacts', access: 'VIEW', reason: 'SAFETY_FLOOR' },
        ],
      },
    });
    expect(await evidence(birchwood, guest)).toEqual(before);
  });

  it('S0-14 of emergency contacts is refused', async () => {
    const emergencyContacts = [{ priority: 1, name: 'A N Other', relationship: 'CARER', phone: '01632 960001' }];
    const answer = await update({ emergencyContacts }, [graph.grant(birchwood, guest)]);
    expect(answer.errors?.[0]).toMatchObject({
      extensions: { code: 'GUEST_FIELD_VIEW_ONLY', fields: [{ field: 'emergencyContacts' }] },
    });
    expect(answer.data).toBeNull();
  });

  it('needs a grant, made for the profile and for the caller', async () => {
    const other = callerAs('DATA_LEAD', BIRCHWOOD);
    const elsewhere = profileOf(guest.student, BIRCHWOOD);
    for (const grants of [
      [],
      ['forged'],
      [graph.grant(other, guest, OPENED)],
      [graph.grant(birchwood, elsewhere, OPENED)],
    ]) {
      const answer = await update({ accessArrangements: [] }, grants);
      expect(answer.errors?.[0]?.extensions).toEqual({ code: 'GRANT_REQUIRED' });
    }
  });

  it('needs the scope that reads the field', async () => {
    const office = callerAs('ATTENDANCE_OFFICE', BIRCHWOOD);
    const answer = await update({ accessArrangements: [] }, [graph.grant(office, guest, OPENED)], office);
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', fields: ['accessArrangements'] });
  });
});
