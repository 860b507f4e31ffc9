/** Which fields a field cannot be had without: who may not read those may not read it. */
import { type FieldDefinitionNode, Kind, parse, type SelectionSetNode } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import { type Composite, namedTypeOf } from '../supergraph/type-definitions.ts';

/** Of a field its place in the schema: `Type.field`. */
export const keyOf = (type: Composite, field: FieldDefinitionNode): string => `${type.name.value}.${field.name.value}`;

/**
 * An interface's field depends on that of each implementer, that of an implementer on the interface's where an interface
 * object answers it, and a field on the fields of its `@requires` and of its `@fromContext`: none is a way around
 * (https://www.apollographql.com/docs/graphos/reference/federation/directives).
 */
export function dependenciesOf(composites: readonly Composite[], linked: LinkedDirectives): Map<string, string[]> {
  const names = { joinField: linked.nameOf(SPEC.join, 'field'), context: linked.nameOf(SPEC.context, 'context') };
  const fieldTypes = new Map<string, string>();
  const contexts = new Map<unknown, string[]>();
  for (const type of composites) {
    for (const field of type.fields ?? []) fieldTypes.set(keyOf(type, field), namedTypeOf(field.type));
    for (const each of applicationsOf(type, names.context)) {
      const { name } = argumentsOf(each);
      contexts.set(name, [...(contexts.get(name) ?? []), type.name.value]);
    }
  }
  const neededBy = (type: string, field: FieldDefinitionNode): string[] =>
    applicationsOf(field, names.joinField).flatMap((each) => {
      const { requires, contextArguments = [] } = argumentsOf(each) as NeededSets;
      const around = contextArguments.flatMap(({ context, selection }) =>
        (contexts.get(context) ?? [OF_A_UNION]).flatMap((owner) => fieldsIn(owner, selection, fieldTypes)),
      );
      return requires === undefined ? around : [...fieldsIn(type, requires, fieldTypes), ...around];
    });
  // no subgraph says it of the type itself
  const isOfInterfaceObject = (field: FieldDefinitionNode): boolean =>
    applicationsOf(field, names.joinField).some((each) => argumentsOf(each).graph === undefined);
  const dependencies = new Map<string, string[]>();
  const add = (key: string, more: readonly string[]) =>
    dependencies.set(key, [...(dependencies.get(key) ?? []), ...more]);
  for (const type of composites)
    for (const field of type.fields ?? []) {
      add(keyOf(type, field), neededBy(type.name.value, field));
      for (const { name } of type.interfaces ?? []) {
        const general = `${name.value}.${field.name.value}`;
        add(general, [keyOf(type, field)]);
        if (isOfInterfaceObject(field)) add(keyOf(type, field), [general]);
      }
    }
  return dependencies;
}

/** A field, what it depends on, what that depends on, and so on. */
export function reachedFrom(field: string, dependencies: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = new Set([field]);
  // grows while it is walked
  for (const each of reached) for (const next of dependencies.get(each) ?? []) reached.add(next);
  return [...reached];
}

/** Which names its types itself. */
const OF_A_UNION = '';

interface NeededSets {
  requires?: string;
  contextArguments?: readonly { context: string; selection: string }[];
}

/** All that a set of fields names, and what is in it. */
function fieldsIn(typeName: string, fieldSet: string, fieldTypes: ReadonlyMap<string, string>): string[] {
  const names: string[] = [];
  const walk = (type: string, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        walk(selection.typeCondition?.name.value ?? type, selection.selectionSet);
        continue;
      }
      const key = `${type}.${selection.name.value}`;
      names.push(key);
      if (selection.selectionSet) walk(fieldTypes.get(key) ?? '', selection.selectionSet);
    }
  };
  walk(typeName, selectionSetOf(fieldSet));
  return names;
}

function selectionSetOf(fieldSet: string): SelectionSetNode {
  // of a context it comes in braces
  const text = fieldSet.trim().startsWith('{') ? fieldSet : `{ ${fieldSet} }`;
  const [operation] = parse(text, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error('A field set of the supergraph is no selection set.');
  return operation.selectionSet;
}
