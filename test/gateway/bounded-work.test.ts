/**
 * Before anything is planned a text is counted and validated, for anybody who asks. Whatever a thousand tokens say, that
 * takes a bounded number of steps. What is counted is each read of a part of the parsed text, and not the time.
 */
import fc from 'fast-check';
import { buildSchema, type DocumentNode, GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createAdmitDocument } from '../../gateway/operations/admit-document.ts';
import { RequestRefused } from '../../gateway/operations/request-refused.ts';
import { createLimiter, type LimitMode } from '../../gateway/policy/limits/limiter.ts';
import { DEFAULT_LIMITS } from '../../gateway/policy/limits/limits.ts';

/** Of reads. The longest texts that were found take 152,000, and 2,510,000 where limits only measure. */
const MOST_STEPS: Readonly<Record<LimitMode, number>> = { enforce: 500_000, measure: 5_000_000 };

const schema = buildSchema(`
  input Wish { more: [Wish!] names: [String!] }
  type Node { id: ID child: Node children(wish: Wish): [Node!] }
  type Query { node: Node pick(lists: [[[Int]]], wish: Wish): Int }
`);

class TooManySteps extends Error {}

/** The same document, which knows how often something was read from it. */
function counted(document: DocumentNode, most: number) {
  let steps = 0;
  const watch = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(watch);
    const watched = {};
    for (const [key, inner] of Object.entries(value)) {
      const kept = key === 'loc' ? inner : watch(inner);
      const get = () => {
        steps += 1;
        if (steps > most) throw new TooManySteps();
        return kept;
      };
      Object.defineProperty(watched, key, { get, enumerable: true });
    }
    return watched;
  };
  return { document: watch(document) as DocumentNode, steps: () => steps };
}

