/** How many SQL statements a request takes does not depend on how much it answers. */
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import { statementsOf } from '../../kit/statements.ts';
import {
  ALDER,
  ALDER_LEAD,
  BIRCHWOOD,
  BIRCHWOOD_LEAD,
  CEDAR,
  openSharedTeaching,
  type SharedTeaching,
} from './arrange.ts';

let schools: SharedTeaching;

beforeAll(async () => {
  schools = await openSharedTeaching();
  for (const teaching of [BIRCHWOOD, CEDAR]) {
    await schools.agreement(ALDER, teaching);
    const course = await schools.course(ALDER_LEAD);
    await schools.push(ALDER_LEAD, course, teaching, [{}]);
    for (let count = 0; count < 12; count += 1) await schools.enrol(ALDER_LEAD, course, await schools.student(ALDER));
  }
});

/** But for the one that tells row-level security who is calling, and the one that puts on record what was read. */
const countOf = async (work: () => Promise<unknown>): Promise<number> =>
  (await statementsOf(work)).statements.filter(({ text }) => !/set_config|insert into audit\.reading/.test(text))
    .length;

const FIELDS = `id yearGroup homeSchool { urn } teachingSchool { urn } registrationForm { name } guestGrant
  schoolEnrolment { startDate endDate } academicYearEnrolments { startDate endDate }
  fieldAccess { field access reason explanation }`;

describe('the number of SQL statements', () => {
  it('of a page of guests is three, whatever its length', async () => {
    for (const caller of [BIRCHWOOD_LEAD, ALDER_LEAD])
      for (const first of [1, 5, 24]) {
        const query = `{ guestProfiles(first: ${first}) { nodes { ${FIELDS} } pageInfo { hasNextPage endCursor } } }`;
        expect(await countOf(() => schools.ask(caller, query))).toBe(3);
      }
  });

  it('of an entity fetch is three, however many profiles are named, and one where only ids are asked for', async () => {
    const ids = (await schools.profiles(ALDER_LEAD)).map(({ id }) => id);
    const fetch = (count: number, fields: string) =>
      countOf(() =>
        schools.ask(
          ALDER_LEAD,
          `query ($r: [_Any!]!) { _entities(representations: $r) { ... on GuestProfile { ${fields} } } }`,
          { r: ids.slice(0, count).map((id) => ({ __typename: 'GuestProfile', id })) },
        ),
      );
    for (const count of [1, 24]) expect(await fetch(count, FIELDS)).toBe(3);
    expect(await fetch(24, 'id homeSchool { urn }')).toBe(1);
  });

  it('of the students’ guest profiles is one, and of courses four', async () => {
    const students = await schools.asAdministrator<{ id: string }>('select id from shared_teaching.student');
    const ofStudents = await countOf(() =>
      schools.ask(
        ALDER_LEAD,
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { guestProfiles { id teachingSchool { urn } } } } }',
        { r: students.map(({ id }) => ({ __typename: 'Student', id: encodeId('Student', id) })) },
      ),
    );
    expect(ofStudents).toBe(1);
    const query = '{ courses(first: 100) { nodes { id slots { id } pushes { id hasSlots course { name } } } } }';
    expect(await countOf(() => schools.ask(ALDER_LEAD, query))).toBe(4);
  });
});
