/**
 * The rules that a supergraph's directives state, as an index: which scopes a field needs, which rows of the guest
 * matrix it shows, and what an input field writes. Read anew with every supergraph.
 */
import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  isTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type SelectionSetNode,
  type TypeNode,
} from 'graphql';
import type { Access, Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';
import {
  applicationsOf,
  argumentsOf,
  type LinkedDirectives,
  linkedDirectives,
  SPEC,
} from '../supergraph/linked-directives.ts';
import type { Requirement, ScopeChoice } from './requirement.ts';

/** One row of the guest matrix, as a field's `@guestAccess` states it. */
export interface GuestRow {
  row: string;
  ceiling: Access;
  reason: Reason;
}

export interface InputRules {
  rows: readonly GuestRow[];
  /** The value names the guest profile that the mutation is about. */
  isGuestProfileId: boolean;
}

export interface GraphRules {
  /** What a field needs: its own directives, its type's, its result's, those of interfaces' implementers and of `@requires`. */
  requirementOf(typeName: string, fieldName: string): Requirement;
  /** The rows that an output field shows. */
  guestRowsOf(typeName: string, fieldName: string): readonly GuestRow[];
  /** Types with fields that show rows: their `id` says which profile a withheld field belongs to. */
  guestTypes: ReadonlySet<string>;
  /** Of an input object's field, or of a field's argument (`Mutation.updateGuestProfile(input:)` → typeName.fieldName). */
  inputRulesOf(owner: string, name: string): InputRules;
  /** The subgraph that makes guest grants, and the type that carries them; null where the graph has none. */
  grantOwner: { subgraph: string; typeName: string } | null;
}

type Composite = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** The field by which shared-teaching hands out what it grants. */
export const GRANT_FIELD = 'guestGrant';
const NO_INPUT_RULES: InputRules = { rows: [], isGuestProfileId: false };

export function readRules(supergraph: DocumentNode): GraphRules {
  const linked = linkedDirectives(supergraph);
  const requirements = readRequirements(supergraph, linked);
  const guest = readGuestRules(supergraph, linked);
  return {
    requirementOf: (typeName, fieldName) => requirements.get(`${typeName}.${fieldName}`) ?? [],
    guestRowsOf: (typeName, fieldName) => guest.rows.get(`${typeName}.${fieldName}`) ?? [],
    guestTypes: guest.types,
    inputRulesOf: (owner, name) => guest.inputs.get(`${owner}.${name}`) ?? NO_INPUT_RULES,
    grantOwner: readGrantOwner(supergraph, linked),
  };
}

const compositesOf = (supergraph: DocumentNode): Composite[] =>
  supergraph.definitions.filter(
    (node): node is Composite =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );

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
        ...(ofType.get(nameOf(field.type)) ?? []),
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
    for (const field of type.fields ?? []) fieldTypes.set(`${type.name.value}.${field.name.value}`, nameOf(field.type));
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

function readGuestRules(supergraph: DocumentNode, linked: LinkedDirectives) {
  const accessName = linked.nameOf(SPEC.guestAccess, 'guestAccess');
  const idName = linked.nameOf(SPEC.guestAccess, 'guestProfileId');
  const rowsOf = (node: FieldDefinitionNode | InputValueDefinitionNode): GuestRow[] =>
    applicationsOf(node, accessName).map((each) => {
      const { field, ceiling, reason } = argumentsOf(each) as { field?: string; ceiling: Access; reason: Reason };
      return { row: field ?? node.name.value, ceiling, reason };
    });
  const rows = new Map<string, GuestRow[]>();
  const types = new Set<string>();
  const inputs = new Map<string, InputRules>();
  const addInput = (owner: string, node: InputValueDefinitionNode) =>
    inputs.set(`${owner}.${node.name.value}`, {
      rows: rowsOf(node),
      isGuestProfileId: applicationsOf(node, idName).length > 0,
    });
  for (const type of compositesOf(supergraph))
    for (const field of type.fields ?? []) {
      const key = `${type.name.value}.${field.name.value}`;
      for (const argument of field.arguments ?? []) addInput(key, argument);
      const shown = rowsOf(field);
      if (shown.length === 0) continue;
      rows.set(key, shown);
      types.add(type.name.value);
    }
  for (const node of supergraph.definitions)
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
      for (const field of node.fields ?? []) addInput(node.name.value, field);
  return { rows, types, inputs };
}

function readGrantOwner(supergraph: DocumentNode, linked: LinkedDirectives): GraphRules['grantOwner'] {
  const [joinField, joinGraph] = [linked.nameOf(SPEC.join, 'field'), linked.nameOf(SPEC.join, 'graph')];
  for (const type of compositesOf(supergraph))
    for (const field of (type.fields ?? []).filter(({ name }) => name.value === GRANT_FIELD))
      for (const application of applicationsOf(field, joinField)) {
        const { graph, external } = argumentsOf(application) as { graph?: string; external?: boolean };
        if (graph && !external)
          return { subgraph: subgraphName(supergraph, joinGraph, graph), typeName: type.name.value };
      }
  return null;
}

/** The subgraph's own name of a value of the `join__Graph` enum. */
function subgraphName(supergraph: DocumentNode, joinGraph: string | null, value: string): string {
  for (const node of supergraph.definitions)
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const each of node.values ?? [])
        if (each.name.value === value)
          for (const application of applicationsOf(each, joinGraph)) return String(argumentsOf(application).name);
  throw new Error(`The supergraph names no subgraph "${value}".`);
}

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
