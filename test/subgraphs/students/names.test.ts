import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

const { definitions } = parse(readFileSync('subgraphs/students/schema.graphql', 'utf8'));

describe('the schema of students', () => {
  it('has a name of its own for the half-days of the register', () => {
    const names = definitions.flatMap((type) => (type.kind === Kind.ENUM_TYPE_DEFINITION ? [type.name.value] : []));
    expect(names).toContain('RegisterSession');
    expect(names).not.toContain('Session');
  });
});
