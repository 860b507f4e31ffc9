/** What a caller needs for a field, as `@authenticated`, `@requiresScopes` and `@policy` of a supergraph state it. */
import { type DocumentNode, isTypeDefinitionNode } from 'graphql';
import { isKnownPolicy } from '../../subgraphs/kernel/policies.ts';
import { type Choice, type Requirement, SIGNED_IN } from '../../subgraphs/kernel/scopes.ts';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import { compositesOf, namedTypeOf } from '../supergraph/type-definitions.ts';
import { dependenciesOf, keyOf, reachedFrom } from './field-dependencies.ts';

export interface ScopeRules {
  /**
   * What a field needs: its own directives, its type's, its result's, and those of what it depends on. The same
   * requirement is the same array, wherever it is stated.
   */
  requirementOf(typeName: string, fieldName: string): Requirement;
  /** The fields that state one, by their place in the schema. */
  guardedFields: readonly string[];
  /** Policies that the supergraph names and nobody here can meet. */
  unknownPolicies: readonly string[];
}

const NONE: Requirement = [];

export function readScopeRules(supergraph: DocumentNode, linked: LinkedDirectives): ScopeRules {
  const byField = new Map<string, Requirement>();
  const distinct = new Map<string, Requirement>();
  for (const [field, stated] of readRequirements(supergraph, linked)) {
    const choices = new Map(stated.map((choice) => [JSON.stringify(choice), choice]));
    const requirement = [...choices].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, choice]) => choice);
    if (requirement.length === 0) continue;
    const key = JSON.stringify(requirement);
    distinct.set(key, distinct.get(key) ?? requirement);
    byField.set(field, distinct.get(key) ?? requirement);
  }
  return {
    requirementOf: (typeName, fieldName) => byField.get(`${typeName}.${fieldName}`) ?? NONE,
    guardedFields: [...byField.keys()],
    unknownPolicies: unknownPoliciesOf([...distinct.values()]),
  };
}

const unknownPoliciesOf = (requirements: readonly Requirement[]): string[] => {
  const named = requirements.flat().flatMap(({ of, anyOf }) => (of === 'policies' ? anyOf.flat() : []));
  return [...new Set(named)].filter((policy) => !isKnownPolicy(policy)).sort();
};

/** By field, with what it depends on. */
function readRequirements(supergraph: DocumentNode, linked: LinkedDirectives): Map<string, Choice[]> {
  const stated = statedRequirement(linked);
  const ofType = new Map<string, Requirement>();
  for (const node of supergraph.definitions) if (isTypeDefinitionNode(node)) ofType.set(node.name.value, stated(node));
  const composites = compositesOf(supergraph);
  const own = new Map<string, Requirement>();
  for (const type of composites)
    for (const field of type.fields ?? [])
      own.set(keyOf(type, field), [
        ...(ofType.get(type.name.value) ?? []),
        ...stated(field),
        ...(ofType.get(namedTypeOf(field.type)) ?? []),
      ]);
  const dependencies = dependenciesOf(composites, linked);
  return new Map(
    [...own.keys()].map((field) => [field, reachedFrom(field, dependencies).flatMap((each) => own.get(each) ?? [])]),
  );
}

function statedRequirement(linked: LinkedDirectives) {
  const [scopes, policies, signedIn] = [
    linked.nameOf(SPEC.requiresScopes, 'requiresScopes'),
    linked.nameOf(SPEC.policy, 'policy'),
    linked.nameOf(SPEC.authenticated, 'authenticated'),
  ];
  return (node: Parameters<typeof applicationsOf>[0]): Requirement => [
    ...applicationsOf(node, scopes).map((each) => choiceOf('scopes', argumentsOf(each).scopes)),
    ...applicationsOf(node, policies).map((each) => choiceOf('policies', argumentsOf(each).policies)),
    ...applicationsOf(node, signedIn).map(() => SIGNED_IN),
  ];
}

const choiceOf = (of: Choice['of'], anyOf: unknown): Choice => ({ of, anyOf: anyOf as Choice['anyOf'] });
