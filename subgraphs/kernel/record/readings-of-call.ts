/** What one call to a subgraph puts on record: what it read and changed, and what it was refused. */
import { type GraphQLError, type GraphQLSchema, isObjectType, valueFromASTUntyped } from 'graphql';
import { Refused } from '../errors.ts';
import { BREAK_GLASS } from '../guest-access/grant.ts';
import type { Call } from '../subgraph/call.ts';
import type { Flag, RecordedReading, RecordedRefusal } from './row.ts';
import type { RecordedTypes, Subject } from './subject.ts';

/** Which rows of the guest matrix a field shows, by its place in the schema: `GuestProfile.absenceNotes`. */
type RowsOfField = ReadonlyMap<string, readonly string[]>;

/** As `@guestAccess` states it. */
export function rowsOfFields(schema: GraphQLSchema): RowsOfField {
  const rows = new Map<string, readonly string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const { name, astNode } of Object.values(type.getFields())) {
      const stated = (astNode?.directives ?? []).filter((directive) => directive.name.value === 'guestAccess');
      const named = stated.map(({ arguments: given = [] }) => {
        const field = given.find((argument) => argument.name.value === 'field');
        return field ? String(valueFromASTUntyped(field.value)) : name;
      });
      if (named.length > 0) rows.set(`${type.name}.${name}`, named);
    }
  }
  return rows;
}

interface Observed {
  readings: RecordedReading[];
  /** Whether a mutation did something. */
  wrote: boolean;
}

/** In groups of the same fields on the same grounds: what is hidden of one student is not said to be read of it. */
export async function readingsOf(
  call: Call,
  { subjects, changes }: RecordedTypes,
  rowsOf: RowsOfField,
): Promise<Observed> {
  const found = [...call.observed.readings()].map(async ([typeName, parent, coordinates]) => {
    const subject = await subjects[typeName]?.(parent as never, call);
    return subject
      ? [{ subject, fields: [...coordinates].filter((each) => isShown(call, subject, each, rowsOf)) }]
      : [];
  });
  const changed = call.observed.changes().map(async ({ field, payload, args }) => {
    const about = await changes[field.slice('Mutation.'.length)]?.(payload as never, args as never, call);
    return (about ? [about].flat() : []).map((subject) => ({ subject, fields: [field] }));
  });
  const done = await Promise.all(changed);
  const wrote = done.some((each) => each.length === 0 || each.some(({ subject }) => subject.onlyRead !== true));
  return { readings: inGroups([...(await Promise.all(found)), ...done].flat(), rowsOf), wrote };
}

function inGroups(
  each: readonly { subject: Subject; fields: readonly string[] }[],
  rowsOf: RowsOfField,
): RecordedReading[] {
  const groups = new Map<string, Omit<RecordedReading, 'students'> & { students: Set<string> }>();
  const sorted = createSorter();
  for (const { subject, fields: all } of each)
    for (const [flags, fields] of byFlags(subject, sorted(all), rowsOf)) {
      const { student, homeSchool, agreement, purpose, teachingSchool, rows } = subject;
      const flow = { ...(teachingSchool !== undefined && { teachingSchool }), ...(rows && { rows }) };
      const grounds = { homeSchool, ...flow, fields, agreement, purpose, flags };
      const key = JSON.stringify({ ...grounds, fields: fields.join() });
      const group = groups.get(key) ?? { ...grounds, students: new Set() };
      if (student !== null) group.students.add(student);
      groups.set(key, group);
    }
  return [...groups.values()].map((group) => ({ ...group, students: [...group.students] }));
}

/** A field of several rows is withheld where all of them are. */
function isShown({ hidden }: Call, { guest }: Subject, coordinate: string, rowsOf: RowsOfField): boolean {
  const rows = rowsOf.get(coordinate);
  if (!guest || !rows) return true;
  return !rows.every((row) => hidden.has(guest.id, row));
}

/** A subject's fields by what is remarkable about their being read. */
function byFlags(
  { guest, purpose }: Subject,
  fields: readonly string[],
  rowsOf: RowsOfField,
): Iterable<readonly [flags: Flag[], fields: readonly string[]]> {
  const always: Flag[] = purpose === BREAK_GLASS ? [BREAK_GLASS] : [];
  const vital = new Set<string>();
  for (const [row, { reason, access }] of guest?.access ?? [])
    if (reason === 'VITAL_INTERESTS' && access !== 'HIDDEN') vital.add(row);
  // of most subjects nothing is: they are many, and each would cost a look at every field
  if (vital.size === 0) return fields.length === 0 ? [] : [[always, fields]];
  const isVital = (field: string) => rowsOf.get(field)?.some((row) => vital.has(row)) === true;
  const groups = Map.groupBy(fields, isVital);
  return [...groups].map(([is, group]) => [is ? ['VITAL_INTERESTS', ...always] : always, group] as const);
}

/** Most objects of a type have the same fields read in the same order: those are sorted once. */
function createSorter() {
  const known = new Map<string, readonly string[]>();
  return (fields: readonly string[]): readonly string[] => {
    const text = fields.join();
    const sorted = known.get(text) ?? [...fields].sort();
    known.set(text, sorted);
    return sorted;
  };
}

/** Refusals of access. Input that no form could have sent, and a change that came too late, are no such. */
export function refusalsOf({ observed }: Pick<Call, 'observed'>, errors: readonly GraphQLError[]): RecordedRefusal[] {
  const refusals = errors.flatMap((error): RecordedRefusal[] => {
    const { originalError: cause } = error;
    if (!(cause instanceof Refused) || cause.code === 'BAD_USER_INPUT' || cause.code === 'CONFLICT') return [];
    const rows = namesOf(cause.extensions.fields);
    return [{ code: cause.code, field: observed.placeOf(error), rows, profiles: [] }];
  });
  refusals.push(...observed.notFounds());
  return [...new Map(refusals.map((each) => [JSON.stringify(each), each])).values()];
}

/** `['upn']`, or `[{ field: 'upn', … }]`: how refusals name what they are about. */
const namesOf = (fields: unknown): string[] =>
  Array.isArray(fields)
    ? fields.map((each: unknown) => (typeof each === 'string' ? each : String((each as { field: unknown }).field)))
    : [];
