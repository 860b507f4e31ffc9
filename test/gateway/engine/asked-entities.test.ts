/** What subgraphs are told of the objects of an answer: the quick way and the thorough one say the same. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { askedEntities } from '../../../gateway/engine/compiled/asked-entities.ts';
import type { AnswerObject } from '../../../gateway/engine/compiled/places.ts';
import { createPlainEntities } from '../../../gateway/engine/compiled/plain-entities.ts';
import { compileRepresentation } from '../../../gateway/engine/compiled/representations.ts';

const schema = buildSchema(`
  interface Media { id: ID }
  type Film implements Media { id: ID year: Int title: String }
  type Song implements Media { id: ID }
  type Query { media: [Media] }
`);

const leaf = (name: string): QueryPlanSelectionNode => ({ kind: 'Field', name });
const on = (typeCondition: string, ...selections: QueryPlanSelectionNode[]): QueryPlanSelectionNode => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});

const asIs = (name: string): string => name;

function asked(
  requires: readonly QueryPlanSelectionNode[],
  targets: readonly AnswerObject[],
  sentAs: (name: string) => string | null = asIs,
) {
  const represent = compileRepresentation(schema, requires, sentAs);
  const plainOf = createPlainEntities({ schema, selections: requires, sentAs, isAskable: () => true });
  const quick = askedEntities(targets, plainOf, represent);
  expect(quick).toEqual(askedEntities(targets, () => null, represent));
  return { ...quick, plain: targets.map(({ __typename }) => plainOf(String(__typename)) !== null) };
}

const film = (id: unknown, more: object = {}): AnswerObject => ({ __typename: 'Film', id, ...more });
const song = (id: unknown): AnswerObject => ({ __typename: 'Song', id });
const BY_ID = [leaf('__typename'), leaf('id')];

describe('entities are asked for', () => {
  it('once each, whatever stands between two places of one', () => {
    const { representations, askedFor, plain } = asked(
      [on('Media', ...BY_ID)],
      [film('1'), song('1'), film('2'), film('1'), song('1')],
    );
    expect(representations).toEqual([
      '{"__typename":"Film","id":"1"}',
      '{"__typename":"Song","id":"1"}',
      '{"__typename":"Film","id":"2"}',
    ]);
    expect(askedFor).toEqual([0, 1, 2, 0, 1]);
    expect(plain).not.toContain(false);
  });

  it('by keys of any kind: a number is not the text that it is written as, and objects are the same where they say the same', () => {
    const { representations, askedFor } = asked(
      [on('Film', ...BY_ID)],
      [film(1), film('1'), film(null), film({ a: 1 }), film({ a: 1 }), film(null), film(1), film('{"a":1}')],
    );
    expect(representations.map((text) => JSON.parse(text).id)).toEqual([1, '1', null, { a: 1 }, '{"a":1}']);
    expect(askedFor).toEqual([0, 1, 2, 3, 3, 2, 0, 4]);
  });

  it('not where an object lacks a field, is of another type, or of none', () => {
    const { representations, askedFor } = asked(
      [on('Film', ...BY_ID, leaf('year'))],
      [film('1'), song('1'), { id: '1' }, film('1', { year: 1 }), { __typename: 'Nothing', id: '1' }],
    );
    expect(representations).toEqual(['{"__typename":"Film","id":"1","year":1}']);
    expect(askedFor).toEqual([-1, -1, -1, 0, -1]);
  });

  it('with fields of several fragments, where they hold for one type', () => {
    const { representations, plain } = asked(
      [on('Media', ...BY_ID), on('Film', leaf('year'))],
      [film('1', { year: 1 }), film('2'), song('3')],
    );
    expect(representations).toEqual([
      '{"__typename":"Film","id":"1","year":1}',
      '{"__typename":"Film","id":"2"}',
      '{"__typename":"Song","id":"3"}',
    ]);
    expect(plain).toEqual([false, false, true]);
  });

  it('under the names by which the subgraph knows the fields, without those that it does not need', () => {
    const sentAs = (name: string) => (name === 'title' ? null : name === 'year' ? 'since' : name);
    const { representations } = asked(
      [on('Film', leaf('year'), leaf('title'), ...BY_ID)],
      [film('1', { year: 2 })],
      sentAs,
    );
    expect(representations).toEqual(['{"since":2,"__typename":"Film","id":"1"}']);
  });

  it('with a field of a name that every object has only where the answer says it', () => {
    const requires = [on('Film', ...BY_ID, leaf('constructor'))];
    const { representations, askedFor } = asked(requires, [film('1'), film('2', { constructor: null })]);
    expect(representations).toEqual(['{"__typename":"Film","id":"2","constructor":null}']);
    expect(askedFor).toEqual([-1, 0]);
  });
});
