/** What a backend without a gateway does for the two operations: the same calls to the same subgraphs, put together by hand. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Asks one subgraph. Throws where it does not answer with data alone. */
export type Ask = (subgraph: string, query: string, variables: object) => Promise<Record<string, unknown>>;

interface Entity {
  id: string;
  [field: string]: unknown;
}

const ROSTER = 'query ($page: Int!) { roster(page: $page) { id name yearGroup form attendance isGuest } }';
const STUDENT =
  'query ($id: ID!) { student(id: $id) { id name yearGroup form born sessionsPossible attendance isGuest languages contacts { priority name relationship phone email } } }';
const PROFILES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Student { guestProfile { id course purpose from to teachingSchool { id } } } } }';
const SCHOOLS =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on School { id name town } } }';
const ASSESSMENTS =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on GuestProfile { assessments { id subject title takenOn grade mark outOf weight markedWith { id } } } } }';
const STUDENTS =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Student { id name yearGroup form } } }';

interface Profile extends Entity {
  teachingSchool: Entity;
  assessments: (Entity & { markedWith: Entity })[];
}

/** The answer to each operation, by its name. */
export function createBackend(ask: Ask) {
  const entitiesOf = async <Found>(subgraph: string, query: string, type: string, ids: readonly string[]) => {
    const representations = ids.map((id) => ({ __typename: type, id }));
    return (await ask(subgraph, query, { representations }))._entities as Found[];
  };
  const byId = async (query: string, type: string, ids: readonly string[]): Promise<Map<string, Entity>> => {
    const distinct = [...new Set(ids)];
    return new Map((await entitiesOf<Entity>('students', query, type, distinct)).map((entity) => [entity.id, entity]));
  };

  async function assess(profiles: readonly Profile[]): Promise<void> {
    const ids = profiles.map(({ id }) => id);
    const found = await entitiesOf<Pick<Profile, 'assessments'>>('assessments', ASSESSMENTS, 'GuestProfile', ids);
    profiles.forEach((profile, index) => {
      profile.assessments = found[index]?.assessments ?? [];
    });
    const all = profiles.flatMap(({ assessments }) => assessments);
    const markers = all.map(({ markedWith }) => markedWith.id);
    const students = await byId(STUDENTS, 'Student', markers);
    for (const assessment of all) assessment.markedWith = students.get(assessment.markedWith.id) as Entity;
  }

  async function nameSchools(profiles: readonly Profile[]): Promise<void> {
    const ids = profiles.map(({ teachingSchool }) => teachingSchool.id);
    const schools = await byId(SCHOOLS, 'School', ids);
    for (const profile of profiles) profile.teachingSchool = schools.get(profile.teachingSchool.id) as Entity;
  }

  return {
    async Roster({ page }: { page: number }) {
      const { roster } = (await ask('students', ROSTER, { page })) as {
        roster: (Entity & { guestProfile: Profile })[];
      };
      const ids = roster.map(({ id }) => id);
      const found = await entitiesOf<{ guestProfile: Profile }>('teaching', PROFILES, 'Student', ids);
      roster.forEach((student, index) => {
        student.guestProfile = found[index]?.guestProfile as Profile;
      });
      const profiles = roster.map(({ guestProfile }) => guestProfile);
      await Promise.all([assess(profiles), nameSchools(profiles)]);
      return { roster };
    },
    Student: ({ id }: { id: string }) => ask('students', STUDENT, { id }),
  };
}

/** On a free port, which it says. */
export function serveBackend(ask: Ask): void {
  const backend = createBackend(ask);
  const answerOf = (path: string | undefined, { variables }: { variables: { page: number; id: string } }) => {
    if (path === '/Roster' && Number.isInteger(variables.page)) return backend.Roster(variables);
    if (path === '/Student' && typeof variables.id === 'string') return backend.Student(variables);
    throw new Error('Expected an operation that is known, with its variables.');
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const data = await answerOf(request.url, JSON.parse(Buffer.concat(chunks).toString()));
    const body = Buffer.from(JSON.stringify({ data }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    console.log(`ready: ${typeof address === 'object' ? address?.port : address}`);
  });
}
