/** What a client may do over time, as it is told over HTTP; by text and by id alike. */
import { describe, expect, it } from 'vitest';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import type { FrontSettings } from '../../gateway/policy/front-settings.ts';
import { DEFAULT_LIMITS } from '../../gateway/policy/limits/limits.ts';
import type { ClientRates } from '../../gateway/policy/throttles/client-throttles.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { callerAs } from '../kit/callers.ts';
import { testLists } from '../kit/operation-lists.ts';
import { UNTHROTTLED } from '../kit/unthrottled.ts';
import { type Answer, codesOf, startFront } from './front-gateway.ts';

const SIZED = 'query Sized($first: Int!) { sized(first: $first) { id } }';
const HUNDRED = { query: SIZED, variables: { first: 100 } };

/** `Bearer una@web`: a person, by a client that has a list. */
async function authenticate(authorization: string | undefined): Promise<Caller | null> {
  const [, person, client] = /^Bearer (\w+)@(\w*)$/.exec(authorization ?? '') ?? [];
  if (!person) return null;
  return { ...callerAs('DATA_LEAD', '900002', person), client: client ? { name: client, version: null } : null };
}

const lists = await testLists({ web: { mode: 'open', versions: { '1.0.0': [SIZED] } } });

const start = (rates: Partial<ClientRates>, settings: Partial<FrontSettings> = {}) =>
  startFront({ clientRates: { ...UNTHROTTLED, ...rates }, ...settings }, { authenticate, operationLists: lists });

type Front = Awaited<ReturnType<typeof start>>;

