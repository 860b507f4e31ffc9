/**
 * Callers of different rights, the same texts, at once and in any order, by every lane: nobody ever gets what is another's,
 * and no subgraph is asked for a field that its caller may not read.
 */
import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { getOperationAST, graphql, parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCompiledEngine } from '../../gateway/engine/compiled/engine.ts';
import type { Engine, SubgraphTransport } from '../../gateway/engine/engine.ts';
import { readied } from '../../gateway/engine/subgraph-operation.ts';
import type { CreateEngine } from '../../gateway/graph.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { createOpener } from '../../subgraphs/kernel/envelope.ts';
import { LANES, type Lane } from '../kit/lanes.ts';
import { testLists } from '../kit/operation-lists.ts';
import { smallGateway } from './small-gateway.ts';
import { callerWith, composed, FEDERATION } from './small-graph.ts';

/** Fields that need the scope `<field>:read`, by the subgraph that has them. */
const GUARDED: Readonly<Record<string, readonly string[]>> = { people: ['name', 'phone'], health: ['diet', 'note'] };
const FIELDS = Object.values(GUARDED).flat();

const guarded = (subgraph: string): string =>
  (GUARDED[subgraph] ?? []).map((field) => `${field}: String @requiresScopes(scopes: [["${field}:read"]])`).join(' ');

const SUBGRAPHS = [
  {
    name: 'people',
    typeDefs: `type Query { me: Person people: [Person!]! } type Person @key(fields: "id") { id: ID! ${guarded('people')} }`,
  },
  { name: 'health', typeDefs: `type Person @key(fields: "id") { id: ID! ${guarded('health')} }` },
];

/** Every value says whose it is: a person's id is the caller's. */
const valueFor = (owner: string, field: string): string => `${field} of ${owner}`;

const resolvers = {
  Query: {
    me: (_: unknown, _args: unknown, owner: string) => ({ id: owner }),
    people: (_: unknown, _args: unknown, owner: string) => [{ id: owner }, { id: owner }],
  },
  Person: Object.fromEntries([
    ['__resolveReference', ({ id }: { id: string }) => ({ id })],
    ...FIELDS.map((field) => [field, (_: unknown, _args: unknown, owner: string) => valueFor(owner, field)]),
  ]),
};

const schemas = new Map(
  SUBGRAPHS.map(({ name, typeDefs }) => {
    const own = GUARDED[name] ?? [];
    const person = Object.fromEntries(
      Object.entries(resolvers.Person).filter(([field]) => field.startsWith('__') || own.includes(field)),
    );
    const used = name === 'people' ? { ...resolvers, Person: person } : { Person: person };
    return [name, buildSubgraphSchema([{ typeDefs: parse(FEDERATION + typeDefs), resolvers: used as never }])];
  }),
);

/** What a subgraph was asked that its caller may not read. */
const trespasses: string[] = [];
const keys = [{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }];
const openers = new Map(SUBGRAPHS.map(({ name }) => [name, createOpener(name, keys)]));

const transport: SubgraphTransport = {
  async call(subgraph, request) {
    const caller = openers.get(subgraph)?.open(request) ?? null;
    const { query, variables } = JSON.parse(request.body) as { query: string; variables: Record<string, unknown> };
    visit(parse(query), {
      Field({ name: { value: field } }) {
        if (FIELDS.includes(field) && !caller?.scopes.includes(`${field}:read`))
          trespasses.push(`${field} for ${caller?.subject}`);
      },
    });
    // callers overtake each other
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    const schema = schemas.get(subgraph);
    if (!schema) throw new Error(`There is no subgraph "${subgraph}".`);
    const result = await graphql({ schema, source: query, variableValues: variables, contextValue: caller?.subject });
    return { status: 200, body: JSON.stringify(result) };
  },
};

/** One for each set of scopes; its subject says which. */
const CALLERS = Array.from({ length: 2 ** FIELDS.length }, (_, set): Caller => {
  const scopes = FIELDS.filter((_field, index) => set & (1 << index)).map((field) => `${field}:read`);
  const subject = `00000000-0000-7000-8000-0000000000${set.toString(16).padStart(2, '0')}`;
  return { ...callerWith(...scopes), subject, client: { name: 'web', version: '1' } };
});

const TEXTS = [
  'query Me { me { id name diet } }',
  'query All { me { id name phone diet note } people { id note } }',
  'query Aliased { me { name: phone id: note diet: name } }',
  'query Spread { me { ...A ...B } } fragment A on Person { phone note } fragment B on Person { note diet }',
  'query Listed { people { id phone diet } }',
];

const lists = await testLists({ web: { mode: 'open', versions: { '1': TEXTS } } });
const startOne = (createEngine?: CreateEngine) =>
  smallGateway({
    createEngine,
    supergraph: composed(SUBGRAPHS.map((each) => ({ ...each, resolvers: {} }))),
    transport,
    operationLists: lists,
    async authenticate(authorization) {
      return CALLERS[Number(authorization?.slice('Bearer '.length))] ?? null;
    },
    settings: {
      clientRates: { budget: { signedIn: 1e9, strangers: 1e9 }, planning: { signedIn: 1e9, strangers: 1e9 } },
    },
  });

