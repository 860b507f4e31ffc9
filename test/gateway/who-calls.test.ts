/** A route that asks who is calling is told, or fails: who was not asked for a token is not taken for a stranger. */
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { Unauthenticated } from '../../gateway/auth/unauthenticated.ts';
import { authenticateRequests, callerOf } from '../../gateway/http/authentication.ts';
import { PICTURES_ROUTE } from '../../gateway/http/routes.ts';
import { callerWith } from './small-graph.ts';

const someone = callerWith('schools:read');

/** Each route tells who calls it. */
function served() {
  const server = fastify();
  authenticateRequests(server, async (authorization) => {
    if (authorization === undefined) return null;
    if (authorization === 'Bearer someone') return someone;
    throw new Unauthenticated();
  });
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

  it('is nobody’s to say where no token was read: the route fails', async () => {
    const ask = served();
    expect((await ask('/elsewhere', 'Bearer someone')).statusCode).toBe(500);
    expect((await ask('/elsewhere')).statusCode).toBe(500);
  });
});
