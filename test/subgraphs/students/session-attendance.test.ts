import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { callerOf } from '../../kit/callers.ts';
import { openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const alder = callerOf('data-lead@alder.example');

/** One on each day up to today, 2026-11-18, in the morning. */
const MARKS = ['#', 'B', 'C1', 'E', 'Y5', 'R', 'T', 'I', 'N', 'L', '\\', '/'];

let graph: StudentsGraph;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  guest = profileOf(await graph.join(), BIRCHWOOD);
  await graph.at(ALDER, ({ db }) =>
    sql`insert into students.session_attendance (home_school_urn, student_id, date, session, mark)
      select ${ALDER}, ${guest.student.uuid}, date '2026-11-18' - (${MARKS.length}::int - place::int), 'AM', mark
      from unnest(${MARKS}::text[]) with ordinality as m (mark, place)`.execute(db),
  );
});

type Marks = { mark: string | null; presence: string }[];
const marks = async (caller: typeof alder) =>
  (await graph.read('sessionAttendance(last: 100) { presence mark }', caller, guest)).entity.sessionAttendance as Marks;

describe('S0-9o session attendance', () => {
  it('tells a teaching school the presence, and the letter only where it gives nothing away', async () => {
    const [atHome, atTeachingSchool] = [await marks(alder), await marks(birchwood)];
    expect(atHome.map(({ mark }) => mark)).toEqual(MARKS.toReversed());
    const letters = ['/', '\\', 'L', 'N', 'I'];
    expect(atTeachingSchool.map(({ mark }) => mark)).toEqual([...letters, ...Array.from({ length: 7 }, () => null)]);
    expect(atTeachingSchool.map(({ presence }) => presence)).toEqual(atHome.map(({ presence }) => presence));
  });

  it('is as long as asked for, newest first', async () => {
    const fields = 'one: sessionAttendance(last: 1) { date session } five: sessionAttendance(last: 5) { date }';
    const { entity } = await graph.read(fields, birchwood, guest);
    expect(entity.one).toEqual([{ date: '2026-11-18', session: 'AM' }]);
    expect(entity.five).toHaveLength(5);
  });

  it.each([0, 101, -1])('is refused for a length of %i', async (last) => {
    const { entity, errors } = await graph.read(`sessionAttendance(last: ${last}) { date }`, birchwood, guest);
    expect(entity).toEqual({ sessionAttendance: null });
    expect(errors).toEqual([
      {
        message: '"last" must be a whole number from 1 to 100.',
        path: ['_entities', 0, 'sessionAttendance'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('tells whether an absence is explained, of today and of any day', async () => {
    const explained = async (on: string) =>
      (await graph.read(`absenceExplained${on}`, birchwood, guest)).entity.absenceExplained;
    expect(await explained('')).toBeNull();
    expect(await explained('(on: "2026-11-15")')).toBe(false); // N
    expect(await explained('(on: "2026-11-14")')).toBe(true); // I
    expect(await explained('(on: "2020-01-01")')).toBeNull();
  });
});