const ask = (front: Front, who: string | null, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  front.send({
    headers: { 'content-type': 'application/json', ...(who && { authorization: `Bearer ${who}` }), ...headers },
    body: JSON.stringify(body),
  });

const byId = { documentId: sha256Of(SIZED), variables: { first: 100 } };

const told = ({ headers }: Answer) =>
  ['schoolgraph-cost', 'ratelimit', 'ratelimit-policy', 'retry-after'].map((name) => headers.get(name));

describe('the budget of a client', () => {
  it.each([
    ['by text', HUNDRED],
    ['by id', byId],
  ])('is told with each answer, spent, and asked for again: %s', async (_how, body) => {
    const front = await start({ budget: { signedIn: 250, strangers: 1 } });
    const answers = [
      await ask(front, 'una@web', body),
      await ask(front, 'una@web', body),
      await ask(front, 'una@web', body),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers.map(codesOf)).toEqual([[], [], ['LIMIT_BUDGET']]);
    expect(told(answers[0] as Answer)).toEqual(['100', '"cost";r=150;t=24', '"cost";q=250;w=60', null]);
    expect(told(answers[2] as Answer)).toEqual([
      '100',
      expect.stringMatching(/^"cost";r=5\d;t=4\d$/),
      '"cost";q=250;w=60',
      expect.stringMatching(/^1[0-2]$/),
    ]);
    expect(answers[2]?.body).not.toHaveProperty('data');
  });

  it('is one by whatever way it asks, and another for somebody else', async () => {
    const front = await start({ budget: { signedIn: 250, strangers: 1 } });
    expect((await ask(front, 'una@web', byId)).status).toBe(200);
    expect((await ask(front, 'una@web', HUNDRED)).status).toBe(200);
    expect((await ask(front, 'una@', HUNDRED)).status).toBe(429);
    expect((await ask(front, 'una@web', byId)).status).toBe(429);
    expect((await ask(front, 'ben@web', byId)).status).toBe(200);
  });

  it('of strangers is their address’s', async () => {
    const front = await start({ budget: { signedIn: 1, strangers: 200 } });
    for (const status of [200, 200, 429]) expect((await ask(front, null, HUNDRED)).status).toBe(status);
  });

  it('is not taken from by what is too expensive for itself', async () => {
    const front = await start(
      { budget: { signedIn: 100, strangers: 100 } },
      { limits: { ...DEFAULT_LIMITS, cost: 99 } },
    );
    const answer = await ask(front, 'una@web', HUNDRED);
    expect([answer.status, ...codesOf(answer)]).toEqual([200, 'LIMIT_COST']);
    expect((await ask(front, 'una@web', { query: SIZED, variables: { first: 99 } })).status).toBe(200);
  });

  it('refuses nothing and is not told of where limits only measure', async () => {
    const front = await start({ budget: { signedIn: 100, strangers: 100 } }, { limitMode: 'measure' });
    for (let count = 0; count < 3; count += 1) expect((await ask(front, null, HUNDRED)).status).toBe(200);
    expect(told(await ask(front, null, HUNDRED))).toEqual(['100', null, null, null]);
  });

  it('may be read by pages of other origins that may call the graph', async () => {
    const front = await start({}, { corsOrigins: ['https://staff.example'] });
    const { headers } = await ask(front, null, HUNDRED, { origin: 'https://staff.example' });
    expect(headers.get('access-control-expose-headers')).toBe(
      'www-authenticate, schoolgraph-cost, ratelimit, ratelimit-policy, retry-after',
    );
  });
});

describe('new operations of a client', () => {
  const fresh = (index: number) => ({ query: `query New${index} { node { id } }` });
  const status = async (answer: Promise<Answer>) => (await answer).status;

  it('are so many, and then refused for a while; what is known is answered on', async () => {
    const front = await start({ planning: { signedIn: 3, strangers: 1 } });
    for (let index = 0; index < 3; index += 1) expect(await status(ask(front, 'una@', fresh(index)))).toBe(200);
    const refused = await ask(front, 'una@', fresh(3));
    expect([refused.status, ...codesOf(refused), refused.headers.get('retry-after')]).toEqual([
      429,
      'LIMIT_PLANNING',
      '20',
    ]);
    expect(refused.text).not.toContain('New3');
    expect(await status(ask(front, 'una@', fresh(0)))).toBe(200);
    expect(await status(ask(front, 'ben@', fresh(3)))).toBe(200);
  });

  it('count where they do not hold: what is not valid has been looked at', async () => {
    const front = await start({ planning: { signedIn: 1, strangers: 2 } });
    for (const index of [0, 1]) expect(await status(ask(front, null, { query: `{ wrong${index} }` }))).toBe(200);
    expect(codesOf(await ask(front, null, { query: '{ wrong2 }' }))).toEqual(['LIMIT_PLANNING']);
  });

  it('count for each of a text’s operations', async () => {
    const front = await start({ planning: { signedIn: 2, strangers: 1 } });
    const query = 'query A { node { id } } query B { node { id } } query C { node { id } }';
    const asked = (operationName: string) => status(ask(front, 'una@', { query, operationName }));
    expect([await asked('A'), await asked('B'), await asked('C'), await asked('A')]).toEqual([200, 200, 429, 200]);
  });

  it('are never those of a client’s list', async () => {
    const front = await start({ planning: { signedIn: 1, strangers: 1 } });
    expect(await status(ask(front, 'una@web', fresh(0)))).toBe(200);
    expect(await status(ask(front, 'una@web', fresh(1)))).toBe(429);
    expect(await status(ask(front, 'una@web', byId))).toBe(200);
  });

  it('are not limited where limits only measure', async () => {
    const front = await start({ planning: { signedIn: 1, strangers: 1 } }, { limitMode: 'measure' });
    for (let index = 0; index < 5; index += 1) expect(await status(ask(front, null, fresh(index)))).toBe(200);
  });
});

describe('the plan of an operation', () => {
  const header = (value: string) => ({ 'apollo-expose-query-plan': value });
  const PLAN = expect.stringMatching(/^QueryPlan \{\s+Fetch\(service: "front"\) \{/);

  it('is told beside its answer, with what it costs', async () => {
    const front = await start({});
    const { body } = await ask(front, 'una@web', byId, header('true'));
    expect(body).toMatchObject({ data: { sized: [{ id: '1' }] }, extensions: { cost: 100, queryPlan: PLAN } });
  });

  it('is told in place of it, and nothing is run or paid', async () => {
    const front = await start({ budget: { signedIn: 100, strangers: 1 } });
    for (const body of [HUNDRED, byId, HUNDRED]) {
      const answer = await ask(front, 'una@web', body, header('dry-run'));
      expect(answer.body).toMatchObject({ data: null, extensions: { cost: 100, queryPlan: PLAN } });
      expect(told(answer).slice(0, 2)).toEqual(['0', '"cost";r=100;t=0']);
    }
  });

  it('is not told to whoever may not ask for the schema; then a dry run runs nothing, either', async () => {
    const front = await start({}, { introspection: 'signed-in' });
    expect((await ask(front, null, HUNDRED, header('true'))).body).toEqual({ data: { sized: expect.anything() } });
    for (const change of ['mutation { change }', SIZED]) {
      const answer = await ask(front, null, { query: change, variables: { first: 1 } }, header('dry-run'));
      expect(answer.body).not.toHaveProperty('data');
      expect(codesOf(answer)).toEqual(['INTROSPECTION_DISABLED']);
    }
    expect((await ask(front, 'una@', HUNDRED, header('true'))).body).toHaveProperty('extensions.cost', 100);
  });

  it('is not asked for by other values', async () => {
    const front = await start({});
    expect((await ask(front, null, HUNDRED, header('yes'))).body).toEqual({ data: { sized: expect.anything() } });
  });
});
