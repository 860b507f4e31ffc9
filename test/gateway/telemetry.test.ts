/** Nothing personal, and nothing that a client chose, is in the log, in a span or in a metric: at any level. */
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { beforeAll, describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { profileAt, studentsOfAlder } from '../federation/demo-guests.ts';
import { GUESTS, HOME, HOME_EDIT, REFUSED } from '../federation/operations.ts';
import { startGraph } from '../kit/graph.ts';
import { testTelemetry } from '../kit/telemetry.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const TEACHER = 'teacher@birchwood.example';

const lines: string[] = [];
const exporter = new InMemorySpanExporter();
const telemetry = testTelemetry({
  logLevel: 'trace',
  logTo: { write: (line: string) => void lines.push(line) },
  exporter,
});
const graph = await startGraph({
  telemetry,
  transport: 'http',
  watching: { telemetry, metrics: { token: undefined, isProduction: false } },
});
const student = (await studentsOfAlder(graph)).find(({ guestProfiles }) => guestProfiles.length > 0);
const token = await graph.tokenFor(BIRCHWOOD_LEAD);
const JSON_TYPE = { 'content-type': 'application/json' };

/** Each stands somewhere else in a request. */
let canaries = 0;
const canary = (): string => `Canary${++canaries}x`;

const send = (path: string, init: RequestInit): Promise<Response> => fetch(`${graph.url}${path}`, init);
const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  send('/graphql', { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });

async function told(): Promise<{ log: string; spans: string; metrics: string }> {
  await telemetry.tracing.flush();
  const spans = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, links, status, resource }) =>
      JSON.stringify({ name, attributes, events, links, status, resource: resource.attributes }),
    );
  return { log: lines.join(''), spans: spans.join('\n'), metrics: await telemetry.metering.text() };
}

/** Of persons: what a person is known by, and what is known of them. */
async function storedValues(): Promise<string[]> {
  const columns = `select table_schema, table_name, column_name from information_schema.columns c
    where data_type in ('text', 'uuid', 'character varying') and (table_schema, table_name) = ('gateway', 'account')
      or data_type in ('text', 'uuid', 'date', 'ARRAY') and table_schema = 'students'
        and (table_name = 'student' or exists (select from information_schema.columns o
          where o.table_schema = c.table_schema and o.table_name = c.table_name and o.column_name = 'student_id'))`;
  return asAdmin(graph.database.adminUrl, async (client) => {
    const values = new Set<string>();
    const { rows } = await client.query<{ table_schema: string; table_name: string; column_name: string }>(columns);
    for (const { table_schema, table_name, column_name } of rows) {
      const stored = `select distinct ${column_name}::text as value from ${table_schema}.${table_name}`;
      for (const { value } of (await client.query<{ value: string | null }>(stored)).rows)
        if (value && value.length > 3 && !/^[A-Z_\d]{1,12}$|^\{[A-Z_,]*\}$/.test(value)) values.add(value);
    }
    return [...values];
  });
}

