import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { createShownExamples, type Example } from './examples.ts';

const EXAMPLE: Example = {
  title: 'One',
  as: 'a@school.example',
  says: '',
  query: '{ one }',
  variables: {},
  filled: [],
};

it('the examples of a graph are looked for once, and anew for the next graph', () => {
  const [first, second] = [buildSchema('type Query { one: Int }'), buildSchema('type Query { two: Int }')];
  const shown = createShownExamples([EXAMPLE]);
  expect(shown(first)).toEqual([EXAMPLE]);
  expect(shown(first)).toBe(shown(first));
  expect(shown(second)).toEqual([]);
});
