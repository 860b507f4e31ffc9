/** Who may ask what, as the supergraph states it: closed unless it opens it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readRules } from '../../gateway/policy/rules.ts';
import { ROOT } from './source-files.ts';

const supergraph = parse(readFileSync(join(ROOT, 'schema/supergraph.graphql'), 'utf8'));
const rules = readRules(supergraph);

const fieldsOf = (typeName: string): string[] =>
  supergraph.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === typeName
      ? (node.fields ?? [])
          .filter(({ directives }) => !directives?.some(({ name }) => name.value === 'inaccessible'))
          .map(({ name }) => name.value)
      : [],
  );

const needs = (typeName: string, field: string): string =>
  rules
    .requirementOf(typeName, field)
    .map(({ anyOf }) => anyOf.map((all) => all.join('+')).join(' or ') || 'signed in')
    .join(', ') || 'open';

describe('root fields', () => {
  it('are exactly these, with these scopes', () => {
    const roots = ['Query', 'Mutation'].flatMap((type) =>
      fieldsOf(type).map((field) => `${type}.${field}: ${needs(type, field)}`),
    );
    expect(roots.sort()).toEqual([
      'Mutation.addAbsenceNote: notes:write',
      'Mutation.createCourse: courses:write',
      'Mutation.deletePinnedItem: students:write',
      'Mutation.enrolOnCourse: courses:write',
      'Mutation.openEmergencyAccess: emergency:open',
      'Mutation.pinItem: students:write',
      'Mutation.pushCourse: sharing:manage',
      'Mutation.setGuestFieldAccess: sharing:manage',
      'Mutation.updateGuestProfile: students:write',
      'Mutation.updateStudent: students:write',
      'Query.courses: courses:read',
      'Query.emergencyAccess: emergency:open',
      'Query.emergencyAccesses: sharing:manage',
      'Query.guestProfile: students:read',
      'Query.guestProfiles: students:read',
      'Query.partnerships: sharing:manage',
      'Query.school: schools:read',
      'Query.schoolByDfeNumber: schools:read',
      'Query.schools: schools:read',
      'Query.student: students:read',
      'Query.students: students:read',
      'Query.viewer: signed in',
    ]);
  });
});

describe('fields of a person', () => {
  it.each(['Student', 'GuestProfile', 'EmergencyAccess'])(
    'every accessible field of %s but its id carries a scope',
    (type) => {
      const open = fieldsOf(type).filter((field) => needs(type, field) === 'open');
      expect(open).toEqual(['id']);
    },
  );

  it('the same field needs the same scope at home and as a guest', () => {
    const shared = fieldsOf('GuestProfile').filter((field) => fieldsOf('Student').includes(field));
    expect(shared.length).toBeGreaterThan(25);
    for (const field of shared) expect(needs('GuestProfile', field), field).toBe(needs('Student', field));
  });
});
