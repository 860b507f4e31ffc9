/** The quick way to an answer: the same as completion makes wherever it says anything, and it never hides what went wrong. */
import fc from 'fast-check';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { completeData } from '../../gateway/operations/completion.ts';
import { createProjections } from '../../gateway/operations/projection.ts';
import { createResponseKeys } from '../../gateway/operations/response-keys.ts';

const schema = buildSchema(`
  type Query { thing: Thing  things: [Thing!]!  grid: [[Int]]  any: [Any]  node: Node  constructor: String  strict: String! }
  interface Node { id: ID! }
  type Thing implements Node { id: ID!  name: String  size: Float  isOn: Boolean!  shade: Shade  more: Thing  secret: String  blob: Blob }
  type Other implements Node { id: ID!  name: [String!] }
  union Any = Thing | Other
  enum Shade { DARK LIGHT HIDDEN }
  scalar Blob
`);
const view = { name: 'whole', schema, completed: schema, inaccessible: new Set(['Shade.HIDDEN']) } as const;
const rules = { interfaceObjects: new Set<string>() };
const OPERATIONS = [
  '{ thing { id name size isOn shade more { isOn } } strict constructor }',
  '{ things { b: id a: name id isOn blob } grid __typename }',
  '{ any { __typename ... on Thing { name isOn } ... on Other { name } ... on Node { id } } node { id ...T } } fragment T on Thing { size more { id secret } }',
  'query ($if: Boolean!) { thing @include(if: $if) { id @skip(if: $if) name } thing { isOn } grid }',
  '{ thing { __proto__: id name } }',
  '{ thing { secret id } things { secret } }',
  '{ __schema { queryType { name } } grid }',
];

function prepared(text: string) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('Expected one operation.');
  const { plannedKey } = createResponseKeys(schema, new Set()).makeSafe(document);
  const isLeftOut = (_type: string, field: string) => field === 'secret';
  const projectionFor = createProjections(
    schema,
    view.inaccessible,
    { document, operation, plannedKey, isLeftOut },
    32,
  );
  return {
    document,
    operation,
    restricted: { isLeftOut },
    plannedKey,
    projectionFor,
  };
}

/** What a subgraph may say: mostly as it should be, and anything at all now and then. */
const leaf = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('DARK', 'text', 'HIDDEN') },
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(2 ** 31),
);
const { thing } = fc.letrec<{ thing: unknown; any: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, leaf, tie('thing'), fc.array(tie('thing'), { maxLength: 2 })),
  thing: fc.record(
    {
      __typename: fc.constantFrom('Thing', 'Other', 'Thing', 'Nobody', null),
      id: fc.oneof({ weight: 5, arbitrary: fc.string() }, leaf),
      alias_b: fc.oneof({ weight: 5, arbitrary: fc.string() }, leaf),
      name: fc.oneof({ weight: 5, arbitrary: fc.string() }, leaf, fc.array(fc.string())),
      alias_a: fc.string(),
      alias___proto__: fc.string(),
      size: fc.oneof({ weight: 5, arbitrary: fc.double({ noNaN: true }) }, leaf),
      isOn: fc.oneof({ weight: 9, arbitrary: fc.boolean() }, leaf),
      shade: fc.constantFrom('DARK', 'LIGHT', 'HIDDEN', 'OTHER', null),
      secret: fc.string(),
      blob: fc.oneof(fc.jsonValue(), leaf),
      more: fc.oneof({ maxDepth: 2 }, fc.constant(null), tie('thing')),
    },
    { requiredKeys: ['isOn', 'id', 'alias_b', '__typename'] },
  ),
}));
const list = (of: fc.Arbitrary<unknown>) => fc.oneof({ weight: 6, arbitrary: fc.array(of, { maxLength: 3 }) }, leaf);
const data = fc.record(
  {
    thing: fc.oneof({ weight: 6, arbitrary: thing }, leaf),
    things: list(thing),
    grid: list(fc.oneof({ weight: 5, arbitrary: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 2 }) }, leaf)),
    any: list(fc.oneof({ weight: 5, arbitrary: thing }, fc.constant(null))),
    node: fc.oneof({ weight: 5, arbitrary: thing }, fc.constant(null)),
    constructor: fc.string(),
    strict: fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.constant(null)),
  },
  { requiredKeys: ['strict', 'things'] },
);

describe('the quick way to an answer', () => {
  it.each(OPERATIONS)('%s: is the same as completion’s, or none', (text) => {
    const operation = prepared(text);
    let quick = 0;
    fc.assert(
      fc.property(data, fc.boolean(), (said, isIf) => {
        const variables = { if: isIf };
        const answered = JSON.parse(JSON.stringify(said));
        const projected = operation.projectionFor(variables).project(answered);
        if (!projected) return;
        quick += 1;
        const completed = completeData(rules, { ...operation, view }, variables, answered, () => {});
        expect(completed.errors).toEqual([]);
        expect(JSON.stringify(projected)).toBe(JSON.stringify(completed.data));
      }),
      { numRuns: 400, seed: 7 },
    );
    // for which it is not made
    if (!/__proto__|__schema/.test(text)) expect(quick).toBeGreaterThan(20);
  });

  it('is told to the engine where texts can have it, as clients see it', () => {
    const askedOf = (text: string) => prepared(text).projectionFor({}).asked;
    expect(askedOf('{ thing { __typename id shade more { size isOn } } grid strict }')).toEqual({
      type: 'Query',
      fields: [
        {
          key: 'thing',
          value: {
            kind: 'object',
            isNullable: true,
            object: {
              type: 'Thing',
              fields: [
                { key: '__typename', value: { kind: 'type name' } },
                { key: 'id', value: { kind: 'leaf', isNullable: false, leaf: 'string' } },
                { key: 'shade', value: { kind: 'leaf', isNullable: true, leaf: ['DARK', 'LIGHT'] } },
                {
                  key: 'more',
                  value: {
                    kind: 'object',
                    isNullable: true,
                    object: {
                      type: 'Thing',
                      fields: [
                        { key: 'size', value: { kind: 'leaf', isNullable: true, leaf: 'float' } },
                        { key: 'isOn', value: { kind: 'leaf', isNullable: false, leaf: 'boolean' } },
                      ],
                    },
                  },
                },
              ],
            },
          },
        },
        { key: 'grid', value: { kind: 'list', isNullable: true, item: LIST_OF_INT } },
        { key: 'strict', value: { kind: 'leaf', isNullable: false, leaf: 'string' } },
      ],
    });
    for (const text of [
      '{ grid things { name: id } }',
      '{ any { __typename } }',
      '{ node { id } }',
      '{ thing { secret } }',
    ])
      expect(askedOf(text)).toBeNull();
    expect(askedOf('{ __schema { queryType { name } } grid }')).toBeNull();
  });
});

const LIST_OF_INT = {
  kind: 'list',
  isNullable: true,
  item: { kind: 'leaf', isNullable: true, leaf: 'int' },
};
