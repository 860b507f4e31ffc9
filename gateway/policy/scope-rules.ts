/** Which scopes a field needs, as `@authenticated` and `@requiresScopes` of a supergraph state it. */
import {
  type DocumentNode,
  type FieldDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Requirement, ScopeChoice } from '../../subgraphs/kernel/scopes.ts';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import { type Composite, compositesOf, namedTypeOf } from '../supergraph/type-definitions.ts';

export interface ScopeRules {
  /** What a field needs: its own directives, its type's, its result's, those of interfaces' implementers and of `@requires`. */
  requirementOf(typeName: string, fieldName: string): Requirement;
}

export function readScopeRules(supergraph: DocumentNode, linked: LinkedDirectives): ScopeRules {
  const requirements = readRequirements(supergraph, linked);
  return { requirementOf: (typeName, fieldName) => requirements.get(`${typeName}.${fieldName}`) ?? [] };
}

function readRequirements(supergraph: DocumentNode, linked: LinkedDirectives): Map<string, Requirement> {
  const stated = statedRequirement(linked);
  const ofType = new Map<string, Requirement>();
  for (const node of supergraph.definitions) if (isTypeDefinitionNode(node)) ofType.set(node.name.value, stated(node));
  const composites = compositesOf(supergraph);
  const own = new Map<string, Requirement>();
  for (const type of composites)
    for (const field of type.fields ?? [])
      own.set(`${type.name.value}.${field.name.value}`, [
        ...(ofType.get(type.name.value) ?? []),
        ...stated(field),
        ...(ofType.get(namedTypeOf(field.type)) ?? []),
      ]);
  return withDependencies(composites, own, linked.nameOf(SPEC.join, 'field'));
}

function statedRequirement(linked: LinkedDirectives) {
  const scopesName = linked.nameOf(SPEC.requiresScopes, 'requiresScopes');
  const signedInName = linked.nameOf(SPEC.authenticated, 'authenticated');
  return (node: Parameters<typeof applicationsOf>[0]): Requirement => [
    ...applicationsOf(node, scopesName).map((each) => argumentsOf(each).scopes as ScopeChoice),
    ...applicationsOf(node, signedInName).map((): ScopeChoice => []),
  ];
}

/**
 * An interface's field needs what any implementer's needs, and a field what the fields of its `@requires` need: neither
 * is a way around (https://www.apollographql.com/docs/graphos/reference/federation/directives).
 */
function withDependencies(
  composites: readonly Composite[],
  own: ReadonlyMap<string, Requirement>,
  joinField: string | null,
) {
  const fieldTypes = new Map<string, string>();
  for (const type of composites)
    for (const field of type.fields ?? [])
      fieldTypes.set(`${type.name.value}.${field.name.value}`, namedTypeOf(field.type));
  const requirements = new Map<string, Requirement>(own);
  const add = (key: string, more: Requirement) =>
    requirements.set(key, distinct([...(requirements.get(key) ?? []), ...more]));
  for (const type of composites)
    for (const field of type.fields ?? []) {
      const key = `${type.name.value}.${field.name.value}`;
      for (const required of requiredFields(type.name.value, field, joinField, fieldTypes))
        add(key, own.get(required) ?? []);
    }
  for (const type of composites)
    for (const { name } of type.interfaces ?? [])
      for (const field of type.fields ?? [])
        if (own.has(`${name.value}.${field.name.value}`))
          add(`${name.value}.${field.name.value}`, requirements.get(`${type.name.value}.${field.name.value}`) ?? []);
  return requirements;
}

const distinct = (requirement: Requirement): Requirement => [
  ...new Map(requirement.map((choice) => [JSON.stringify(choice), choice])).values(),
];

function requiredFields(
  typeName: string,
  field: FieldDefinitionNode,
  joinField: string | null,
  fieldTypes: ReadonlyMap<string, string>,
): string[] {
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
  for (const application of applicationsOf(field, joinField)) {
    const { requires } = argumentsOf(application);
    if (typeof requires === 'string') walk(typeName, selectionSetOf(requires));
  }
  return names;
}

function selectionSetOf(fieldSet: string): SelectionSetNode {
  const [operation] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION)
    throw new Error('A field set of the supergraph is no selection set.');
  return operation.selectionSet;
}
