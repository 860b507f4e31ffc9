import { describe, expect, it } from 'vitest';
import { createRequestText } from './request-text.ts';

const textOf = createRequestText(new URL('http://people.example:4001/inner graph?part=a b'));
const REQUEST = { method: 'POST', path: '/', headers: { 'content-type': 'application/json' }, body: '{}' };
const withHeader = (name: string, value: string) => () => textOf({ ...REQUEST, headers: { [name]: value } });

describe('the text of a request', () => {
  it('says where it goes, what may come back, and where it ends', () => {
    expect(textOf(REQUEST)).toEqual({
      head: [
        'POST /inner%20graph?part=a%20b HTTP/1.1',
        'host: people.example:4001',
        'connection: keep-alive',
        'accept: application/graphql-response+json, application/json;q=0.9',
        'accept-encoding: identity',
        'content-type: application/json',
        'content-length: 2',
        '',
        '',
      ].join('\r\n'),
      body: '{}',
      isAscii: true,
    });
  });

  it.each(['Zoë', '🎓', '\ud800', 'a\udc00b'])('is as long as it says: %j', (body) => {
    const { head, isAscii } = textOf({ ...REQUEST, body });
    expect(head).toContain(`\r\ncontent-length: ${Buffer.from(body, 'utf8').length}\r\n`);
    expect(isAscii).toBe(false);
  });

  it.each(['a\r\nx: y', 'a\nb', 'a\rb', 'a\0b', 'Zoë', '\u010d\u010ax', '\x7f'])('has no header %j', (value) => {
    expect(withHeader('x-a', value)).toThrow(/^Expected header fields/);
  });

  it.each(['', 'x a', 'x:', 'x\r\ny', 'X-A', 'ü'])('has none of the name %j', (name) => {
    expect(withHeader(name, 'a')).toThrow(/^Expected header fields/);
  });

  it.each(['content-length', 'transfer-encoding', 'connection', 'host', 'accept-encoding', 'expect', 'upgrade'])(
    'has no second %s',
    (name) => {
      expect(withHeader(name, '1')).toThrow(/none that frames the request/);
    },
  );

  it('is that of a POST alone', () => {
    expect(() => textOf({ ...REQUEST, method: 'HEAD' })).toThrow('to be a POST');
  });
});
