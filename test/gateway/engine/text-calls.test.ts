/** Which answers are not put together from texts, whatever a planner makes of an operation. */
import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { OperationTypeNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { AskedField, AskedObject } from '../../../gateway/engine/asked-answer.ts';
import { createCompileCall } from '../../../gateway/engine/compiled/compile-call.ts';
import { type FetchStep, stepsOf } from '../../../gateway/engine/compiled/steps.ts';
import { compileInTexts } from '../../../gateway/engine/compiled/texts/answer-in-texts.ts';
import { entityCall } from '../../../gateway/engine/compiled/texts/text-calls.ts';

const compileCall = createCompileCall({
  shapeOf: () => ({ fits: () => true }),
  callSubgraph: () => Promise.reject(new Error('Nothing is called here.')),
});

const leaf = (key: string): AskedField => ({ key, value: { kind: 'leaf', isNullable: false, leaf: 'string' } });
const inBook = (...fields: AskedField[]): AskedObject => ({
  type: 'Query',
  fields: [{ key: 'book', value: { kind: 'object', isNullable: true, object: { type: 'Book', fields } } }],
});

const fetch = (operation: string, requires?: QueryPlanSelectionNode[]): FetchNode => ({
  kind: 'Fetch',
  serviceName: 'a',
  operation,
  operationName: undefined,
  operationKind: OperationTypeNode.QUERY,
  operationDocumentNode: parse(operation),
  ...(requires && { requires }),
});
const told = (type: string, ...names: string[]): QueryPlanSelectionNode[] => [
  { kind: 'InlineFragment', typeCondition: type, selections: names.map((name) => ({ kind: 'Field', name })) },
];
const ofBook = (fields: string, requires = told('Book', '__typename', 'id')): FetchNode =>
  fetch(`query ($representations: [_Any!]!) { _entities(representations: $representations) { ${fields} } }`, requires);

/** Of a book, and then of what else is asked of it. */
const isInTexts = (asked: AskedObject, root: string, ...more: FetchNode[]): boolean => {
  const then = more.map((node) => ({ kind: 'Flatten' as const, path: ['book'], node }));
  const plan = stepsOf({ kind: 'Sequence', nodes: [fetch(`{ book { ${root} } }`), ...then] });
  return compileInTexts(plan, asked, compileCall) !== null;
};

const STARS = ofBook('... on Book { stars }');

describe('an answer is put together from texts', () => {
  it('where all that was asked has its place in one of them', () => {
    expect(isInTexts(inBook(leaf('title'), leaf('stars')), '__typename id title', STARS)).toBe(true);
  });

  it.each<[string, AskedObject, string, ...FetchNode[]]>([
    ['a field is asked for twice', inBook(leaf('title')), 'title title'],
    ['a field is asked for under another type', inBook(leaf('title')), '... on Thing { title }'],
    ['a field is of no call', inBook(leaf('title'), leaf('stars')), '__typename id title'],
    ['a field is of two calls', inBook(leaf('title')), '__typename id title', ofBook('... on Book { title }')],
    ['a call has nothing that was asked', inBook(leaf('title')), '__typename id title', STARS],
    ['an object is asked for that nobody wants', inBook(leaf('title')), 'title place { row }'],
    ['an entity has no name of its type', inBook(leaf('title'), leaf('stars')), 'id title', STARS],
    ['an entity has no key', inBook(leaf('title'), leaf('stars')), '__typename title', STARS],
    [
      'an entity is told by what another call is asked',
      inBook(leaf('isbn'), leaf('stars')),
      '__typename id',
      ofBook('... on Book { isbn }'),
      ofBook('... on Book { stars }', told('Book', '__typename', 'isbn')),
    ],
    [
      'an entity is told by its type alone',
      inBook(leaf('stars')),
      '__typename id',
      ofBook('... on Book { stars }', told('Book', '__typename')),
    ],
    [
      'an entity is told by more than leaves',
      inBook(leaf('stars')),
      '__typename id',
      ofBook('... on Book { stars }', [
        {
          kind: 'InlineFragment',
          typeCondition: 'Book',
          selections: [
            { kind: 'Field', name: '__typename' },
            { kind: 'Field', name: 'id', selections: [{ kind: 'Field', name: 'of' }] },
          ],
        },
      ]),
    ],
    [
      'entities are of several types',
      inBook(leaf('stars')),
      '__typename id',
      ofBook('... on Book { stars }', [...told('Book', '__typename', 'id'), ...told('Film', '__typename', 'id')]),
    ],
    [
      'entities are of an interface',
      inBook(leaf('stars')),
      '__typename id',
      ofBook('... on Book { stars }', told('Media', '__typename', 'id')),
    ],
  ])('not where %s', (_why, asked, root, ...more) => {
    expect(isInTexts(asked, root, ...more)).toBe(false);
  });

  it('not where a root is asked for below the root, or a call is made under a condition', () => {
    const [asked, root] = [inBook(leaf('title')), fetch('{ book { title } }')];
    const compiled = (node: Parameters<typeof stepsOf>[0]) => compileInTexts(stepsOf(node), asked, compileCall);
    expect(compiled(root)).not.toBeNull();
    expect(compiled({ kind: 'Flatten', path: ['book'], node: root })).toBeNull();
    expect(compiled({ kind: 'Condition', condition: 'if', ifClause: root })).toBeNull();
  });

  it('not where entities of one call are shown in two ways', () => {
    const step: FetchStep = { kind: 'fetch', fetch: ofBook('... on Book { stars title }'), paths: [['a'], ['b']] };
    const others = { at: () => [], newLeaf: () => 0 };
    const call = entityCall({ step, number: 0 }, { compileCall, others, newPlace: () => 0 });
    const book = (...fields: AskedField[]): AskedObject => ({ type: 'Book', fields });
    call.placeAt(['a'], book(leaf('stars')));
    expect(() => call.placeAt(['b'], book(leaf('title')))).toThrow('differ');
    expect(() => call.compile()).toThrow('no text');
    call.placeAt(['b'], book(leaf('stars')));
    call.compile();
  });
});
