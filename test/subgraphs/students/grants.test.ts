import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { createGrantSigner, GRANT_LIFETIME_MS } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { randomSecret } from '../../kit/server-facts.ts';
import {
  entityOf,
  openStudents,
  profileOf,
  type StudentsGraph,
  type TestProfile,
  type TestStudent,
} from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const alder = callerOf('data-lead@alder.example');

let graph: StudentsGraph;
let student: TestStudent;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  student = await graph.join({ preferredFirstName: 'Tessa', legalLastName: 'Testerby' });
  guest = profileOf(student, BIRCHWOOD);
});

const REFUSED = {
  message: 'A guest profile is read with a grant made for it and for this caller, not a minute ago.',
  path: ['_entities', 0],
  extensions: { code: 'GRANT_REFUSED' },
};

describe('a guest profile', () => {
  it('is read with the grant that was made for it and for the caller', async () => {
    const guestGrant = graph.grant(birchwood, guest);
    const answer = await graph.guests(birchwood, 'id displayName', { id: guest.id, guestGrant });
    expect(answer).toEqual({ data: { _entities: [{ id: guest.id, displayName: 'Tessa Testerby' }] } });
  });

  it.each<[string, () => { id: string; guestGrant?: string } | Promise<{ id: string; guestGrant?: string }>]>([
    ['without a grant', () => ({ id: guest.id })],
    ['with text that is no grant', () => ({ id: guest.id, guestGrant: 'displayName' })],
    [
      'with a grant for another profile of the same student',
      () => ({
        id: encodeId('GuestProfile', newUuid()),
        guestGrant: graph.grant(birchwood, guest),
      }),
    ],
    ['with an id that does not decode', () => ({ id: 'GuestProfile', guestGrant: graph.grant(birchwood, guest) })],
    [
      'with another caller’s grant',
      () => ({
        id: guest.id,
        guestGrant: graph.grant(callerAs('DATA_LEAD', BIRCHWOOD), guest),
      }),
    ],
    [
      'with the same person’s grant of another role',
      () => ({
        id: guest.id,
        guestGrant: graph.grant(callerAs('SENCO', BIRCHWOOD, birchwood.subject), guest),
      }),
    ],
    [
      'with an altered grant',
      () => {
        const [payload = '', mac] = graph.grant(birchwood, guest).split('.');
        const text = Buffer.from(payload, 'base64url').toString('utf8').replace('VIEW HOME_OWNED', 'EDIT HOME_OWNED');
        return { id: guest.id, guestGrant: `${Buffer.from(text).toString('base64url')}.${mac}` };
      },
    ],
    [
      'with a grant signed with another key',
      () => {
        const signer = createGrantSigner(randomSecret(), graph.clock.now);
        const grant = { profile: guest.uuid, student: student.uuid, homeSchool: ALDER, teachingSchool: BIRCHWOOD };
        return {
          id: guest.id,
          guestGrant: signer.sign({ ...grant, agreement: null, purpose: 'test', access: new Map() }, birchwood),
        };
      },
    ],
    [
      'with a grant that names another home school than the student’s',
      () => {
        const elsewhere = profileOf({ ...student, homeSchool: BIRCHWOOD }, BIRCHWOOD);
        return { id: elsewhere.id, guestGrant: graph.grant(birchwood, elsewhere) };
      },
    ],
    [
      'with a grant for a student who is not there',
      () => {
        const nobody = profileOf({ ...student, uuid: newUuid() }, BIRCHWOOD);
        return { id: nobody.id, guestGrant: graph.grant(birchwood, nobody) };
      },
    ],
  ])('is refused %s, in one and the same words', async (_, reference) => {
    const answer = await graph.guests(birchwood, 'displayName', await reference());
    expect(answer).toEqual({ data: { _entities: [null] }, errors: [REFUSED] });
  });

  it('is refused with a grant of a minute ago', async () => {
    const guestGrant = graph.grant(birchwood, guest);
    graph.clock.advance(GRANT_LIFETIME_MS);
    const answer = await graph.guests(birchwood, 'displayName', { id: guest.id, guestGrant });
    expect(answer.errors).toEqual([REFUSED]);
  });

  it('is not opened by the grant of another profile in the same call', async () => {
    const other = profileOf(await graph.join(), BIRCHWOOD);
    const answer = await graph.guests(
      birchwood,
      'id',
      { id: guest.id, guestGrant: graph.grant(birchwood, guest) },
      { id: other.id, guestGrant: graph.grant(birchwood, guest) },
    );
    expect(answer.data).toEqual({ _entities: [{ id: guest.id }, null] });
  });

  it('shows nothing of a row that its grant does not name', async () => {
    const signer = createGrantSigner(graph.grantSecret, graph.clock.now);
    const guestGrant = signer.sign(
      {
        profile: guest.uuid,
        student: student.uuid,
        homeSchool: ALDER,
        teachingSchool: BIRCHWOOD,
        agreement: null,
        purpose: 'test',
        access: new Map(),
      },
      birchwood,
    );
    const answer = await graph.guests(birchwood, 'displayName', { id: guest.id, guestGrant });
    expect(entityOf(answer)).toEqual({ displayName: null });
  });
});

describe('a home record', () => {
  const byEntity = (caller: typeof alder, id: string, grant?: string) =>
    graph.call(
      'students',
      caller,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Student { id displayName legalLastName } ... on GuestProfile { id } } }`,
      {
        representations: [
          { __typename: 'Student', id },
          ...(grant === undefined ? [] : [{ __typename: 'GuestProfile', id: guest.id, guestGrant: grant }]),
        ],
      },
    );

  it('is reached by its home school', async () => {
    expect(entityOf(await byEntity(alder, student.id))).toEqual({
      id: student.id,
      displayName: 'Tessa Testerby',
      legalLastName: 'Testerby',
    });
  });

  it('answers another school as an id that is absent and one that does not decode, byte for byte', async () => {
    const ids = [student.id, encodeId('Student', newUuid()), 'stu_nonsense', guest.id, ''];
    const answers = await Promise.all(ids.map(async (id) => JSON.stringify(await byEntity(birchwood, id))));
    expect(new Set(answers)).toEqual(new Set(['{"data":{"_entities":[null]}}']));
  });

  it('stays closed to a school that holds a grant for the student’s guest profile in the same call', async () => {
    const answer = await byEntity(birchwood, student.id, graph.grant(birchwood, guest));
    expect(answer).toEqual({ data: { _entities: [null, { id: guest.id }] } });
  });

  it('stays closed to a teacher of the home school who does not teach the student, with a grant or without', async () => {
    const teacher = callerOf('teacher@alder.example');
    expect(entityOf(await byEntity(teacher, student.id))).toBeNull();
    expect(entityOf(await byEntity(teacher, student.id, graph.grant(teacher, guest)))).toBeNull();
  });

  it('is not there for nobody, nor for who is at no school', async () => {
    expect(entityOf(await byEntity(callerAs('SUPPORT', null), student.id))).toBeNull();
    const answer = await graph.ask(null, 'query ($id: ID!) { student(id: $id) { id } }', { id: student.id });
    expect(answer.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
