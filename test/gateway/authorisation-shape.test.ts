/** What of two callers is told apart by the key of a prepared operation: the verdicts that it asks for, and nothing else. */
import fc from 'fast-check';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { restrict } from '../../gateway/policy/authorisation.ts';
import { createShapes, type Verdicts } from '../../gateway/policy/authorisation-shape.ts';
import { readRules } from '../../gateway/policy/rules.ts';
import { type Caller, ROLES } from '../../subgraphs/kernel/caller.ts';
import { meets } from '../../subgraphs/kernel/scopes.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { callerWith, composed, smallGraph } from './small-graph.ts';

const scopes = (...all: string[]): string => `@requiresScopes(scopes: ${JSON.stringify(all.map((each) => [each]))})`;

const SUBGRAPH = {
  name: 'people',
  typeDefs: `
    type Query { person: Person node: Node pet: Pet root: String ${scopes('c')} }
    interface Node { id: ID! label: String next: Node }
    type Person implements Node { id: ID! label: String ${scopes('a')} next: Node
      b: String ${scopes('b')} aOrB: String ${scopes('a', 'b')} ab: String @requiresScopes(scopes: [["a", "b"]])
      inside: String @authenticated lead: String @policy(policies: [["role:DATA_LEAD"], ["client:web"]]) pet: Pet }
    type Dog implements Node { id: ID! label: String ${scopes('b')} next: Node pet: Pet }
    type Fish implements Node ${scopes('d')} { id: ID! label: String next: Node }
    union Pet = Dog | Fish`,
  resolvers: {},
};

const { apiSchema, document: supergraph } = openSupergraph(composed([SUBGRAPH]));
const rules = readRules(supergraph);

const caller: fc.Arbitrary<Caller | null> = fc.option(
  fc
    .record({
      scopes: fc.subarray(['a', 'b', 'c', 'd']),
      role: fc.constantFrom(...ROLES),
      client: fc.constantFrom(null, { name: 'web', version: '1' }, { name: 'other', version: '1' }),
    })
    .map((some): Caller => ({ ...callerWith(), ...some })),
);

const FIELDS = {
  Person: ['id', 'label', 'b', 'aOrB', 'ab', 'inside', 'lead'],
  Dog: ['id', 'label'],
  Fish: ['id', 'label'],
  Node: ['id', 'label'],
} as const;

/** Selections on a type: leaves, objects below them, fragments of a narrower type. */
const { selection } = fc.letrec<{ selection: string; person: string; node: string; pet: string }>((tie) => {
  const leaves = (type: keyof typeof FIELDS) => fc.constantFrom(...FIELDS[type]).map(aliased);
  const some = (...each: fc.Arbitrary<string>[]) =>
    fc.array(fc.oneof(...each), { minLength: 1, maxLength: 4 }).map((all) => all.join(' '));
  return {
    person: some(
      leaves('Person'),
      tie('node').map((inner) => `next { ${inner} }`),
      tie('pet').map((inner) => `pet { ${inner} }`),
      fc.constant('...F'),
    ),
    node: some(
      leaves('Node'),
      tie('person').map((inner) => `... on Person { ${inner} }`),
      leaves('Dog').map((inner) => `... on Dog { ${inner} }`),
    ),
    pet: some(
      fc.constant('__typename'),
      leaves('Fish').map((inner) => `... on Fish { ${inner} }`),
      leaves('Dog').map((inner) => `... on Dog { ${inner} }`),
    ),
    selection: some(
      tie('person').map((inner) => `person { ${inner} }`),
      tie('node').map((inner) => `node { ${inner} }`),
      tie('pet').map((inner) => `pet { ${inner} }`),
      fc.constant('root'),
    ),
  };
});

let aliases = 0;
function aliased(field: string): string {
  aliases += 1;
  return `a${aliases}: ${field}`;
}

function read(text: string): { document: ReturnType<typeof parse>; operation: OperationDefinitionNode } {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Expected an operation first.');
  return { document, operation };
}

/** What a caller is left with, and every answer to whether a field is left out. */
function outcome({ document, operation }: ReturnType<typeof read>, verdicts: Verdicts): unknown {
  const { document: left, leftOut, errors } = restrict(apiSchema, rules, document, operation, verdicts);
  return { left, leftOut, paths: errors.map(({ path }) => path) };
}

const direct = (who: Caller | null): Verdicts => ({ isMet: (requirement) => meets(who, requirement) });

const FRAGMENTS = 'fragment F on Person { label pet { ...G } } fragment G on Dog { id pet { ... on Fish { label } } }';

const operation = selection.map((text) => read(`{ ${text} } ${text.includes('...F') ? FRAGMENTS : ''}`));

describe('an authorisation shape', () => {
  it('leaves each caller exactly what the rules leave: the same key is never another verdict', () => {
    fc.assert(
      fc.property(operation, fc.array(caller, { minLength: 2, maxLength: 8 }), (asked, callers) => {
        const shape = createShapes(apiSchema, rules)(asked.document, asked.operation);
        for (const who of callers)
          expect(outcome(asked, shape.verdicts(shape.keyFor(who)))).toEqual(outcome(asked, direct(who)));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same for callers whom the operation’s fields do not tell apart', () => {
    const { document, operation: asked } = read('{ person { aOrB } }');
    const shape = createShapes(apiSchema, rules)(document, asked);
    const [one, other, none] = [callerWith('a', 'c'), callerWith('b', 'd'), callerWith('c')];
    expect([shape.keyFor(one), shape.keyFor(other), shape.keyFor(none), shape.keyFor(null)]).toEqual([
      '1',
      '1',
      '0',
      '0',
    ]);
  });

  it('tells apart what an interface’s field may turn out to be', () => {
    const { document, operation: asked } = read('{ node { label } }');
    const shape = createShapes(apiSchema, rules)(document, asked);
    const keys = [[], ['a'], ['b'], ['a', 'b'], ['a', 'b', 'd']].map((held) => shape.keyFor(callerWith(...held)));
    expect(new Set(keys).size).toBe(5);
  });

  it('knows nothing of a requirement that the operation does not state', () => {
    const { document, operation: asked } = read('{ person { b } }');
    const shape = createShapes(apiSchema, rules)(document, asked);
    const { isMet } = shape.verdicts(shape.keyFor(callerWith('a', 'b')));
    expect([isMet(rules.requirementOf('Person', 'b')), isMet(rules.requirementOf('Person', 'label'))]).toEqual([
      true,
      false,
    ]);
    expect(isMet([])).toBe(true);
  });
});

describe('what is prepared of an operation', () => {
  it('is prepared once for all callers of the same verdicts', async () => {
    let prepared = 0;
    const preparing = <Made>(make: () => Made): Made => {
      prepared += 1;
      return make();
    };
    const preparation = { kept() {}, preparing };
    const { run } = await smallGraph([SUBGRAPH], undefined, { preparation });
    for (const held of [['a'], ['b', 'd'], ['a', 'b', 'c'], [], ['c']])
      await run('{ person { aOrB } }', { caller: callerWith(...held) });
    // by text, and by id
    expect(prepared).toBe(2 + 2);
  });
});