const url = await startOne();

let newTexts = 0;

function requestBy(lane: Lane, text: string): object {
  if (lane === 'by id') return { documentId: sha256Of(text) };
  if (lane === 'as a known text') return { query: text };
  newTexts += 1;
  return { query: `${text} # ${newTexts}` };
}

async function ask(caller: number, text: string, lane: Lane, where = url): Promise<string> {
  const response = await fetch(`${where}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${caller}` },
    body: JSON.stringify(requestBy(lane, text)),
  });
  return response.text();
}

/** What a caller gets when nobody else asks at that time, of a gateway of its own. */
const alone = new Map<string, string>();
const quiet = await startOne();
for (const [index] of CALLERS.entries())
  for (const text of TEXTS) alone.set(`${index} ${text}`, await ask(index, text, 'as a new text', quiet));

/** Everything by every caller at once, and what of it differs from what the caller gets alone. */
async function strangeAnswers(where: string): Promise<{ caller: number; text: string; lane: Lane }[]> {
  const all = LANES.flatMap((lane) => TEXTS.flatMap((text) => CALLERS.map((_, caller) => ({ caller, text, lane }))));
  const answers = await Promise.all(all.map(({ caller, text, lane }) => ask(caller, text, lane, where)));
  return all.filter(({ caller, text }, index) => answers[index] !== alone.get(`${caller} ${text}`));
}

const asking = fc.record({
  caller: fc.nat({ max: CALLERS.length - 1 }),
  text: fc.constantFrom(...TEXTS),
  lane: fc.constantFrom(...LANES),
});

describe('as a new text, as a known one, and by id', () => {
  it('a caller gets all that its scopes open, and nothing of anybody else', () => {
    for (const [index, caller] of CALLERS.entries()) {
      const { data } = JSON.parse(alone.get(`${index} ${TEXTS[1]}`) ?? '{}') as {
        data: { me: Record<string, unknown> };
      };
      for (const field of FIELDS)
        expect(data.me[field], `${field} for ${caller.scopes}`).toBe(
          caller.scopes.includes(`${field}:read`) ? valueFor(caller.subject, field) : null,
        );
      for (const text of TEXTS)
        for (const other of CALLERS)
          if (other !== caller) expect(alone.get(`${index} ${text}`)).not.toContain(other.subject);
    }
  });

  it('all callers at once, while nothing is prepared yet, each get what they get alone', async () => {
    expect(await strangeAnswers(url)).toEqual([]);
  });

  it('callers at once, in any order, each get what they get alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asking, { minLength: 2, maxLength: 24 }), async (all) => {
        const answers = await Promise.all(all.map(({ caller, text, lane }) => ask(caller, text, lane)));
        for (const [index, { caller, text }] of all.entries())
          expect(answers[index]).toBe(alone.get(`${caller} ${text}`));
      }),
      { numRuns: 25 },
    );
  });

  it('no subgraph was asked for a field that its caller may not read', () => {
    expect(trespasses).toEqual([]);
  });
});

/** Each forgets whose it is what it has at hand. */
const BUGS: Readonly<Record<string, CreateEngine>> = {
  'remembers what it answered': async (sdl, call) => {
    const engine = (await createCompiledEngine(sdl, call)) as Engine<unknown>;
    const answers = new Map<unknown, ReturnType<typeof engine.execute>>();
    return {
      ...engine,
      execute(plan, ...asked) {
        const answer = answers.get(plan) ?? engine.execute(plan, ...asked);
        answers.set(plan, answer);
        return answer;
      },
    };
  },
  'asks once for all who ask within half a second': async (sdl, call) => {
    const calls = new Map<string, ReturnType<typeof call>>();
    return createCompiledEngine(sdl, (subgraph, operation, request) => {
      const { query, variables } = readied(operation);
      const key = `${subgraph} ${query} ${variables}`;
      const answer =
        calls.get(key) ?? call(subgraph, operation, request).finally(() => setTimeout(() => calls.delete(key), 500));
      calls.set(key, answer);
      return answer;
    });
  },
  'plans an operation once, whatever its caller may read': async (sdl, call) => {
    const engine = (await createCompiledEngine(sdl, call)) as Engine<unknown>;
    const plans = new Map<string, ReturnType<typeof engine.prepare>>();
    return {
      ...engine,
      prepare(document) {
        const name = getOperationAST(document)?.name?.value ?? '';
        const plan = plans.get(name) ?? engine.prepare(document);
        plans.set(name, plan);
        return plan;
      },
    };
  },
};

describe('a gateway whose engine', () => {
  it.each(Object.keys(BUGS))('%s is found', async (bug) => {
    const found = await strangeAnswers(await startOne(BUGS[bug]));
    // of a text that nobody has sent before, an engine may know nothing
    expect(found.map(({ lane }) => lane)).toEqual(expect.arrayContaining(['as a known text', 'by id']));
    trespasses.length = 0;
  });
});
