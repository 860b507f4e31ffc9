/** A subgraph's own port, over HTTP: it serves what the gateway sealed for it, once and now, and nothing else. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSealer, ENVELOPE_WINDOW_MS, type SealedRequest } from '../../subgraphs/kernel/envelope.ts';
import { openSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { callerOf } from '../kit/callers.ts';
import { randomSecret } from '../kit/server-facts.ts';
import { statementsOf } from '../kit/statements.ts';
import { openSubgraphs } from '../kit/subgraphs.ts';
import { loadSubgraphs } from '../kit/tenants.ts';
import { subgraphUrls } from '../kit/transport.ts';

const subgraphs = await openSubgraphs();
const urls = await subgraphUrls(subgraphs);
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
