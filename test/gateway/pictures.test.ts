/** Pictures are a route of a graph that keeps some: of any other supergraph there is nothing at their address. */
import { expect, it } from 'vitest';
import { smallGateway } from './small-gateway.ts';

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
