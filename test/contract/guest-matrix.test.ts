/** The matrix lives once as data; the directives of the schema say the same. */
import { type ConstDirectiveNode, type DefinitionNode, Kind, parse, valueFromASTUntyped } from 'graphql';
import { describe, expect, it } from 'vitest';
import { subgraphSchemas } from '../../schema/subgraph-schemas.ts';
import { GUEST_FIELDS, guestField } from '../../subgraphs/kernel/guest-access/matrix.ts';

interface Application {
  place: string;
  row: string;
  levels: Record<string, unknown>;
}

const applications: Application[] = subgraphSchemas().flatMap(({ sdl }) =>
  parse(sdl).definitions.flatMap(applicationsIn),
);

function applicationsIn(node: DefinitionNode): Application[] {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) return [];
  return (node.fields ?? []).flatMap((field) =>
    (field.directives ?? [])
      .filter(({ name }) => name.value === 'guestAccess')
      .map((directive) => {
        const { field: row, ...levels } = argumentsOf(directive);
        return { place: `${node.name.value}.${field.name.value}`, row: String(row ?? field.name.value), levels };
      }),
  );
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  );
}

/** Rows whose fields come with the assessments and the lessons' register. */
const WITHOUT_A_FIELD_YET = ['lessonAttendance', 'ownAssessments', 'otherAssessments'];

describe('the guest matrix', () => {
  it.each(applications)('$place states row $row as the matrix has it', ({ row, levels }) => {
    const { default: level, ceiling, floor, reason } = guestField(row) ?? {};
    expect(levels).toEqual({ default: level, ceiling, floor, reason });
  });

  it('every synced row is shown by a field of GuestProfile', () => {
    const shown = new Set(applications.filter(({ place }) => place.startsWith('GuestProfile.')).map(({ row }) => row));
    const missing = GUEST_FIELDS.filter(({ name, reason }) => reason !== 'NOT_SYNCED' && !shown.has(name)).map(
      ({ name }) => name,
    );
    expect(missing).toEqual(WITHOUT_A_FIELD_YET);
  });

  it('S0-15 S0-16 no row that is not synced has a field on GuestProfile', () => {
    const fields = subgraphSchemas().flatMap(({ sdl }) =>
      parse(sdl).definitions.flatMap((node) =>
        node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'GuestProfile'
          ? (node.fields ?? []).map(({ name }) => name.value)
          : [],
      ),
    );
    expect(fields.length).toBeGreaterThan(30);
    for (const { name } of GUEST_FIELDS.filter(({ reason }) => reason === 'NOT_SYNCED'))
      expect(fields).not.toContain(name);
  });

  it('every field of GuestProfile but its plumbing states its row', () => {
    const stated = new Set(applications.map(({ place }) => place));
    const open = ['id', 'guestGrant', 'homeSchool', 'teachingSchool', 'fieldAccess'];
    const unstated = subgraphSchemas().flatMap(({ sdl }) =>
      parse(sdl).definitions.flatMap((node) =>
        node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'GuestProfile'
          ? (node.fields ?? [])
              .map(({ name }) => name.value)
              .filter((name) => !open.includes(name) && !stated.has(`GuestProfile.${name}`))
          : [],
      ),
    );
    expect(unstated).toEqual([]);
  });

  it('S0-13 S0-14 what a teaching school may edit is what it records itself, and evidence for access arrangements', () => {
    expect(GUEST_FIELDS.filter(({ ceiling }) => ceiling === 'EDIT').map(({ name }) => name)).toEqual([
      'accessArrangements',
      'ownAbsenceNotes',
      'lessonAttendance',
      'ownAssessments',
    ]);
  });
});
