/** A picture over HTTP: its address is good for a minute, and access is decided when it is fetched. */
import { request } from 'node:http';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TokenAccount } from '../../gateway/auth/access-token.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { BIRCHWOOD } from '../../subgraphs/kernel/demo/schools.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { decodeId } from '../../subgraphs/kernel/ids.ts';
import { createSignedLinks, LINK_LIFETIME_MS } from '../../subgraphs/kernel/subgraph/signed-link.ts';
import { appAt } from '../kit/callers.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { startGraph } from '../kit/graph.ts';
import { recordedBy } from '../kit/record.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { dataOf } from './answers.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const BIRCHWOOD_TEACHER = 'teacher@birchwood.example';

const lines: string[] = [];
const spans = new InMemorySpanExporter();
const telemetry = testTelemetry({
  logLevel: 'debug',
  logTo: { write: (line) => void lines.push(line) },
  exporter: spans,
});
const graph = await startGraph({ telemetry });

interface Pictured {
  id: string;
  picture: { url: string } | null;
}

/** A guest at Birchwood, where the teacher has him or her, with the student's id at home. */
const guest = dataOf<{ guestProfiles: { nodes: Pictured[] } }>(
  await graph.as(BIRCHWOOD_TEACHER).query('{ guestProfiles(first: 100) { nodes { id picture { url } } } }'),
).guestProfiles.nodes.find(({ picture }) => picture);
interface AtHome {
  id: string;
  guestProfiles: { id: string }[];
}
const student = dataOf<{ students: { nodes: AtHome[] } }>(
  await graph.as(ALDER_LEAD).query('{ students(first: 100) { nodes { id guestProfiles { id } } } }'),
).students.nodes.find(({ guestProfiles }) => guestProfiles.some(({ id }) => id === guest?.id));

const GUEST_URL = 'query ($id: ID!) { guestProfile(id: $id) { picture { url } } }';
/** One by each lane. */
const guestUrls = (who: string | TokenAccount): Promise<string[]> =>
  graph
    .as(who)
    .queryEach(
      async (ask) => dataOf<{ guestProfile: Pictured }>(await ask()).guestProfile.picture?.url ?? '',
      GUEST_URL,
      {
        id: guest?.id,
      },
    );
const guestUrl = async (who: string | TokenAccount): Promise<string> => (await guestUrls(who))[0] ?? '';
const homeUrl = async (who: string): Promise<string> =>
  dataOf<{ student: Pictured }>(
    await graph.as(who).query('query ($id: ID!) { student(id: $id) { picture { url } } }', { id: student?.id }),
  ).student.picture?.url ?? '';

const get = (path: string, init: RequestInit = {}) => fetch(`${graph.url}${path}`, init);
const bearer = async (who: string | TokenAccount) => ({ authorization: `Bearer ${await graph.tokenFor(who)}` });

/** What there is to see of an answer, but for its date and the id of its trace. */
async function seen(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'traceresponse');
  return { status: response.status, headers, body: await response.text() };
}

const nothing = await seen(await get('/pictures/unknown'));
const sql = (statement: string, ...values: unknown[]) =>
  asAdmin(graph.database.adminUrl, (client) => client.query(statement, values));

const NOBODY = '00000000-0000-7000-8000-00000000000b';
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

beforeEach(() => {
  graph.clock.moveTo(TEST_TODAY);
});

