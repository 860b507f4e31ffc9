/** Pictures are a route of a graph that keeps some: of any other supergraph there is nothing at their address. */
import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { readRules } from '../../gateway/policy/rules.ts';
import { smallGateway } from './small-gateway.ts';
import { composed } from './small-graph.ts';

const url = await smallGateway({});

it.each(['GET', 'HEAD', 'POST', 'DELETE'])(
  '%s of a picture’s address is answered as of any that leads nowhere',
  async (method) => {
    const [picture, elsewhere] = await Promise.all(
      ['/pictures/abc', '/elsewhere/abc'].map(async (path) => {
        const response = await fetch(`${url}${path}`, { method });
        const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'traceresponse');
        return { status: response.status, headers, body: await response.text() };
      }),
    );
    expect(picture?.status).toBe(404);
    expect(picture).toEqual(elsewhere);
  },
);

it('a field of the same name that clients see is another graph’s own', () => {
  const gallery = { name: 'gallery', typeDefs: 'type Query { pictureLink(token: String!): String }', resolvers: {} };
  const museum = { name: 'museum', typeDefs: 'type Query { rooms: Int }', resolvers: {} };
  expect(readRules(parse(composed([gallery, museum]))).pictureOwner).toBeNull();
});
