/** How requests for the graph come: by which address, in what pieces, and what is left of one that cannot be answered. */
import { describe, expect, it } from 'vitest';
import { testTelemetry } from '../kit/telemetry.ts';
import { rawRequest } from './raw-request.ts';
import { smallGateway } from './small-gateway.ts';

const url = await smallGateway({ settings: { limitMode: 'enforce' } });
const body = '{"query":"{ __typename }"}';
const DATA = '{"data":{"__typename":"Query"}}';

const post = (target: string, ...headers: string[]): string =>
  [`POST ${target} HTTP/1.1`, 'host: localhost', 'content-type: application/json', ...headers, '', ''].join('\r\n');
const ask = (target: string, where = url) => rawRequest(where, post(target, `content-length: ${body.length}`) + body);
const statusOf = (answer: string): string | undefined => /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];

describe('an address of the graph', () => {
  it.each(['/graphql', '/graphql?', '/graphql?a=b', 'http://localhost/graphql', 'HTTPS://graph.example:1/graphql?a'])(
    'may be %s',
    async (target) => {
      expect(await ask(target)).toContain(DATA);
    },
  );

  it.each([
    '//graphql',
    '/graphql/',
    '/graphql/../graphql',
    '/graphql;a',
    '/GraphQL',
    'http:///graphql',
    'http://localhost//graphql',
    'ftp://localhost/graphql',
    'http://localhost?/graphql',
  ])('is not %s', async (target) => {
    expect(statusOf(await ask(target))).toMatch(/^40[045]$/);
  });
});

describe('a body', () => {
  it('may come in pieces of one byte', async () => {
    const long = `{"query":"{ __typename }"${' '.repeat(1_000)}}`;
    const chunks = [...long].map((byte) => `1\r\n${byte}\r\n`).join('');
    const answer = await rawRequest(url, `${post('/graphql', 'transfer-encoding: chunked')}${chunks}0\r\n\r\n`);
    expect(answer).toContain(DATA);
  });
});

describe('a body that nobody reads', () => {
  it.each([
    ['POST', '/nothing', '404'],
    ['PUT', '/graphql', '405'],
    ['PATCH', '/graphql/id', '405'],
    ['POST', '/health/live', '404'],
  ])('%s %s is not waited for', async (method, target, status) => {
    for (const type of ['application/json', 'text/plain', 'a/b'])
      expect(
        statusOf(
          await rawRequest(
            url,
            `${method} ${target} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{`,
          ),
        ),
      ).toBe(status);
  });
});

describe('an answer that cannot be written', () => {
  it('ends its connection, and nobody else’s', async () => {
    const telemetry = testTelemetry();
    const { tracing } = telemetry;
    let isBroken = true;
    const odd = {
      ...telemetry,
      tracing: {
        ...tracing,
        begin: (...given: Parameters<typeof tracing.begin>) => {
          const span = tracing.begin(...given);
          return isBroken ? { traceId: '', traceparent: 'a\nb', label() {}, end() {} } : span;
        },
      },
    };
    const where = await smallGateway({ telemetry: odd });
    expect(await ask('/graphql', where)).toBe('');
    isBroken = false;
    expect(await ask('/graphql', where)).toContain(DATA);
  });
});
