/** How requests for the graph come: by which address, in what pieces, and what is left of one that cannot be answered. */
import { describe, expect, it } from 'vitest';
import { testTelemetry } from '../kit/telemetry.ts';
import { rawRequest } from './raw-request.ts';
import { smallGateway } from './small-gateway.ts';

const url = await smallGateway({ settings: { limitMode: 'enforce' } });
const body = '{"query":"{ __typename }"}';
const DATA = '{"data":{"__typename":"Query"}}';

const post = (target: string, ...headers: string[]): string =>
  [
    `POST ${target} HTTP/1.1`,
    'host: localhost',
    'connection: close',
    'content-type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n');
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

describe('the parameters of an address', () => {
  const get = (search: string) =>
    rawRequest(
      url,
      `GET /graphql${search} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\napollo-require-preflight: 1\r\n\r\n`,
    );

  it.each(['', '&operationName=', '&operationName'])('name no operation where they say%s', async (name) => {
    expect(await get(`?query=%7B__typename%7D${name}`)).toContain(DATA);
    expect(await get(`?operationName=${name}&query=%7B__typename%7D`)).toContain(DATA);
  });

  it.each(['%ff', '%c3', '%', '%zz', '\u00e9'])('are refused where they are not in UTF-8, escaped: %s', async (odd) => {
    expect(statusOf(await get(`?query=%7B__typename%7D&variables=%7B%22a%22:%22${odd}%22%7D`))).toBe('400');
    expect(await get(`?query=%7B__typename%7D&variables=%7B%22a%22:%22%c3%a9%22%7D`)).toContain(DATA);
  });
});

describe('a body', () => {
  it.each(['gzip', 'br', 'gzip, identity', 'x'])(
    'with the content encoding %s is not read, and what is is told',
    async (encoding) => {
      const headers = [`content-encoding: ${encoding}`, `content-length: ${body.length}`];
      const answer = await rawRequest(url, post('/graphql', ...headers) + body);
      expect(statusOf(answer)).toBe('415');
      expect(answer).toContain('accept-encoding: identity');
      const plain = ['content-encoding: identity', `content-length: ${body.length}`];
      expect(await rawRequest(url, post('/graphql', ...plain) + body)).toContain(DATA);
    },
  );

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