describe('S0-9e the address of a picture', () => {
  it.each([BIRCHWOOD_LEAD, BIRCHWOOD_TEACHER, ALDER_LEAD])(
    'of a guest profile shows it to %s, with no header that says who',
    async (who) => {
      for (const url of await guestUrls(who)) {
        const response = await get(url);
        expect(response.status).toBe(200);
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.subarray(0, 8)).toEqual(PNG);
        expect(bytes.length).toBe(Number(response.headers.get('content-length')));
      }
    },
  );

  it('of the home record shows it at home', async () => {
    const response = await get(await homeUrl(ALDER_LEAD));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 8)).toEqual(PNG);
  });

  it('is answered with headers that keep it from being stored, guessed at, run, embedded or passed on', async () => {
    for (const response of [await get(await guestUrl(BIRCHWOOD_LEAD)), await get('/pictures/unknown')]) {
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
      });
    }
    expect((await get(await guestUrl(BIRCHWOOD_LEAD))).headers.get('content-type')).toBe('image/png');
  });

  it('is answered to HEAD without a body, and to nothing but GET', async () => {
    const url = await guestUrl(BIRCHWOOD_LEAD);
    const head = await get(url, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('image/png');
    expect(await head.text()).toBe('');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const response = await get(url, { method });
      expect(response.status, method).toBe(405);
      expect(response.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it('is good for a minute', async () => {
    const url = await guestUrl(BIRCHWOOD_LEAD);
    graph.clock.advance(LINK_LIFETIME_MS - 1);
    expect((await get(url)).status).toBe(200);
    graph.clock.advance(1);
    expect(await seen(await get(url))).toEqual(nothing);
  });

  it('shows the signed-in person what was made for them, and nobody else anything', async () => {
    const url = await guestUrl(BIRCHWOOD_LEAD);
    expect((await get(url, { headers: await bearer(BIRCHWOOD_LEAD) })).status).toBe(200);
    const lead = demoStaff(BIRCHWOOD_LEAD);
    for (const other of [BIRCHWOOD_TEACHER, ALDER_LEAD, { ...lead, role: 'SENCO' as const }])
      expect(await seen(await get(url, { headers: await bearer(other) }))).toEqual(nothing);
    expect((await get(url, { headers: { authorization: 'Bearer none' } })).status).toBe(401);
  });
});

describe('a right that ends between the address and the fetch', () => {
  const override = (access: string | null) =>
    graph
      .as(ALDER_LEAD)
      .query(
        'mutation ($id: ID!, $access: GuestAccess) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, studentId: $id, field: "picture", access: $access }) { userErrors { message } } }',
        { id: student?.id, access },
      );
  const ENDINGS: readonly [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    ['an override of the home school', () => override('HIDDEN'), () => override(null)],
    [
      'the end of the enrolment',
      () => sql("update shared_teaching.guest_profile set ends_on = '2026-11-17', periods = '[]'"),
      () =>
        sql(`update shared_teaching.guest_profile set ends_on = null,
          periods = '[{"startDate": "2026-09-01", "endDate": null}]'`),
    ],
    [
      'protected details',
      () => sql('update students.student set protected_details = true'),
      () => sql('update students.student set protected_details = false'),
    ],
    [
      'the end of the agreement',
      () => sql("update shared_teaching.agreement set in_force_to = '2026-11-17'"),
      () => sql("update shared_teaching.agreement set in_force_to = '2028-08-31'"),
    ],
  ];

  it.each(ENDINGS)('%s: nothing is shown, as of an address that is none', async (_ending, end, restore) => {
    const urls = await guestUrls(BIRCHWOOD_LEAD);
    for (const url of urls) expect((await get(url)).status).toBe(200);
    await end();
    for (const url of urls) expect(await seen(await get(url))).toEqual(nothing);
    await restore();
    for (const url of urls) expect((await get(url)).status).toBe(200);
  });

  it('a teacher’s lessons with the student: nothing is shown', async () => {
    const url = await guestUrl(BIRCHWOOD_TEACHER);
    const teacher = demoStaff(BIRCHWOOD_TEACHER).id;
    await sql('update shared_teaching.timetable_slot set teacher_id = $2 where teacher_id = $1', teacher, NOBODY);
    expect(await seen(await get(url))).toEqual(nothing);
    await sql('update shared_teaching.timetable_slot set teacher_id = $2 where teacher_id = $1', NOBODY, teacher);
    expect((await get(url)).status).toBe(200);
  });

  it('a picture that was taken away, or is none: nothing is shown', async () => {
    const url = await guestUrl(BIRCHWOOD_LEAD);
    const pupil = decodeId('Student', student?.id ?? '');
    const { rows } = await sql('select content from students.picture where student_id = $1', pupil);
    const store = (content: unknown) =>
      sql('update students.picture set content = $2 where student_id = $1', pupil, content);
    await store(Buffer.from('<script>alert(1)</script>'));
    expect(await seen(await get(url))).toEqual(nothing);
    await store(rows[0].content);
    expect((await get(url)).status).toBe(200);
  });
});

describe('an address that was not made for a picture', () => {
  const claims = { student: '00000000-0000-7000-8000-00000000000a', profile: null };

  it('is answered with the same bytes, whatever is wrong with it', async () => {
    const token = (await guestUrl(BIRCHWOOD_LEAD)).slice('/pictures/'.length);
    const { id: subject, ...lead } = demoStaff(BIRCHWOOD_LEAD);
    const caller = { ...lead, subject, kind: 'person', scopes: [], client: null } as const;
    const ours = createSignedLinks(graph.grantSecret, graph.clock.now);
    const others = createSignedLinks(Buffer.alloc(32, 9).toString('base64url'), graph.clock.now);
    const paths = [
      `/pictures/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `/pictures/${token}A`,
      `/pictures/${token.slice(1)}`,
      `/pictures/${token}/`,
      `/pictures/${'A'.repeat(1_000)}`,
      `/pictures/${'A'.repeat(2_000)}`,
      '/pictures/',
      '/pictures/a%20b',
      others.sign('/pictures', claims, caller),
      ours.sign('/pictures', claims, caller),
      // of a role that has no pictures, and of an app, whose rights an address does not hold
      ours.sign('/pictures', claims, { ...caller, role: 'CATERING' }),
      ours.sign('/pictures', claims, appAt(BIRCHWOOD, ['students:picture'], subject)),
      ours.sign('/reports', claims, caller).replace('/reports', '/pictures'),
    ];
    for (const path of paths) expect(await seen(await get(path)), path.slice(0, 40)).toEqual(nothing);
  });

  it('of a role that has lost pictures, or of an app, shows nothing, though the grant would', async () => {
    const caterer = {
      id: demoStaff(BIRCHWOOD_LEAD).id,
      name: 'Una Tester',
      role: 'CATERING',
      school: BIRCHWOOD,
    } as const;
    const found = await sql(
      'select student_id, id from shared_teaching.guest_profile where teaching_school_urn = $1',
      BIRCHWOOD,
    );
    const { student_id: pupil, id: profile } = found.rows[0] as { student_id: string; id: string };
    const links = createSignedLinks(graph.grantSecret, graph.clock.now);
    const person = {
      ...caterer,
      subject: caterer.id,
      kind: 'person',
      scopes: ['students:picture'],
      client: null,
    } as const;
    const sign = (caller: Caller) => links.sign('/pictures', { student: pupil, profile }, caller);
    expect(await seen(await get(sign(person)))).toEqual(nothing);
    expect(await seen(await get(sign(appAt(BIRCHWOOD, ['students:picture']))))).toEqual(nothing);
    expect((await get(sign({ ...person, role: 'DATA_LEAD' }))).status).toBe(200);
  });

  it('is put on record as any reading is, and as any refusal', async () => {
    const lead = demoStaff(BIRCHWOOD_LEAD);
    const url = await guestUrl(BIRCHWOOD_LEAD);
    const rows = await recordedBy(graph.database, () => get(url));
    expect(rows.filter(({ outcome }) => outcome === 'READ')).toMatchObject([
      {
        writer: 'students',
        operation: 'Picture',
        subject: lead.id,
        role: 'DATA_LEAD',
        school: BIRCHWOOD,
        students: [decodeId('Student', student?.id ?? '')],
        readings: [{ fields: ['GuestProfile.picture'] }],
      },
    ]);
    const links = createSignedLinks(graph.grantSecret, graph.clock.now);
    const claims = { student: NOBODY, profile: null };
    const caterer = { ...lead, subject: lead.id, kind: 'person', scopes: [], client: null, role: 'CATERING' } as const;
    const refused = await recordedBy(graph.database, () => get(links.sign('/pictures', claims, caterer)));
    expect(refused).toMatchObject([
      {
        outcome: 'REFUSED',
        writer: 'gateway',
        role: 'CATERING',
        refusals: [{ code: 'UNAUTHORIZED_FIELD_OR_TYPE', field: 'Student.picture' }],
      },
    ]);
  });

  it('stands in no line of the log, and in no span', async () => {
    const token = (await guestUrl(BIRCHWOOD_LEAD)).slice('/pictures/'.length);
    const { length } = lines;
    await get(`/pictures/${token}`);
    await get(`/pictures/${token}`, { method: 'POST' });
    await get(`/pictures/${token}/more`);
    await telemetry.tracing.flush();
    expect(lines.length).toBeGreaterThan(length);
    const told = [
      ...lines,
      ...spans.getFinishedSpans().map(({ name, attributes }) => JSON.stringify({ name, attributes })),
    ];
    expect(told.join('\n')).toContain('/pictures/*');
    expect(told.join('\n')).not.toContain(token);
  });

  it('leaves nothing behind in the log of errors', () => {
    expect(graph.internalErrors).toEqual([]);
  });
});

it('a request that gives its host in the path is answered alike', async () => {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const { hostname, port } = new URL(graph.url);
  request({ hostname, port, path: 'http://elsewhere.example/pictures/unknown' }, ({ statusCode }) =>
    resolve(statusCode),
  )
    .on('error', reject)
    .end();
  expect(await promise).toBe(404);
});

it('is unavailable while a subgraph that is asked cannot answer, and says nothing of it', async () => {
  const url = await guestUrl(BIRCHWOOD_LEAD);
  for (const schema of ['shared_teaching', 'students']) {
    await sql(`revoke usage on schema ${schema} from schoolgraph_${schema}`);
    const { status, body, headers } = await seen(await get(url));
    expect(status).toBe(503);
    expect(Object.fromEntries(headers)['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: 'The picture cannot be read at the moment.',
          extensions: { code: 'SERVICE_UNAVAILABLE', id: expect.any(String) },
        },
      ],
    });
    await sql(`grant usage on schema ${schema} to schoolgraph_${schema}`);
  }
  expect((await get(url)).status).toBe(200);
});
