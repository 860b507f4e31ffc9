/** The descriptions are the documentation of whoever explores the graph: nothing of it goes without. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DefinitionNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

/** What is the same in every list, and says itself. */
const isPaging = ({ name }: Pick<ObjectTypeDefinitionNode, 'name'>): boolean =>
  /(Connection|Edge|^PageInfo)$/.test(name.value);

const isRoot = ({ name }: Pick<ObjectTypeDefinitionNode, 'name'>): boolean => /^(Query|Mutation)$/.test(name.value);

const undescribed = (definition: DefinitionNode): string[] => {
  if (
    definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
    definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
    definition.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION
  )
    return [];
  if (isPaging(definition)) return [];
  const type = definition.name.value;
  const fields = (definition.fields ?? []).filter(({ description }) => !description);
  return [
    ...(definition.description || isRoot(definition) ? [] : [type]),
    ...fields.map(({ name }) => `${type}.${name.value}`),
  ];
};

const schemas = globSync('subgraphs/*/schema.graphql', { cwd: ROOT }).sort();

describe('descriptions', () => {
  it('are looked for in every subgraph', () => {
    expect(schemas.length).toBeGreaterThanOrEqual(2);
  });

  it.each(schemas)('%s describes every type and field of what is read and of what is written', (path) => {
    const { definitions } = parse(readFileSync(join(ROOT, path), 'utf8'));
    expect(definitions.length).toBeGreaterThan(20);
    expect(definitions.flatMap(undescribed)).toEqual([]);
  });
});
