import { describe, expect, it } from 'vitest';
import { Throttled } from '../policy/throttles/throttled.ts';
import { createKnownTexts } from './known-texts.ts';
import type { InTurn } from './new-texts.ts';
import { createTextLane } from './text-lane.ts';

const NOT_ASKED = {
  executeHTTPGraphQLRequest: () => Promise.reject(new Error('Nothing is to be read here.')),
};

/** A lane whose requests have no turn, and one of them. */
function ask(inTurn: InTurn, accept?: string) {
  const over = new AbortController();
  const lane = createTextLane({
    apollo: NOT_ASKED,
    inTurn,
    known: createKnownTexts(),
    formatError: (formatted) => formatted,
  });
  const own = { caller: null, signal: over.signal, payer: { key: 'a', isSignedIn: false }, charged() {} };
  const headers = { 'content-type': 'application/json', ...(accept !== undefined && { accept }) };
  const request = { method: 'POST', pathId: undefined, search: '', headers, body: { query: '{ a }' } } as const;
  return { over, answer: lane({ ...request, own: { ...own, explain: undefined } }) };
}

describe('a text that waits for its turn', () => {
  it('is told to come again where its request is over before', async () => {
    const { over, answer } = ask(() => Promise.withResolvers<void>().promise);
    over.abort();
    expect(await answer).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
  });

  it('is told to come again where too many wait, in the media type that it takes', async () => {
    const type = 'application/graphql-response+json';
    const { answer } = ask(() => {
      throw new Throttled('planning', 1_000);
    }, type);
    const { status, headers, body } = await answer;
    expect([status, headers['content-type']]).toEqual([429, `${type}; charset=utf-8`]);
    expect(JSON.parse(String(body))).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_PLANNING' } }] });
  });
});