describe('what a client sends', () => {
  beforeAll(async () => {
    await graph
      .as(BIRCHWOOD_LEAD)
      .query(`query ${canary()} { viewer { ${canary()}: name } }`, { [canary()]: canary() });
    await graph.as(BIRCHWOOD_LEAD).query(`{ ${canary()} }`);
    await graph.as(BIRCHWOOD_LEAD).query(`{ guestProfile(id: "${canary()}") { ${canary()}: displayName } }`);
    await graph.as(BIRCHWOOD_LEAD).query(GUESTS, { first: canary(), [canary()]: [canary()] });
    await graph.as(BIRCHWOOD_LEAD).query(
      `mutation ${canary()}($id: ID!) { updateGuestProfile(input: { guestProfileId: $id,
      emergencyContacts: [{ priority: 1, name: "${canary()}", relationship: CARER, phone: "${canary()}" }] }) { userErrors { code } } }`,
      {
        id: profileAt('900002', student),
      },
    );
    await graph.as(ALDER_LEAD).query(HOME_EDIT.replace('A N Other', canary()), { id: student?.id });
    await graph.as(null).query(`query ${canary()} { students(first: 1) { nodes { ${canary()}: displayName } } }`);
    for (const authorization of [`Bearer ${canary()}`, `Basic ${canary()}`, `Bearer ${token}${canary()}`, canary()])
      await post('{"query":"{ viewer { name } }"}', { authorization });
    for (const body of [
      `{"query": ${canary()}`,
      canary(),
      '',
      `{"${canary()}":1}`,
      `{"query":"{ viewer { name } }","operationName":"${canary()}"}`,
      '[]',
    ])
      await post(body, { authorization: `Bearer ${token}` });
    await post('{"query":"{ viewer { name } }"}', {
      authorization: `Bearer ${token}`,
      cookie: `session=${canary()}`,
      'user-agent': canary(),
      'apollographql-client-name': canary(),
      'x-request-id': canary(),
      'x-forwarded-for': canary(),
      tracestate: `${canary().toLowerCase()}=${canary()}`,
      baggage: `user=${canary()}`,
      traceparent: `00-${'c0ffee'.repeat(5)}aa-${'c0ffee'.repeat(2)}aaaa-01`,
      origin: `https://${canary()}.example`,
      referer: `https://school.example/${canary()}`,
      [canary()]: canary(),
    });
    await post(canary(), { 'content-type': `text/${canary()}` });
    for (const path of [
      `/${canary()}`,
      `/graphql?query={${canary()}}`,
      `/graphql/${canary()}`,
      `/pictures/${canary()}`,
      `/health/${canary()}`,
      `/%2e%2e/${canary()}`,
      `/metrics?${canary()}=${canary()}`,
      '/%',
      `/%${canary()}`,
    ])
      for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND', 'OPTIONS']) await send(path, { method });
    await raw(`${canary()} /${canary()} HTTP/1.1\r\nhost: x\r\n\r\n`);
    await raw(`GET /graphql HTTP/1.1\r\nhost: ${canary()}\r\n${canary()}\r\n\r\n`);
    await raw(`GET http://${canary()}/${canary()} HTTP/1.1\r\nhost: x\r\n\r\n`);
  });

  it('is in none of them', async () => {
    const { log, spans, metrics } = await told();
    expect(canaries).toBeGreaterThan(50);
    for (const text of [log, spans, metrics]) {
      expect(text.match(/canary\d+x/i)).toBeNull();
      expect(text).not.toContain('c0ffee');
      expect(text).not.toContain(token.split('.')[2]);
    }
  });

  it('makes no more series than there are methods, routes, statuses and codes', async () => {
    const { metrics } = await told();
    const values = (label: string) =>
      new Set([...metrics.matchAll(new RegExp(`[{,]${label}="([^"]*)"`, 'g'))].map(([, value]) => value));
    expect([...values('http_request_method')].sort()).toEqual(['DELETE', 'GET', 'OPTIONS', 'POST', '_OTHER']);
    for (const route of values('http_route')) expect(route).toMatch(/^\/(?:[a-z-]+|:token|:id|\*|\/)*$/);
    expect(metrics).not.toMatch(/http_route="\/graphql\/[^:]/);
    expect(metrics).toMatch(/schoolgraph_errors_total\{error_code="GRAPHQL_VALIDATION_FAILED"\} \d/);
  });
});

describe('what the database holds', () => {
  const stored = storedValues();
  let quoting: unknown;
  let internalErrorId: unknown;
  let traceresponse: string | null = null;

  beforeAll(async () => {
    await graph.as(BIRCHWOOD_LEAD).query(GUESTS, { first: 100 });
    await graph.as(TEACHER).query(GUESTS, { first: 100 });
    await graph.as(ALDER_LEAD).query(HOME);
    await graph.as(BIRCHWOOD_LEAD).query(REFUSED, { id: profileAt('900002', student) });
    await asAdmin(graph.database.adminUrl, async (client) => {
      await client.query(`create function students.quote() returns trigger language plpgsql as
        $$ begin raise exception E'no: %\\n    at % (/srv/app.ts:1:1)', new, new; end $$`);
      await client.query(
        'create trigger quote before insert or update on students.emergency_contact for each row execute function students.quote()',
      );
    });
    const answer = await graph.as(ALDER_LEAD).query(HOME_EDIT, { id: student?.id });
    internalErrorId = answer.body.errors?.[0]?.extensions.id;
    traceresponse = answer.headers.get('traceresponse');
    quoting = graph.internalErrors.find((error) => String(error).includes('A N Other'));
    telemetry.reportFailedEvent('student.joined', String(internalErrorId), quoting);
  });

  it('is in none of them', async () => {
    const values = await stored;
    expect(values.length).toBeGreaterThan(1_000);
    for (const text of Object.values(await told())) {
      const found = values.filter((value) => text.includes(value));
      expect(found).toEqual([]);
    }
  });

  it('not even where a database error quotes it: the log has the id, the code and the place', async () => {
    expect(quoting).toBeInstanceOf(Error);
    const own = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ id }) => id === internalErrorId);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({
      level: 'error',
      message: 'An internal error was answered.',
      traceId: traceresponse?.split('-')[1],
      error: { kind: expect.stringMatching(/Exception$|^error$/), code: 'P0001' },
    });
  });
});

