/** What operations on our own graph cost: what people do is far below the limit, what nobody needs is above it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OperationDefinitionNode, parse, validate, valueFromASTUntyped } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readExamples } from '../../gateway/pages/sandbox/examples.ts';
import { createCostOf } from '../../gateway/policy/cost/operation-cost.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { DEFAULT_LIMITS } from '../../gateway/policy/limits/limits.ts';
import { readRules } from '../../gateway/policy/rules.ts';
import { ROOT } from '../contract/source-files.ts';
import { openSupergraph } from '../kit/supergraph.ts';

const { document: supergraph, apiSchema } = openSupergraph(
  readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'),
);
const sizes = { assumed: DEFAULT_FRONT.assumedListSize, refuses: true };
const costOf = createCostOf(apiSchema, readRules(supergraph).costs, sizes);

/** The highest of a text's operations, with what they say of variables that are not given. */
function cost(text: string, given: Record<string, unknown> = {}): number {
  const document = parse(text);
  expect(validate(apiSchema, document)).toEqual([]);
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
  );
  const defaults = operations.flatMap(({ variableDefinitions = [] }) =>
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  const variables = { ...Object.fromEntries(defaults), ...given };
  return Math.max(...operations.map((operation) => costOf(document, operation)(variables)));
}

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
/** As a shell hands them to curl. */
const inReadme = [...README.matchAll(/"query":\s*"((?:[^"\\]|\\.)*)"\s*\}'/g)].map(([, text = '']) =>
  text.replace("'$GUEST'", 'gst_1').replaceAll('\\"', '"'),
);

const examples = readExamples();
/** By client and name. */
const published = globSync('schema/operations/*/persisted-query-manifest.json', { cwd: ROOT }).flatMap((path) => {
  const { operations } = JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as {
    operations: { name: string; body: string }[];
  };
  return operations.map(({ name, body }): [string, string] => [`${path.split('/').at(-2)}: ${name}`, body]);
});
const everything = examples.find(({ title }) => title === 'Guests of a teaching school')?.query ?? '';

describe('the cost of operations that are shown', () => {
  it.each(examples)('of the sandbox is low: $title', ({ query, variables }) => {
    expect(cost(query, variables)).toBeLessThan(DEFAULT_LIMITS.cost / 4);
  });

  it('of the README is low', () => {
    expect(inReadme.length).toBeGreaterThanOrEqual(6);
    for (const text of inReadme) expect(cost(text)).toBeLessThan(DEFAULT_LIMITS.cost / 4);
  });

  it.each(published)('of those that are published is low: %s', (_name, body) => {
    expect(cost(body)).toBeLessThan(DEFAULT_LIMITS.cost / 4);
  });
});

describe('a page of a hundred guests', () => {
  it('passes with everything that is known of them', () => {
    expect(cost(everything, { first: 100 })).toBeLessThanOrEqual(DEFAULT_LIMITS.cost);
  });

  it('is over the limit fifteen times in one operation, however little is asked of each', () => {
    const aliased = (count: number): string =>
      Array.from({ length: count }, (_, index) => `a${index}: guestProfiles(first: 100) { nodes { id } }`).join(' ');
    expect(cost(`{ ${aliased(15)} }`)).toBeGreaterThan(DEFAULT_LIMITS.cost);
    expect(cost(`{ ${aliased(5)} }`)).toBeLessThan(DEFAULT_LIMITS.cost);
  });
});
