import { expect, it } from 'vitest';
import { dataOf } from '../../federation/answers.ts';
import { type Answer, startGraph } from '../../kit/graph.ts';

interface Contact {
  name: string;
  phone: string | null;
  protectedPhone: boolean | null;
}
interface Student {
  id: string;
  guestProfiles: { id: string; teachingSchool: { urn: string } }[];
}

it('correcting a contact does not open another contact’s phone to teaching schools', async () => {
  const graph = await startGraph();
  const home = graph.as('data-lead@alder.example');
  const found = await home.query(
    '{ students(first: 100) { nodes { id guestProfiles { id teachingSchool { urn } } } } }',
  );
  const student = dataOf<{ students: { nodes: Student[] } }>(found).students.nodes.find(({ guestProfiles }) =>
    guestProfiles.some(({ teachingSchool }) => teachingSchool.urn === '900002'),
  );
  const guest = student?.guestProfiles.find(({ teachingSchool }) => teachingSchool.urn === '900002');
  const write = (...contacts: object[]): Promise<Answer> =>
    home.query(
      'mutation ($id: ID!, $contacts: [EmergencyContactInput!]) { updateStudent(input: { studentId: $id, emergencyContacts: $contacts }) { student { emergencyContacts { name phone protectedPhone } } userErrors { message } } }',
      {
        id: student?.id,
        contacts: contacts.map((each, index) => ({ relationship: 'CARER', priority: index + 1, ...each })),
      },
    );
  const first = { name: 'A N Other', phone: '01632 960001' };
  const second = { name: 'B N Other', phone: '01632 960002' };
  await write(first, { ...second, protectedPhone: true });
  const corrected = await write({ ...first, name: 'A M Other' }, second);
  interface Written {
    updateStudent: { student: { emergencyContacts: Contact[] } };
  }
  expect(dataOf<Written>(corrected).updateStudent.student.emergencyContacts).toEqual([
    { name: 'A M Other', phone: '01632 960001', protectedPhone: false },
    { name: 'B N Other', phone: '01632 960002', protectedPhone: true },
  ]);
  const seen = await graph
    .as('data-lead@birchwood.example')
    .query('query ($id: ID!) { guestProfile(id: $id) { emergencyContacts { name phone protectedPhone } } }', {
      id: guest?.id,
    });
  expect(dataOf<{ guestProfile: { emergencyContacts: Contact[] } }>(seen).guestProfile.emergencyContacts).toEqual([
    { name: 'A M Other', phone: '01632 960001', protectedPhone: null },
    { name: 'B N Other', phone: null, protectedPhone: null },
  ]);
});
