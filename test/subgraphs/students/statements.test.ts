import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { callerOf } from '../../kit/callers.ts';
import { statementsOf } from '../../kit/statements.ts';
import { openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const alder = callerOf('data-lead@alder.example');

/** What `Guests` asks this subgraph for, as one entity fetch. */
const GUEST_FIELDS = `displayName legalFirstName legalLastName dateOfBirth upn uci
  emergencyContacts { priority name relationship phone } contactRestrictions { kind name } address { lines postcode }
  medicalConditions { name severity healthcarePlan { action } } otherMedicalConditions { name } dietaryRequirements { type }
  senStatus supportStrategies inCare { current } freeSchoolMeals { eligible } languages { language }
  accessArrangements { arrangement evidence { text recordedBy { school { name } } } } pinnedItems { title pinnedUntil }
  absenceNotes { text writtenAt writtenBy { name school { name } } } absenceExplained
  sessionAttendance(last: 20) { date session presence mark } picture { url } senNeeds { type }`;

let graph: StudentsGraph;
let guests: TestProfile[];

beforeAll(async () => {
  graph = await openStudents('demo');
  const pictured = sql<{ id: string }>`select student_id as id from students.picture`;
  const uuids = (await graph.at(ALDER, ({ db }) => pictured.execute(db))).rows.map(({ id }) => id);
  guests = uuids.map((uuid) => profileOf({ uuid, id: '', homeSchool: ALDER }, BIRCHWOOD));
});

describe('the number of SQL statements', () => {
  it('of guests with every field is the same for 1, 10, 60 and 92 of them', async () => {
    const counts: number[] = [];
    for (const count of [1, 10, 60, 92]) {
      const references = guests
        .slice(0, count)
        .map((guest) => ({ id: guest.id, guestGrant: graph.grant(birchwood, guest) }));
      const { result, statements } = await statementsOf(() => graph.guests(birchwood, GUEST_FIELDS, ...references));
      expect(result.errors).toBeUndefined();
      expect(result.data?._entities).toHaveLength(count);
      counts.push(statements.length);
    }
    // who is calling, students, 8 lists, evidence, pins, notes, sessions, a day's marks, the schools of who wrote, the record
    expect(counts).toEqual([17, 17, 17, 17]);
  });

  it('of a list of students does not grow with the page', async () => {
    const fields = `${GUEST_FIELDS} detentions { reason } meals { date name price } mealAccount { balance }`;
    const list = async (first: number) =>
      (await statementsOf(() => graph.ask(alder, `{ students(first: ${first}) { nodes { ${fields} } } }`))).statements
        .length;
    expect(await list(100)).toBe(await list(1));
  });
});
