/** Who owns what: the types of a supergraph, and which subgraphs serve each of their fields. */
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type OperationTypeNode,
  print,
  type TypeDefinitionNode,
} from 'graphql';
import { applicationsOf, argumentsOf, linkedDirectives, SPEC } from '../../supergraph/linked-directives.ts';
import { namedTypeOf } from '../../supergraph/type-definitions.ts';

type TypeKind = 'object' | 'interface' | 'union' | 'input' | 'enum' | 'scalar';

export interface OwnedField {
  name: string;
  /** As it is written: `[Course!]!`. */
  type: string;
  /** The name without lists and non-nulls. */
  target: string;
  /** Subgraphs that serve it, by name. */
  owners: string[];
  /** Part of a key of its type. */
  isKey: boolean;
}

export interface OwnedType {
  name: string;
  kind: TypeKind;
  /** What it is the root of. */
  root: OperationTypeNode | null;
  owners: string[];
  /** Entity keys, with the subgraphs that can be asked by each. */
  keys: { fields: string; owners: string[] }[];
  /** Of a union, its members; of an enum, its values; of a scalar none. */
  fields: OwnedField[];
}

export interface Ownership {
  /** Names of the subgraphs, in the order of the supergraph. */
  subgraphs: string[];
  /** By name. What clients cannot see (`@inaccessible`) is not there. */
  types: OwnedType[];
}

const KINDS: Partial<Record<Kind, TypeKind>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
};

interface Reading {
  /** `STUDENTS` → `students`. */
  subgraphs: ReadonlyMap<string, string>;
  roots: ReadonlyMap<string, OperationTypeNode>;
  join: (directive: string) => string | null;
  isHidden: (node: { directives?: readonly ConstDirectiveNode[] | undefined }) => boolean;
}

export function readOwnership(supergraph: DocumentNode): Ownership {
  const { nameOf } = linkedDirectives(supergraph);
  const join = (directive: string) => nameOf(SPEC.join, directive);
  const inaccessible = nameOf(SPEC.inaccessible, 'inaccessible');
  const reading: Reading = {
    subgraphs: subgraphsOf(supergraph, join('graph')),
    roots: rootsOf(supergraph),
    join,
    isHidden: (node) => applicationsOf(node, inaccessible).length > 0,
  };
  const types = supergraph.definitions.filter(isType).flatMap((node) => {
    const isOfSubgraphs = applicationsOf(node, join('type')).length > 0;
    return isOfSubgraphs && !reading.isHidden(node) ? [readType(node, reading)] : [];
  });
  const hidden = new Set(
    supergraph.definitions
      .filter(isType)
      .filter(reading.isHidden)
      .map(({ name }) => name.value),
  );
  const visible = types.map((type) => ({ ...type, fields: type.fields.filter(({ target }) => !hidden.has(target)) }));
  return { subgraphs: [...reading.subgraphs.values()], types: visible.sort((a, b) => compare(a.name, b.name)) };
}

/** The same order on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isType = (node: DocumentNode['definitions'][number]): node is TypeDefinitionNode => node.kind in KINDS;

function subgraphsOf(supergraph: DocumentNode, directive: string | null): Map<string, string> {
  const values = supergraph.definitions.flatMap((node) =>
    node.kind === Kind.ENUM_TYPE_DEFINITION ? (node.values ?? []) : [],
  );
  return new Map(
    values.flatMap((value) =>
      applicationsOf(value, directive).map((each): [string, string] => [
        value.name.value,
        String(argumentsOf(each).name),
      ]),
    ),
  );
}

const rootsOf = (supergraph: DocumentNode): Map<string, OperationTypeNode> =>
  new Map(
    supergraph.definitions.flatMap((node) =>
      node.kind === Kind.SCHEMA_DEFINITION
        ? node.operationTypes.map(({ type, operation }): [string, OperationTypeNode] => [type.name.value, operation])
        : [],
    ),
  );

function readType(node: TypeDefinitionNode, reading: Reading): OwnedType {
  const applied = applicationsOf(node, reading.join('type')).map(argumentsOf);
  const owners = unique(applied.map(({ graph }) => subgraphNamed(graph, reading)));
  const keys = new Map<string, string[]>();
  for (const { graph, key, resolvable } of applied)
    if (typeof key === 'string' && resolvable !== false)
      keys.set(key, unique([...(keys.get(key) ?? []), subgraphNamed(graph, reading)]));
  const keyFields = new Set([...keys.keys()].flatMap(topLevelNames));
  return {
    name: node.name.value,
    kind: KINDS[node.kind] ?? 'object',
    root: reading.roots.get(node.name.value) ?? null,
    owners,
    keys: [...keys].map(([fields, by]) => ({ fields, owners: by })),
    fields: fieldsOf(node, owners, reading).map((field) => ({ ...field, isKey: keyFields.has(field.name) })),
  };
}

function fieldsOf(node: TypeDefinitionNode, owners: string[], reading: Reading): Omit<OwnedField, 'isKey'>[] {
  const named = (name: string, target = name) => ({ name, type: target, target, owners });
  if (node.kind === Kind.ENUM_TYPE_DEFINITION)
    return (node.values ?? []).filter((value) => !reading.isHidden(value)).map(({ name }) => named(name.value, ''));
  if (node.kind === Kind.UNION_TYPE_DEFINITION) return (node.types ?? []).map(({ name }) => named(name.value));
  if (node.kind === Kind.SCALAR_TYPE_DEFINITION) return [];
  const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = node.fields ?? [];
  return fields
    .filter((field) => !reading.isHidden(field))
    .map((field) => ({
      name: field.name.value,
      type: print(field.type),
      target: namedTypeOf(field.type),
      owners: ownersOf(field, owners, reading),
    }));
}

/** Without a `@join__field`, every subgraph of the type serves it (https://specs.apollo.dev/join/v0.3/#@field). */
function ownersOf(field: FieldDefinitionNode | InputValueDefinitionNode, owners: string[], reading: Reading): string[] {
  const applied = applicationsOf(field, reading.join('field')).map(argumentsOf);
  if (applied.length === 0) return owners;
  const serving = applied.filter(({ graph, external, usedOverridden }) => graph && !external && !usedOverridden);
  return unique(serving.map(({ graph }) => subgraphNamed(graph, reading)));
}

const subgraphNamed = (graph: unknown, { subgraphs }: Reading): string => subgraphs.get(String(graph)) ?? String(graph);

const unique = (names: string[]): string[] => [...new Set(names)];

/** `id school { urn }` → `id`, `school`. */
function topLevelNames(selection: string): string[] {
  let flat = selection;
  for (let before = ''; before !== flat; ) {
    before = flat;
    flat = flat.replace(/\{[^{}]*\}/g, ' ');
  }
  return flat.split(/[\s,]+/).filter(Boolean);
}
