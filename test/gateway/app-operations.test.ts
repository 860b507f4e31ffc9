/** What an app runs: operations of its list that its app grant names, by whichever lane they come, and nothing else. */
import { describe, expect, it } from 'vitest';
import type { ClientMode } from '../../gateway/auth/clients.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { createOpener } from '../../subgraphs/kernel/envelope.ts';
import { appAt, callerAs } from '../kit/callers.ts';
import { testLists } from '../kit/operation-lists.ts';
import { smallGateway } from './small-gateway.ts';
import { composed } from './small-graph.ts';

const LISTED = 'query Named { one }';
const NOT_NAMED = 'query Other { one }';
/** Of the same name as one that its app grant names. */
const MADE_UP = 'query Named { two }';

const app = appAt('900002', []);
const person = { ...callerAs('DATA_LEAD', '900002'), client: { name: 'web', version: '1' } };
const clientOf = (mode: ClientMode) => ({ mode, versions: { '1': [LISTED, NOT_NAMED] } });
const lists = await testLists({ web: { mode: 'open' }, 'an-app': clientOf('open') });
let called: string[] = [];
const opener = createOpener('all', [{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
const url = await smallGateway({
  supergraph: composed([{ name: 'all', typeDefs: 'type Query { one: Int two: Int }', resolvers: {} }]),
  operationLists: lists,
  authenticate: async (authorization) => (authorization === 'Bearer app' ? app : person),
  coversOperation: (_grant, name) => name === 'Named',
  transport: {
    async call(_subgraph, request) {
      called.push(opener.open(request)?.kind ?? 'nobody');
      return { status: 200, body: '{"data":{"one":1,"two":2}}' };
    },
  },
});

interface Told {
  data?: object | null;
  errors?: { extensions: { code: string } }[];
}

async function told(response: Response): Promise<unknown> {
  const { data, errors } = (await response.json()) as Told;
  return errors ? errors.map(({ extensions }) => extensions.code) : data;
}

const headers = { 'content-type': 'application/json', authorization: 'Bearer app' };
const post = async (request: object, more = {}) =>
  told(
    await fetch(`${url}/graphql`, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(request) }),
  );
const get = async (parameters: Record<string, string>) =>
  told(await fetch(`${url}/graphql?${new URLSearchParams(parameters)}`, { headers }));
const asHash = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256Of(text) } });

/** By which a text comes to the gateway that is in no list of its client. */
const TEXT_LANES: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  'as a new text': (query) => post({ query: `${query} # ${crypto.randomUUID()}` }),
  async 'as a known text'(query) {
    await post({ query }, { authorization: 'Bearer person' });
    return post({ query });
  },
  'by GET': (query) => get({ query }),
  'with its hash': (query) => post({ query, extensions: asHash(query) }),
  async 'by a hash under which it had it kept'(query) {
    await post({ query, extensions: asHash(query) });
    return post({ extensions: asHash(query) });
  },
};

describe.each(['open', 'log-unknown'] as const)('an app, of a client in %s,', (mode) => {
  it.each(Object.entries(TEXT_LANES))('runs no text, whatever its name: %s', async (lane, send) => {
    await lists.set({ web: { mode: 'open' }, 'an-app': clientOf(mode) });
    called = [];
    expect(await send(MADE_UP)).toEqual(['FORBIDDEN']);
    // a person has asked for it, so that it is known
    expect(called).toEqual(lane === 'as a known text' ? ['person'] : []);
  });
});

describe.each(['open', 'safelist', 'require-id'] as const)('an app, of a client in %s,', (mode) => {
  it('runs by its id what is listed and its app grant names, and not what it does not name', async () => {
    await lists.set({ web: { mode: 'open' }, 'an-app': clientOf(mode) });
    expect(await post({ documentId: sha256Of(LISTED) })).toEqual({ one: 1 });
    expect(await post({ documentId: sha256Of(NOT_NAMED) })).toEqual(['FORBIDDEN']);
  });
});

it('an app, of a client in safelist, runs by text what is listed and its app grant names', async () => {
  await lists.set({ web: { mode: 'open' }, 'an-app': clientOf('safelist') });
  expect(await post({ query: `${LISTED} # as it likes` })).toEqual({ one: 1 });
  expect(await post({ query: NOT_NAMED })).toEqual(['FORBIDDEN']);
  expect(await post({ query: MADE_UP })).toEqual(['QUERY_NOT_IN_SAFELIST']);
});
