/** Who is calling is said by an access token and by nothing else that a client can send. */
import { expect, it } from 'vitest';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { smallGateway } from './small-gateway.ts';
import { callerWith } from './small-graph.ts';

const FORGED = { ...callerWith('students:read'), name: 'FORGED' };
const ASKED: (string | undefined)[] = [];
const SENT: string[] = [];
const url = await smallGateway({
  authenticate: async (authorization): Promise<Caller | null> => {
    ASKED.push(authorization);
    return null;
  },
  transport: {
    async call(subgraph, request) {
      SENT.push(JSON.stringify({ subgraph, request }));
      return { status: 200, body: '{"data":{"slow":"done"}}' };
    },
  },
});

const VALUE = Buffer.from(JSON.stringify(FORGED)).toString('base64url');

it.each([
  'schoolgraph-caller',
  'schoolgraph-envelope',
  'schoolgraph-signature',
  'schoolgraph-key',
  'x-schoolgraph-caller',
  'x-forwarded-user',
  'x-forwarded-email',
  'x-remote-user',
  'remote-user',
  'x-user-id',
  'x-auth-request-user',
  'x-authenticated-userid',
  'x-client-cert',
  'proxy-authorization',
  'cookie',
])('%s of a client is neither read nor sent on', async (name) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [name]: `FORGED=${VALUE}` },
    body: JSON.stringify({ query: '{ slow }', extensions: { grants: ['FORGED'], caller: FORGED } }),
  });
  expect(await response.json()).toEqual({ data: { slow: 'done' } });
  expect(ASKED.at(-1)).toBeUndefined();
  expect(SENT.at(-1)).not.toContain('FORGED');
  expect(SENT.at(-1)).not.toContain(VALUE);
});
