import { expect, it } from 'vitest';
import { Throttled } from '../policy/throttles/throttled.ts';
import { createKnownTexts } from './known-texts.ts';
import { createTextLane } from './text-lane.ts';

const NOT_ASKED = {
  executeHTTPGraphQLRequest: () => Promise.reject(new Error('Nothing is to be read here.')),
};

it('a text that has no turn is told to come again, in the media type that it takes', async () => {
  const lane = createTextLane({
    apollo: NOT_ASKED,
    inTurn: () => Promise.reject(new Throttled('planning', 1_000)),
    known: createKnownTexts(),
    formatError: (formatted) => formatted,
  });
  const { signal } = new AbortController();
  const own = { caller: null, signal, payer: { key: 'a', isSignedIn: false }, charged() {}, explain: undefined };
  const type = 'application/graphql-response+json';
  const request = { method: 'POST', pathId: undefined, search: '', headers: { accept: type }, own } as const;
  const { status, headers, body } = await lane({ ...request, body: { query: '{ a }' } });
  expect([status, headers['content-type'], headers['retry-after']]).toEqual([429, `${type}; charset=utf-8`, '1']);
  expect(JSON.parse(String(body))).toMatchObject({ errors: [{ extensions: { code: 'LIMIT_PLANNING' } }] });
});
