import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { ALDER } from '../../../subgraphs/kernel/demo/schools.ts';
import { newUuid } from '../../../subgraphs/kernel/ids.ts';
import { keepGuestForm } from '../../../subgraphs/students/services/keep-guest-form.ts';
import { recordLeaving } from '../../../subgraphs/students/services/record-leaving.ts';
import { callerOf } from '../../kit/callers.ts';
import { openStudents, problemsOf, type StudentsGraph } from './fixture.ts';

const alder = callerOf('data-lead@alder.example');
const EVENTS = ['student.joined', 'student.changed', 'student.left'];

let graph: StudentsGraph;

beforeAll(async () => {
  graph = await openStudents();
  // an event without a subscriber leaves no trace
  await asAdmin(graph.database.adminUrl, async (client) => {
    await client.query('delete from kernel.subscription');
    for (const event of EVENTS) await client.query('insert into kernel.subscription values ($1, $1)', [event]);
  });
});

/** The events about a student, in the order in which they were told. */
async function toldOf(student: string) {
  return asAdmin(graph.database.adminUrl, async (client) => {
    const { rows } = await client.query<{ event: string; payload: Record<string, unknown> }>(
      `select t.identifier as event, j.payload from graphile_worker._private_jobs j
       join graphile_worker._private_tasks t on t.id = j.task_id where j.payload ->> 'aggregateId' = $1 order by j.id`,
      [student],
    );
    return rows;
  });
}

const update = (studentId: string, changes: object) =>
  graph.ask(
    alder,
    'mutation ($input: UpdateStudentInput!) { updateStudent(input: $input) { userErrors { code field } } }',
    {
      input: { studentId, ...changes },
    },
  );

describe('a student’s joining, changing and leaving', () => {
  it('are told with a version that rises, as the events’ schemas say, and without a detail of the person', async () => {
    const { uuid, id } = await graph.join({ yearGroup: '12', legalLastName: 'Canary', upn: 'R999123424001' });
    await update(id, { yearGroup: 'YEAR_13', protectedDetails: true });
    await update(id, { emergencyContacts: [] });
    await graph.at(ALDER, (session) =>
      recordLeaving(session, { homeSchoolUrn: ALDER, studentId: uuid, leftOn: '2026-11-18' }),
    );
    const told = await toldOf(uuid);
    const state = { yearGroup: '13', protectedDetails: true, rollStatus: 'ON_ROLL', leftOn: null };
    expect(told).toMatchObject([
      { event: 'student.joined', payload: { ...state, version: 1, yearGroup: '12', protectedDetails: false } },
      { event: 'student.changed', payload: { ...state, version: 2 } },
      { event: 'student.changed', payload: { ...state, version: 3 } },
      { event: 'student.left', payload: { ...state, version: 4, rollStatus: 'OFF_ROLL', leftOn: '2026-11-18' } },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/Canary|R999123424001/);
    for (const { event, payload } of told) {
      const schema = JSON.parse(readFileSync(`schema/events/${event}.json`, 'utf8')) as object;
      const formats = { uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, date: /^\d{4}-\d{2}-\d{2}$/ };
      const validate = new Ajv2020({ formats }).compile(schema);
      expect(validate(payload) || validate.errors).toBe(true);
    }
  });

  it('are not told where nothing was done', async () => {
    const { uuid, id } = await graph.join();
    await update(id, { legalFirstName: '' });
    const again = { homeSchoolUrn: ALDER, studentId: uuid, leftOn: '2026-11-01' };
    await graph.at(ALDER, (session) => recordLeaving(session, again));
    await graph.at(ALDER, (session) => recordLeaving(session, again));
    expect((await toldOf(uuid)).map(({ event }) => event)).toEqual(['student.joined', 'student.left']);
  });

  it('take a leaver on a day on roll that has come', async () => {
    const { uuid: studentId } = await graph.join({ joinedOn: '2026-09-01' });
    for (const leftOn of ['2026-08-31', '2026-11-19'])
      await expect(
        graph.at(ALDER, (session) => recordLeaving(session, { homeSchoolUrn: ALDER, studentId, leftOn })),
      ).rejects.toMatchObject({ userErrors: [{ code: 'INVALID', field: 'leftOn' }] });
    await expect(
      graph.at(ALDER, (session) =>
        recordLeaving(session, { homeSchoolUrn: ALDER, studentId: newUuid(), leftOn: '2026-11-18' }),
      ),
    ).rejects.toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });
});

it('S0-22 a guest form told of twice is kept once, and no student joins it', async () => {
  const form = { eventId: newUuid(), schoolUrn: ALDER, aggregateId: newUuid(), version: 1, name: 'Cedar Year 12' };
  await graph.at(ALDER, (session) => keepGuestForm(session, form));
  await graph.at(ALDER, (session) => keepGuestForm(session, form));
  await expect(graph.join({ registrationForm: 'Cedar Year 12' })).rejects.toMatchObject({
    userErrors: [{ code: 'FORM_FOR_GUESTS', field: 'registrationForm' }],
  });
  const { id } = await graph.join();
  expect(problemsOf(await update(id, { registrationForm: 'Cedar Year 12' }), 'updateStudent')).toEqual([
    'FORM_FOR_GUESTS registrationForm',
  ]);
});
