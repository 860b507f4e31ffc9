import { readFileSync } from 'node:fs';
import { Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

const SDL = readFileSync('subgraphs/students/schema.graphql', 'utf8');
const { definitions } = parse(SDL);

/** What is the same in every list, and says itself. */
const isPaging = ({ name }: Pick<ObjectTypeDefinitionNode, 'name'>): boolean =>
  /(Connection|Edge|^PageInfo)$/.test(name.value);

describe('the schema of students', () => {
  it('describes every field of what is read and of what is written', () => {
    const fields = definitions.flatMap((type) =>
      (type.kind === Kind.OBJECT_TYPE_DEFINITION ||
        type.kind === Kind.INTERFACE_TYPE_DEFINITION ||
        type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) &&
      !isPaging(type)
        ? (type.fields ?? []).map((field) => ({ place: `${type.name.value}.${field.name.value}`, field }))
        : [],
    );
    expect(fields.length).toBeGreaterThan(200);
    expect(fields.filter(({ field }) => !field.description).map(({ place }) => place)).toEqual([]);
  });

  it('has a name of its own for the half-days of the register', () => {
    const names = definitions.flatMap((type) => (type.kind === Kind.ENUM_TYPE_DEFINITION ? [type.name.value] : []));
    expect(names).toContain('RegisterSession');
    expect(names).not.toContain('Session');
  });
});
