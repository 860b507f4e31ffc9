/** A row that an input would write is only checked where the same input says whose it is. */
import { readFileSync } from 'node:fs';
import { type InputValueDefinitionNode, Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

/** Every input object, and every list of arguments, of a supergraph. */
function inputsOf(sdl: string): { name: string; values: readonly InputValueDefinitionNode[] }[] {
  return parse(sdl).definitions.flatMap((node) => {
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [{ name: node.name.value, values: node.fields ?? [] }];
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    return (node.fields ?? []).map((field) => ({
      name: `${node.name.value}.${field.name.value}`,
      values: field.arguments ?? [],
    }));
  });
}

const carries = (directive: string) => (value: InputValueDefinitionNode) =>
  (value.directives ?? []).some(({ name }) => name.value === directive);

const writingNobody = (sdl: string): string[] =>
  inputsOf(sdl)
    .filter(({ values }) => values.some(carries('guestAccess')) && !values.some(carries('guestProfileId')))
    .map(({ name }) => name);

const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

describe('an input with rows of the guest matrix', () => {
  it('names the guest profile beside them', () => {
    expect(inputsOf(sdl).filter(({ values }) => values.some(carries('guestAccess'))).length).toBeGreaterThan(1);
    expect(writingNobody(sdl)).toEqual([]);
  });

  it('is found where it does not', () => {
    const row = '@guestAccess(ceiling: EDIT)';
    const broken = `input Bare { row: String ${row} } input Good { id: ID @guestProfileId row: String ${row} }
      type Mutation { bare(id: ID, row: String ${row}): Int good(ids: [ID!] @guestProfileId, row: String ${row}): Int }`;
    expect(writingNobody(broken)).toEqual(['Bare', 'Mutation.bare']);
  });
});
