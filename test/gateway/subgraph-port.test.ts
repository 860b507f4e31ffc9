/** A subgraph's own port, over HTTP: it serves what the gateway sealed for it, once and now, and nothing else. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSealer, ENVELOPE_WINDOW_MS, type SealedRequest } from '../../subgraphs/kernel/envelope.ts';
import { openSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { callerOf } from '../kit/callers.ts';
import { randomSecret } from '../kit/server-facts.ts';
import { statementsOf } from '../kit/statements.ts';
import { openSubgraphs } from '../kit/subgraphs.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { loadSubgraphs } from '../kit/tenants.ts';
import { subgraphUrls } from '../kit/transport.ts';

const subgraphs = await openSubgraphs();
const lines: string[] = [];
const telemetry = testTelemetry({ logLevel: 'warn', logTo: { write: (line) => void lines.push(line) } });
const urls = await subgraphUrls(subgraphs, { telemetry, metrics: { token: undefined, isProduction: true } });
const { envelopeKeys: keys, clock } = subgraphs;
const url = urls.students ?? '';
const [teacher, lead] = [callerOf('teacher@alder.example'), callerOf('data-lead@alder.example')];
const body = JSON.stringify({ query: 'query { __typename }' });
const seal = (by = keys, audience = 'students', at = 0): SealedRequest =>
  createSealer(by, () => new Date(clock.now().getTime() + at)).seal(audience, teacher, body);

async function send({ method, path, headers, body: sent }: SealedRequest) {
  const response = await fetch(new URL(path, url), { method, headers, ...(method !== 'GET' && { body: sent }) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

async function connected(): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  return socket.resume();
}

const altered = (change: Partial<SealedRequest>): SealedRequest => ({ ...seal(), ...change });
const withHeader = (name: string, value: string): SealedRequest =>
  altered({ headers: { ...seal().headers, [name]: value } });

const TRIES: Readonly<Record<string, () => SealedRequest | Promise<SealedRequest>>> = {
  unsigned: () => altered({ headers: { 'content-type': 'application/json' } }),
  'without a body': () => altered({ body: '' }),
  stale: () => seal(keys, 'students', -ENVELOPE_WINDOW_MS - 1),
  'of a time to come': () => seal(keys, 'students', ENVELOPE_WINDOW_MS + 1),
  async replayed() {
    const request = seal();
    expect((await send(request)).status).toBe(200);
    return request;
  },
  'with another body': () => altered({ body: body.replace('__typename', 'schools(first: 1) { nodes { urn } }') }),
  'with a space more': () => altered({ body: `${body} ` }),
  'for another path': () => altered({ path: '/graphql?a=1' }),
  'with another’s key': () => seal([{ id: keys[0]?.id ?? '', secret: randomSecret() }]),
  'with a key of another name': () => seal([{ id: 'other', secret: keys[0]?.secret ?? '' }]),
  'for another subgraph': () => seal(keys, 'shared-teaching'),
  'for another subgraph, renamed': () => ({
    ...seal(keys, 'shared-teaching'),
    headers: { ...seal(keys, 'shared-teaching').headers, 'schoolgraph-audience': 'students' },
  }),
  'with the caller swapped': () =>
    withHeader('schoolgraph-caller', Buffer.from(JSON.stringify(lead)).toString('base64url')),
  'with no caller in its place': () => withHeader('schoolgraph-caller', Buffer.from('null').toString('base64url')),
  'with another nonce': () => withHeader('schoolgraph-nonce', randomUUID()),
  'with another time': () => withHeader('schoolgraph-time', String(clock.now().getTime() + 1)),
  'with a signature cut short': () =>
    withHeader('schoolgraph-signature', seal().headers['schoolgraph-signature']?.slice(0, 20) ?? ''),
  'that is no JSON, and not sealed': () => altered({ headers: {}, body: '{"query":' }),
};

const EACH = 10;

describe('the port of a subgraph', () => {
  it('serves what was sealed for it', async () => {
    expect(await send(seal())).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      text: '{"data":{"__typename":"Query"}}\n',
    });
  });

  it.each(Object.entries(TRIES))('refuses a request %s', async (_what, request) => {
    for (let time = 0; time < EACH; time++) {
      const made = await request();
      const { result, statements } = await statementsOf(() => send(made));
      expect(result).toMatchObject({ status: 401, type: 'application/json; charset=utf-8' });
      expect(JSON.parse(result.text)).toEqual({ errors: [{ message: expect.any(String) }] });
      expect(statements).toEqual([]);
    }
  });

  it('refuses what is no POST, whoever asks', async () => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
      expect(await send({ ...seal(), method })).toMatchObject({
        status: 405,
        text: '{"errors":[{"message":"Expected POST."}]}',
      });
    expect((await send({ ...seal(), path: '/' })).status).toBe(404);
  });

  it('reads a sealed body as JSON only once it has opened', async () => {
    const sealed = createSealer(keys, clock.now).seal('students', teacher, '{"query":');
    expect((await send(sealed)).status).toBe(400);
  });

  it('counts what it refuses, by why, and tells of it in one line, which says nothing of who sent it', async () => {
    const told = async (): Promise<string[]> =>
      (await telemetry.metering.text()).split('\n').filter((line) => line.startsWith('schoolgraph_envelopes_refused'));
    const countOf = async (refusal: string): Promise<number> =>
      Number(
        (await told())
          .find((line) => line.includes(`"${refusal}"`))
          ?.split(' ')
          .at(-1) ?? 0,
      );
    for (const [refusal, request] of [
      ['UNKNOWN_KEY', () => altered({ headers: { 'schoolgraph-key': 'Canary' } })],
      ['AUDIENCE', () => seal(keys, 'shared-teaching')],
      ['TIME', () => seal(keys, 'students', -ENVELOPE_WINDOW_MS - 1)],
      ['SIGNATURE', () => altered({ body: 'Canary' })],
    ] as const) {
      const before = await countOf(refusal);
      for (let time = 0; time < 3; time++) expect((await send(request())).status).toBe(401);
      expect(await countOf(refusal)).toBe(before + 3);
    }
    const replayed = seal();
    await send(replayed);
    const before = await countOf('REPLAYED');
    await send(replayed);
    expect(await countOf('REPLAYED')).toBe(before + 1);
    for (const line of await told())
      expect(line).toMatch(/\{subgraph_name="students",envelope_refusal="[A-Z_]+"\} \d+$/);
    // all of this file's: one a minute
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'warn',
        time: expect.any(String),
        message: 'Calls were refused whose envelope did not open.',
        subgraph: 'students',
        refusal: expect.stringMatching(/^[A-Z_]+$/),
        count: 1,
      },
    ]);
  });

  it('refuses by its headers what cannot open, and waits for no body of it', async () => {
    for (const request of [altered({ headers: {} }), seal(keys, 'shared-teaching'), seal(keys, 'students', -60_000)]) {
      const socket = await connected();
      const headers = { ...request.headers, host: 'subgraph', 'content-length': 10 * 1024 * 1024 };
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`POST /graphql HTTP/1.1\r\n${head.join('')}\r\n`);
      const [answer] = await once(socket, 'data', { signal: AbortSignal.timeout(5_000) });
      expect(String(answer)).toMatch(/^HTTP\/1\.1 401 /);
      socket.destroy();
    }
  });

  it('has room for a number of connections, and no more', async () => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => connected()));
    await expect.poll(() => sockets.filter(({ closed }) => closed).length, { timeout: 10_000 }).toBeGreaterThan(40);
    expect(sockets.filter(({ closed }) => !closed).length).toBeGreaterThan(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await send(seal())).status, { timeout: 10_000 }).toBe(200);
  });

  it('shows nobody its metrics in production without a token', async () => {
    expect((await fetch(new URL('/metrics', url))).status).toBe(404);
  });

  it('takes no body of more than 10 MiB', async () => {
    const sealed = createSealer(keys, clock.now).seal('students', teacher, ' '.repeat(10 * 1024 * 1024 + 1));
    expect((await send(sealed)).status).toBe(413);
  });

  it('says whether it lives and is ready', async () => {
    for (const [path, status] of [
      ['/health/live', 'live'],
      ['/health/ready', 'ready'],
    ] as const)
      expect(await (await fetch(new URL(path, url))).json()).toEqual({ status });
  });

  it('does not open without a key', async () => {
    const [definition] = await loadSubgraphs();
    if (!definition) throw new Error('Expected a subgraph.');
    const open = openSubgraph(definition, {
      databaseUrl: subgraphs.database.urlOf(definition.name),
      envelopeKeys: [],
      grantSecret: randomSecret(),
      recordKey: randomSecret(),
      clock,
      reportError: subgraphs.reportError,
    });
    await expect(open).rejects.toThrow('needs a key');
  });
});
