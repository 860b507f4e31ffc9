import { readFileSync } from 'node:fs';
import { type ObjectTypeDefinitionNode, parse, valueFromASTUntyped } from 'graphql';
import { describe, expect, it } from 'vitest';
import { GUEST_FIELDS } from '../../kernel/guest-access/matrix.ts';
import { canBePinned, mayRead, scopesReading, unreadable } from './field-scopes.ts';
import { STUDENT_FIELDS } from './student-changes.ts';

const schema = parse(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));

/** Field → the scopes of which one is needed, as the schema says. */
function scopesOfType(name: string): Map<string, string[]> {
  const type = schema.definitions.find(
    (each): each is ObjectTypeDefinitionNode => each.kind === 'ObjectTypeDefinition' && each.name.value === name,
  );
  const fields = (type?.fields ?? []).flatMap(({ name: field, directives = [] }) => {
    const scopes = directives.find((each) => each.name.value === 'requiresScopes')?.arguments?.[0];
    return scopes ? [[field.value, (valueFromASTUntyped(scopes.value) as string[][]).flat()] as const] : [];
  });
  return new Map(fields);
}

describe('the scope that reads a field', () => {
  it.each(['Student', 'GuestProfile'])('is the schema’s, for every field of %s', (type) => {
    const fields = scopesOfType(type);
    expect(fields.size).toBeGreaterThan(25);
    for (const [field, scopes] of fields)
      expect([field, scopesReading(field).toSorted()]).toEqual([field, scopes.toSorted()]);
  });

  it('is known for every field that can be changed and every row of the matrix', () => {
    for (const field of [...STUDENT_FIELDS, ...GUEST_FIELDS.map(({ name }) => name)])
      expect([field, scopesReading(field).length]).not.toEqual([field, 0]);
  });

  it('is one of several where the schema gives alternatives', () => {
    expect(mayRead(['students:catering'], 'freeSchoolMeals')).toBe(true);
    expect(mayRead(['students:eligibility'], 'freeSchoolMeals')).toBe(true);
    expect(mayRead(['students:catering'], 'inCare')).toBe(false);
    expect(mayRead([], 'displayName')).toBe(false);
  });

  it('does not exist for a field that does not: nobody reads it', () => {
    expect(unreadable(['students:read'], ['sex', 'horoscope', 'constructor', 'upn'])).toEqual([
      'horoscope',
      'constructor',
      'upn',
    ]);
  });
});

it('an item is pinned about what the home school records, kept at home or not', () => {
  for (const row of ['medicalConditions', 'detentions', 'safeguarding', 'homeAbsenceNotes'])
    expect(canBePinned(row)).toBe(true);
  for (const row of ['ownAbsenceNotes', 'lessonAttendance', 'dates', 'pinnedItems', '', 'horoscope'])
    expect(canBePinned(row)).toBe(false);
});
