/**
 * A mutation with root fields under `@skip` and `@include`: which are run, and in which order, follows from the variables,
 * and one that stands twice, once under a condition, is run once (https://spec.graphql.org/October2021/#CollectFields()).
 * So each of them is planned by itself, whatever its conditions, and run in its turn.
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isMutation } from '../root-fields-in-order.ts';
import { conditionOf, isCondition } from './literal-conditions.ts';
import type { Run, RunStep } from './run.ts';

/** A root field at one of the places where it stands. */
interface RootField {
  key: string;
  field: FieldNode;
  /** All of them must hold. */
  conditions: readonly DirectiveNode[];
}

/** `compile`: of the mutation with one root field, which has no conditions. Null where none of them has any. */
export function compileInTurn(
  document: DocumentNode,
  compile: (part: DocumentNode) => Promise<RunStep>,
): Promise<RunStep> | null {
  if (!isMutation(document)) return null;
  const fields = rootFieldsOf(document);
  return fields.some(({ conditions }) => conditions.length > 0) ? inTurn(document, fields, compile) : null;
}

async function inTurn(
  document: DocumentNode,
  fields: readonly RootField[],
  compile: (part: DocumentNode) => Promise<RunStep>,
): Promise<RunStep> {
  const steps = new Map<string, RunStep>();
  for (const [key, same] of Map.groupBy(fields, (each) => each.key))
    steps.set(key, await compile(withRootField(document, asOne(same))));
  return async (run) => {
    const done = new Set<string>();
    for (const { key, conditions } of fields) {
      if (done.has(key) || !conditions.every((each) => holds(each, run.variables))) continue;
      done.add(key);
      await steps.get(key)?.(run);
    }
  };
}

/** In the order in which they stand. */
function rootFieldsOf({ definitions }: DocumentNode): RootField[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const collect = ({ selections }: SelectionSetNode, around: readonly DirectiveNode[]): RootField[] =>
    selections.flatMap((selection): RootField[] => {
      const conditions = [...around, ...(selection.directives ?? []).filter(isCondition)];
      if (selection.kind === Kind.FIELD)
        return [{ key: (selection.alias ?? selection.name).value, field: selection, conditions }];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? collect(inner.selectionSet, conditions) : [];
    });
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  return operation ? collect(operation.selectionSet, []) : [];
}

/** What is asked below a field at each of its places is asked under the conditions of that place. */
function asOne(same: readonly RootField[]): FieldNode {
  const [first] = same;
  if (!first) throw new Error('Expected a root field.');
  const below = same.flatMap(({ field: { selectionSet }, conditions }) =>
    selectionSet ? under(conditions, selectionSet.selections) : [],
  );
  return {
    ...first.field,
    directives: (first.field.directives ?? []).filter((each) => !isCondition(each)),
    ...(below.length > 0 && { selectionSet: setOf(below) }),
  };
}

const under = (conditions: readonly DirectiveNode[], selections: readonly SelectionNode[]): readonly SelectionNode[] =>
  conditions.reduceRight(
    (inner, each) => [{ kind: Kind.INLINE_FRAGMENT, directives: [each], selectionSet: setOf(inner) }],
    selections,
  );

const withRootField = (document: DocumentNode, field: FieldNode): DocumentNode => ({
  ...document,
  definitions: document.definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? { ...node, selectionSet: setOf([field]) } : node,
  ),
});

const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections });

function holds(condition: DirectiveNode, variables: Run['variables']): boolean {
  const value = conditionOf(condition);
  return (
    value?.kind === Kind.VARIABLE && (variables[value.name.value] === true) === (condition.name.value === 'include')
  );
}
