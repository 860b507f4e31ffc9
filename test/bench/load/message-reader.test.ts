import { describe, expect, it } from 'vitest';
import { createMessageReader } from './message-reader.ts';

const PLAIN = 'POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello';
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n';
const EMPTY = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

function read(bytes: string, step: number): string[] {
  const bodies: string[] = [];
  const push = createMessageReader(({ body }) => bodies.push(body.toString()));
  for (let at = 0; at < bytes.length; at += step) push(Buffer.from(bytes.slice(at, at + step)));
  return bodies;
}

describe('messages of a connection', () => {
  it.each([1, 2, 7, 40, 1_000])('are read however they come in: %i bytes at a time', (step) => {
    expect(read(PLAIN + CHUNKED + EMPTY + PLAIN, step)).toEqual(['hello', 'abc0123456789', '', 'hello']);
  });

  it('must say how long they are', () => {
    expect(() => read('HTTP/1.1 200 OK\r\nserver: none\r\n\r\n', 100)).toThrow('Expected a message with a length');
  });
});
