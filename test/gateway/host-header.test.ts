/** A Host header that is no host is the client's mistake, and not ours. */
import { describe, expect, it } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { smallGateway } from './small-gateway.ts';

const url = await smallGateway({});
const body = '{"query":"{ __typename }"}';
const ask = (version: string, ...headers: string[]) =>
  rawRequest(
    url,
    [
      `POST /graphql ${version}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      ...headers,
      '',
      body,
    ].join('\r\n'),
  );

describe('a Host header', () => {
  it.each(['', '127.=.0.1', '127.0. 1', 'a b', '[', '[::1', 'a/b?c', '%', 'xn--', '999.999.999.999'])(
    'that is "%s" is not answered with an error of ours',
    async (host) => {
      const answer = await ask('HTTP/1.1', `host: ${host}`);
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
      expect(answer).not.toContain('INTERNAL_SERVER_ERROR');
    },
  );

  it.each(['127.=.0.1', 'a b', '['])('that is "%s" is refused as a request that could not be read', async (host) => {
    const answer = await ask('HTTP/1.1', `host: ${host}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
  });

  it.each(['localhost', 'localhost:4000', '127.0.0.1', '[::1]:4000', 'schoolgraph.example'])(
    'that is "%s" is served',
    async (host) => {
      expect(await ask('HTTP/1.1', `host: ${host}`)).toContain('{"data":{"__typename":"Query"}}');
    },
  );

  it('may be left out in HTTP/1.0', async () => {
    const answer = await ask('HTTP/1.0');
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
    expect(answer).not.toContain('INTERNAL_SERVER_ERROR');
  });
});
