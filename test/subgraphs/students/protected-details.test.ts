import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { seedPictures, seedPinnedItems } from '../../../subgraphs/students/demo/day-by-day.ts';
import { callerOf } from '../../kit/callers.ts';
import { openStudents, profileOf, type StudentsGraph } from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const alder = callerOf('data-lead@alder.example');

let graph: StudentsGraph;
beforeAll(async () => {
  graph = await openStudents();
});

const guestOf = async (details: Parameters<StudentsGraph['join']>[0]) =>
  profileOf(await graph.join(details), BIRCHWOOD);
const contact = (name: string, protectedPhone: boolean) => ({
  name,
  relationship: 'CARER' as const,
  phone: '01632 960001',
  protectedPhone,
});

describe('protected details', () => {
  it('hide address, picture and every phone at once, whatever the grant still says', async () => {
    const guest = await guestOf({ protectedDetails: true });
    await graph.at(ALDER, (session) => seedPictures(session, [{ id: guest.student.uuid, number: 2 }]));
    const fields = 'address { postcode } picture { url } emergencyContacts { phone }';
    const { entity, hidden } = await graph.read(fields, birchwood, guest);
    expect(entity).toEqual({
      address: null,
      picture: null,
      emergencyContacts: [{ phone: null }, { phone: null }, { phone: null }],
    });
    const reported = { guestProfileId: guest.id, reason: 'PROTECTED' };
    expect(hidden).toEqual([
      { ...reported, field: 'address' },
      { ...reported, field: 'picture' },
      { ...reported, field: 'emergencyContacts.phone', indexes: [0, 1, 2] },
    ]);
  });

  it('hide a pinned item about the address as well', async () => {
    const guest = await guestOf({ protectedDetails: true });
    await graph.at(ALDER, (session) => seedPinnedItems(session, [{ id: guest.student.uuid, number: 3 }]));
    const pin = `mutation ($id: ID!) { pinItem(input: { studentId: $id, title: "New flat", about: "address" }) {
      userErrors { code } } }`;
    expect((await graph.ask(alder, pin, { id: guest.student.id })).data).toEqual({ pinItem: { userErrors: [] } });
    const { entity } = await graph.read('pinnedItems { about }', birchwood, guest);
    expect(entity).toEqual({ pinnedItems: [{ about: 'medicalConditions' }] });
  });

  it('of one contact hide that contact’s phone', async () => {
    const lists = { emergencyContacts: [contact('One', false), contact('Two', true), contact('Three', false)] };
    const guest = await guestOf({ lists });
    const { entity, hidden } = await graph.read('emergencyContacts { priority name phone }', birchwood, guest);
    expect(entity.emergencyContacts).toEqual([
      { priority: 1, name: 'One', phone: '01632 960001' },
      { priority: 2, name: 'Two', phone: null },
      { priority: 3, name: 'Three', phone: '01632 960001' },
    ]);
    const field = 'emergencyContacts.phone';
    expect(hidden).toEqual([{ guestProfileId: guest.id, field, reason: 'PROTECTED', indexes: [1] }]);
  });

  it('are told of only where a phone is asked for', async () => {
    const guest = await guestOf({ lists: { emergencyContacts: [contact('One', true)] } });
    expect((await graph.read('emergencyContacts { name }', birchwood, guest)).hidden).toEqual([]);
  });

  it('hide nothing from the home school, on the guest profile or on the record', async () => {
    const guest = await guestOf({ protectedDetails: true, lists: { emergencyContacts: [contact('One', true)] } });
    const shown = { address: { lines: expect.any(Array) }, emergencyContacts: [{ phone: '01632 960001' }] };
    const fields = 'address { lines } emergencyContacts { phone }';
    const { entity, hidden } = await graph.read(fields, alder, guest);
    expect({ entity, hidden }).toEqual({ entity: shown, hidden: [] });
    const record = await graph.ask(alder, `query ($id: ID!) { student(id: $id) { ${fields} } }`, guest.student);
    expect(record).toEqual({ data: { student: shown } });
  });
});
