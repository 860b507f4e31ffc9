/** Which bytes are a body: JSON in UTF-8, and nothing that would have to be guessed at. */
import { describe, expect, it } from 'vitest';
import { startFront } from './front-gateway.ts';

const front = await startFront();

async function send(body: Buffer, type = 'application/json'): Promise<{ status: number; body: unknown }> {
  const bytes = new Uint8Array(body);
  const answer = await fetch(`${front.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: bytes,
  });
  return { status: answer.status, body: await answer.json() };
}

const withName = (name: Buffer): Buffer =>
  Buffer.concat([Buffer.from('{"query":"{ __typename }","extensions":{"name":"'), name, Buffer.from('"}}')]);
const DATA = { data: { __typename: 'Query' } };

describe('a body of JSON', () => {
  it.each([
    ['letters of every length', Buffer.from('aé€😀')],
    ['a byte order mark before it', null],
  ])('in UTF-8 with %s is read', async (_what, name) => {
    const body = name ? withName(name) : Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), withName(Buffer.from('a'))]);
    expect(await send(body)).toEqual({ status: 200, body: DATA });
  });

  it.each([
    ['a byte that begins nothing', [0xff]],
    ['a letter cut short', [0xe2, 0x82]],
    ['a letter written too long', [0xc0, 0xaf]],
    ['half of a pair', [0xed, 0xa0, 0x80]],
    ['a letter of Latin 1', [0xe9]],
  ])('with %s is refused, and told what was expected', async (_what, bytes) => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json; charset=latin1'])
      expect(await send(withName(Buffer.from(bytes)), type)).toEqual({
        status: 400,
        body: {
          errors: [
            {
              message: 'The request could not be read: expected HTTP with a body of valid JSON in UTF-8.',
              extensions: { code: 'BAD_REQUEST' },
            },
          ],
        },
      });
  });
});