/** What became of a text: the codes that it was refused with, none where it is admitted. */
function admitted(text: string, mode: LimitMode = 'enforce'): { codes: unknown[]; steps: number } {
  const limiter = createLimiter({ limits: DEFAULT_LIMITS, mode });
  const admit = createAdmitDocument({ limiter, introspection: 'everybody' });
  const { document, steps } = counted(parse(text), MOST_STEPS[mode]);
  try {
    admit({ name: 'whole', schema, completed: schema, inaccessible: new Set() }, text, document, true);
    return { codes: [], steps: steps() };
  } catch (error) {
    const errors = error instanceof RequestRefused ? error.errors : [error];
    const unexpected = errors.find((each) => !(each instanceof GraphQLError));
    if (unexpected) throw unexpected;
    return { codes: (errors as GraphQLError[]).map(({ extensions }) => extensions.code), steps: steps() };
  }
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Each fragment spreads the next one twice, and the last one holds what is said. */
const doubling = (length: number, last: string, type = 'Node'): string =>
  `${times(length, (at) => `fragment F${at} on ${type} { ...F${at + 1} ...F${at + 1} }`)} fragment F${length} on ${type} { ${last} }`;

const ring = (length: number, type: string): string =>
  times(length, (at) => `fragment F${at} on ${type} { ${times(length, (to) => `...F${to}`)} }`);

const BOMBS: readonly (readonly [string, string, unknown])[] = [
  ['ends in no fragment', `{ node { ...F0 } } ${doubling(60, '...Nowhere')}`, 'LIMIT_SELECTIONS'],
  ['ends in inline fragments of none', `{ node { ...F0 } } ${doubling(60, '... { ...Nowhere }')}`, 'LIMIT_SELECTIONS'],
  ['ends in a field', `{ node { ...F0 } } ${doubling(60, 'id')}`, 'LIMIT_FIELDS'],
  ['ends in type names', `{ node { ...F0 } } ${doubling(60, '__typename')}`, 'LIMIT_FIELDS'],
  ['is spread by nobody', `{ node { id } } ${doubling(60, '...Nowhere')}`, 'LIMIT_SELECTIONS'],
  ['ends in a ring', `{ node { ...F0 } } ${doubling(60, '...F0')}`, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'ends in a ring of its own',
    `{ node { ...F0 } } ${doubling(40, '...A')} fragment A on Node { ...A }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['is of introspection', `{ __schema { ...F0 } } ${doubling(60, '...Nowhere', '__Schema')}`, 'LIMIT_SELECTIONS'],
  [
    'is split over operations',
    `${times(60, (at) => `query Q${at} { node { ...F0 } }`)} ${doubling(14, '...Nowhere')}`,
    'LIMIT_SELECTIONS',
  ],
];

describe('a text of fragments that double', () => {
  it.each(BOMBS)('is refused in a bounded number of steps where it %s', (_how, text, code) => {
    for (const mode of ['enforce', 'measure'] as const) {
      const { codes, steps } = admitted(text, mode);
      expect([mode, new Set(codes)]).toEqual([mode, new Set([code])]);
      expect(steps).toBeLessThanOrEqual(MOST_STEPS[mode]);
    }
  });

  it('is counted over all of its operations: three thousand selections pass, one more does not', () => {
    // ten operations of 272 selections each, and one of as many as are left
    const ten = `${times(10, (at) => `query Q${at} { node { ...A } }`)} fragment A on Node { ${times(270, () => 'id')} }`;
    const text = (left: number) => `${ten} query R { node { ${times(left - 1, () => 'id')} } }`;
    expect(admitted(text(280)).codes).toEqual([]);
    expect(admitted(text(281)).codes).toEqual(['LIMIT_SELECTIONS']);
  });
});

describe('validation', () => {
  it.each([
    ['every fragment spreads every other', `{ node { ...F0 } } ${ring(18, 'Node')}`],
    ['every fragment of the introspection does', `{ __schema { ...F0 } } ${ring(18, '__Schema')}`],
    ['fields of one name stand side by side', `{ node { ${times(148, () => 'child { id }')} } }`],
    ['fields of one name differ in their arguments', `{ ${times(70, (at) => `pick(lists: [[[${at}]]])`)} }`],
    [
      'fragments of fields of one name are compared',
      `{ node { ${times(30, (at) => `...F${at}`)} } } ${times(30, (at) => `fragment F${at} on Node { child { id } child { id } }`)}`,
    ],
    ['hundreds of things are wrong', `{ ${times(290, (at) => `x${at}`)} }`],
    ['hundreds of fragments are not there', `{ ${times(480, (at) => `...X${at}`)} }`],
    ['hundreds of operations bear one name', times(190, () => 'query A { x }')],
    ['hundreds of variables are used nowhere', `query (${times(240, (at) => `$a${at}: Int`)}) { node { id } }`],
    ['inline fragments are nested', `{ ${'... { '.repeat(320)}node { id } ${'} '.repeat(320)} }`],
    ['lists are nested', `{ pick(lists: ${'['.repeat(490)}${']'.repeat(490)}) }`],
    ['objects are nested', `{ pick(wish: ${'{ more: '.repeat(240)}[]${' }'.repeat(240)}) }`],
    ['the type of a variable is nested', `query ($a: ${'['.repeat(490)}Int${']'.repeat(490)}) { __typename }`],
  ])('takes a bounded number of steps where %s', (_what, text) => {
    expect(admitted(text).steps).toBeLessThanOrEqual(MOST_STEPS.enforce);
  });
});

describe('any text', () => {
  it('of fragments, known and unknown, in rings and in each other, is admitted or refused in a bounded number of steps', () => {
    let most = 0;
    fc.assert(
      fc.property(TEXT, (text) => {
        most = Math.max(most, admitted(text).steps);
      }),
      { numRuns: 100 },
    );
    expect(most).toBeLessThanOrEqual(MOST_STEPS.enforce);
  });
});

const FRAGMENTS = 14;
const OTHERS = ['id', '__typename', 'a: id', 'nothing', '...Nowhere', '... @include(if: true) { ...Nowhere }'];

/** Mostly spreads, some of them inside something: fields are what the other limits count. */
function selection(spread: string, how: number): string {
  if (how < OTHERS.length) return OTHERS[how] ?? '';
  if (how < 8) return `... { ${spread} ${spread} }`;
  return how < 10 ? `child { ${spread} }` : spread;
}

/** At most 14 times 75 tokens; the parser refuses those over a thousand. */
const TEXT = fc
  .record({
    type: fc.constantFrom('Node', '__Schema', 'Query'),
    isForward: fc.boolean(),
    sets: fc.array(
      fc.array(fc.tuple(fc.nat({ max: FRAGMENTS + 1 }), fc.nat({ max: 29 })), { minLength: 1, maxLength: 9 }),
      { minLength: FRAGMENTS, maxLength: FRAGMENTS },
    ),
  })
  .map(({ type, isForward, sets }) => {
    const root = type === 'Query' ? '...F0' : type === 'Node' ? 'node { ...F0 }' : '__schema { ...F0 }';
    const fragments = sets.map((set, at) => {
      // those that spread only later ones are no ring, and may be followed
      const to = (name: number) => (isForward ? at + 1 + (name % (FRAGMENTS - at + 1)) : name);
      const all = set.map(([name, how]) => selection(`...F${to(name)}`, how));
      return `fragment F${at} on ${type} { ${all.join(' ')} }`;
    });
    return `{ ${root} } ${fragments.join(' ')}`;
  });