describe('a request', () => {
  it('says its trace, in which the operation and its calls to subgraphs are', async () => {
    exporter.reset();
    const answer = await graph
      .as(BIRCHWOOD_LEAD)
      .query('{ guestProfiles(first: 1) { nodes { emergencyContacts { name } } } }');
    const traceId = answer.headers.get('traceresponse')?.split('-')[1];
    await expect.poll(async () => (await told()).spans).toContain('POST /graphql');
    const spans = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
    const parents = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
    const tree = spans.map(({ name, parentSpanContext, attributes }) => [
      parents.get(parentSpanContext?.spanId ?? '') ?? null,
      name,
      attributes['subgraph.name'],
    ]);
    expect(tree.sort()).toEqual(
      [
        ['query', 'prepare', undefined],
        ['subgraph call', 'subgraph', 'shared-teaching'],
        ['query', 'subgraph call', 'shared-teaching'],
        ['subgraph call', 'subgraph', 'students'],
        ['query', 'subgraph call', 'students'],
        ['POST /graphql', 'query', undefined],
        [null, 'POST /graphql', undefined],
      ].sort(),
    );
  });

  it('is one trace, however slowly its body comes', async () => {
    const pieces = Readable.from(inPieces('{"query":"{ viewer { name } }"}', 3));
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: Readable.toWeb(pieces), duplex: 'half' };
    const answer = await send('/graphql', { ...init, headers: { ...JSON_TYPE, authorization: `Bearer ${token}` } });
    expect(await answer.json()).toHaveProperty('data.viewer.name');
    const traceId = answer.headers.get('traceresponse')?.split('-')[1];
    await telemetry.tracing.flush();
    const spans = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
    expect(spans.map(({ name }) => name)).toContain('subgraph call');
  });

  it('does not go on with a trace of the client’s', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const answer = await post('{"query":"{ __typename }"}', { traceparent });
    expect(answer.headers.get('traceresponse')).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    expect(answer.headers.get('traceresponse')).not.toContain('a'.repeat(32));
  });

  it('that its client gave up is in flight no more', async () => {
    const given = new AbortController();
    const answer = fetch(`${graph.url}/graphql`, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: GUESTS, variables: { first: 100 } }),
      signal: given.signal,
    });
    setTimeout(() => given.abort(), 20);
    await answer.catch(() => undefined);
    await expect
      .poll(async () => (await told()).metrics.match(/^http_server_active_requests\{.*"POST"\} (.*)$/m)?.[1], {
        timeout: 10_000,
      })
      .toBe('0');
  });

  it('has a line of its own, with its route and no address', () => {
    const access = lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'A request was answered.');
    expect(access.length).toBeGreaterThan(60);
    for (const line of access)
      expect(
        Object.keys(line).filter(
          (key) => !['level', 'time', 'message', 'traceId', 'method', 'route', 'status', 'durationMs'].includes(key),
        ),
      ).toEqual([]);
  });
});

async function* inPieces(text: string, pieces: number): AsyncGenerator<Buffer> {
  const size = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length; at += size) {
    await sleep(50);
    yield Buffer.from(text.slice(at, at + size));
  }
}

/** Bytes of one’s own, which no HTTP client would send. */
async function raw(bytes: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect(Number(new URL(graph.url).port), '127.0.0.1', () => socket.end(bytes));
  socket
    .on('error', () => resolve())
    .on('close', () => resolve())
    .resume();
  await promise;
}
