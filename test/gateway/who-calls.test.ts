/** A route that asks who is calling is told, or fails: who was not asked for a token is not taken for a stranger. */
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { Unauthenticated } from '../../gateway/auth/unauthenticated.ts';
import { authenticateRequests, callerOf } from '../../gateway/http/authentication.ts';
import { PICTURES_ROUTE } from '../../gateway/http/routes.ts';
import { smallGateway } from './small-gateway.ts';
import { callerWith } from './small-graph.ts';

const someone = callerWith('schools:read');
const unread = await smallGateway({
  authenticate: async () => {
    throw new Error('The database is away.');
  },
});
const JSON_TYPE = { 'content-type': 'application/json' };

/** Each route tells who calls it. */
function served() {
  const server = fastify();
  authenticateRequests(
    server,
    async (authorization) => {
      if (authorization === undefined) return null;
      if (authorization === 'Bearer someone') return someone;
      if (authorization === 'Bearer unread') throw new Error('The database is away.');
      throw new Unauthenticated();
    },
    () => {},
  );
  for (const url of [PICTURES_ROUTE, '/elsewhere']) server.get(url, async (request) => ({ caller: callerOf(request) }));
  return (url: string, authorization?: string) =>
    server.inject({ url, headers: authorization === undefined ? {} : { authorization } });
}

describe('who calls', () => {
  it('is known where it was asked', async () => {
    const ask = served();
    expect((await ask('/pictures/a', 'Bearer someone')).json()).toEqual({ caller: someone });
    expect((await ask('/pictures/a')).json()).toEqual({ caller: null });
    expect((await ask('/pictures/a', 'Bearer other')).statusCode).toBe(401);
  });

  it('may be asked again where it cannot be found out', async () => {
    const [atPictures, atGraph] = [
      await served()('/pictures/a', 'Bearer unread'),
      await fetch(`${unread}/graphql`, { method: 'POST', headers: JSON_TYPE, body: '{"query":"{ __typename }"}' }),
    ];
    expect([atPictures.statusCode, atGraph.status]).toEqual([503, 503]);
    expect([atPictures.headers['retry-after'], atGraph.headers.get('retry-after')]).toEqual(['1', '1']);
    for (const body of [atPictures.json(), await atGraph.json()])
      expect(body).toEqual({
        errors: [
          {
            message: 'Who is calling cannot be found out at the moment: ask again.',
            extensions: { code: 'SERVICE_UNAVAILABLE', id: expect.any(String) },
          },
        ],
      });
  });

  it('is nobody’s to say where no token was read: the route fails', async () => {
    const ask = served();
    expect((await ask('/elsewhere', 'Bearer someone')).statusCode).toBe(500);
    expect((await ask('/elsewhere')).statusCode).toBe(500);
  });
});
