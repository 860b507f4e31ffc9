/**
 * What of a caller makes a difference to an operation: whether they meet each requirement that its fields state, and no
 * more. Who gets the same verdicts shares what is prepared of it, whatever their roles.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { meets, type Requirement } from '../../subgraphs/kernel/scopes.ts';
import type { ScopeRules } from './scope-rules.ts';

interface AuthorisationShape {
  /** The verdicts on a caller: `1` for each requirement that is met, `0` for one that is not. */
  keyFor(caller: Caller | null): string;
  /** What verdicts mean. Nothing of the caller is in it but the key. */
  verdicts(key: string): Verdicts;
}

export interface Verdicts {
  /** False for a requirement that no field of the operation states. */
  isMet(requirement: Requirement): boolean;
}

/** Of the operations of one schema; what was worked out of one is kept for as long as its document is. */
export function createShapes(schema: GraphQLSchema, rules: ScopeRules) {
  const known = new WeakMap<OperationDefinitionNode, AuthorisationShape>();
  return (document: DocumentNode, operation: OperationDefinitionNode): AuthorisationShape => {
    const shape = known.get(operation) ?? shapeOf([...requirementsOf(schema, rules, document, operation)]);
    known.set(operation, shape);
    return shape;
  };
}

function shapeOf(requirements: readonly Requirement[]): AuthorisationShape {
  return {
    keyFor: (caller) => requirements.map((requirement) => (meets(caller, requirement) ? '1' : '0')).join(''),
    verdicts(key) {
      const met = new Set(requirements.filter((_, index) => key[index] === '1'));
      return { isMet: (requirement) => requirement.length === 0 || met.has(requirement) };
    },
  };
}

/** Of each field that is asked for, on the type where it stands and on each that it may turn out to be. */
export function requirementsOf(
  schema: GraphQLSchema,
  { requirementOf }: ScopeRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Set<Requirement> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const found = new Set<Requirement>();
  const spread = new Set<FragmentDefinitionNode>();
  const walk = (parent: GraphQLNamedType | undefined, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        for (const type of typesBehind(schema, parent)) {
          const requirement = requirementOf(type.name, selection.name.value);
          if (requirement.length > 0) found.add(requirement);
        }
        if (selection.selectionSet) walk(typeOf(parent, selection.name.value), selection.selectionSet);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        walk(condition === undefined ? parent : schema.getType(condition), selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || spread.has(fragment)) continue;
        spread.add(fragment);
        walk(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet);
      }
    }
  };
  walk(schema.getRootType(operation.operation) ?? undefined, operation.selectionSet);
  return found;
}

const typesBehind = (schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly GraphQLNamedType[] =>
  type === undefined ? [] : isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];

function typeOf(parent: GraphQLNamedType | undefined, fieldName: string): GraphQLNamedType | undefined {
  const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[fieldName] : undefined;
  return field && getNamedType(field.type);
}
