/**
 * The fields of a selection, as execution collects them: fragments are taken apart, and what has one response key for the
 * same types is one field, asked for once (https://spec.graphql.org/October2021/#sec-Field-Collection).
 */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { both, type Condition, either, not } from './terms.ts';

/** A selection, and under which `@skip` and `@include` it stands. */
export interface ConditionalSet {
  set: SelectionSetNode;
  condition: Condition;
}

export interface SelectedField {
  /** The type that the operation asks it of: where several may come, an abstract one. */
  parent: GraphQLCompositeType;
  /** Names of the object types that it is for; null for all that the selection is of. */
  types: ReadonlySet<string> | null;
  /** One of those that are one field: their names and arguments are equal. */
  node: FieldNode;
  condition: Condition;
  below: ConditionalSet[];
}

interface Scope {
  type: GraphQLCompositeType;
  types: ReadonlySet<string> | null;
  /** The type conditions on the way, which tell scopes apart. */
  path: string;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Of a valid document. */
export function selectedFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  parent: GraphQLCompositeType,
  sets: readonly ConditionalSet[],
): SelectedField[] {
  const fields = new Map<string, SelectedField>();
  const collect = ({ selections }: SelectionSetNode, scope: Scope, outer: Condition): void => {
    for (const selection of selections) {
      const condition = both(outer, conditionOf(selection.directives));
      if (condition === false) continue;
      if (selection.kind === Kind.FIELD) addTo(fields, selection, scope, condition);
      else {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment)
          collect(fragment.selectionSet, narrowed(schema, scope, fragment.typeCondition?.name.value), condition);
      }
    }
  };
  for (const { set, condition } of sets) collect(set, { type: parent, types: null, path: '' }, condition);
  return [...fields.values()];
}

function addTo(
  fields: Map<string, SelectedField>,
  node: FieldNode,
  { type, types, path }: Scope,
  condition: Condition,
) {
  const key = `${(node.alias ?? node.name).value} ${path}`;
  const below = node.selectionSet ? [{ set: node.selectionSet, condition }] : [];
  const known = fields.get(key);
  if (!known) fields.set(key, { parent: type, types, node, condition, below });
  else {
    known.condition = either(known.condition, condition);
    known.below.push(...below);
  }
}

/** What is left of a scope under a type condition. An object type stays what it is under a condition that it meets. */
function narrowed(schema: GraphQLSchema, scope: Scope, typeName: string | undefined): Scope {
  const type = typeName === undefined || typeName === scope.type.name ? undefined : schema.getType(typeName);
  if (!isCompositeType(type) || isObjectType(scope.type)) return scope;
  const names = isObjectType(type) ? [type.name] : schema.getPossibleTypes(type).map(({ name }) => name);
  const { types } = scope;
  return {
    type,
    types: new Set(types ? names.filter((name) => types.has(name)) : names),
    path: `${scope.path}/${type.name}`,
  };
}

/** https://spec.graphql.org/October2021/#sec-Type-System.Directives */
function conditionOf(directives: readonly DirectiveNode[] = []): Condition {
  let condition: Condition = true;
  for (const { name, arguments: [given] = [] } of directives) {
    if (name.value === 'include') condition = both(condition, isTrue(given?.value));
    if (name.value === 'skip') condition = both(condition, not(isTrue(given?.value)));
  }
  return condition;
}

function isTrue(value: NonNullable<DirectiveNode['arguments']>[number]['value'] | undefined): Condition {
  if (value?.kind !== Kind.VARIABLE) return value?.kind === Kind.BOOLEAN && value.value;
  const name = value.name.value;
  return (variables) => variables[name] === true;
}
