/**
 * A plan as it may be told: with the names that clients know, and no others. Keys, what fields require, and what stands on
 * the way to them may be `@inaccessible`, and are left out: which subgraphs are called, and in which order, is still there.
 */
import type { PlanNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** `shown`: the schema that clients see. `document`: what was planned, by the names of which an answer's places are told. */
export async function toldPlan(
  { kind, node }: QueryPlan,
  shown: GraphQLSchema,
  document: DocumentNode,
): Promise<string> {
  const keys = responseKeysOf(document);
  const told = (step: PlanNode): PlanNode => {
    switch (step.kind) {
      case 'Fetch': {
        const { requires, operation, ...call } = step;
        const sent = toldSelections(requires ?? [], undefined, shown);
        return { ...call, operation: toldText(operation, shown), ...(sent.length > 0 && { requires: sent }) };
      }
      case 'Flatten':
        return { ...step, path: step.path.map((key) => (keys.has(key) ? key : '…')), node: told(step.node) };
      case 'Sequence':
      case 'Parallel':
        return { ...step, nodes: step.nodes.map(told) };
      case 'Condition': {
        const { ifClause, elseClause, ...condition } = step;
        return {
          ...condition,
          ...(ifClause && { ifClause: told(ifClause) }),
          ...(elseClause && { elseClause: told(elseClause) }),
        };
      }
      default:
        throw new Error(`Expected no ${step.kind} in a query plan.`);
    }
  };
  // loaded for who asks for a plan: what makes plans is in another thread
  const { prettyFormatQueryPlan } = await import('@apollo/query-planner');
  if (node?.kind === 'Subscription') throw new Error('Expected no subscription to be planned.');
  return prettyFormatQueryPlan({ kind, ...(node && { node: told(node) }) });
}

/** With `@`, which stands for every item of a list. */
function responseKeysOf(document: DocumentNode): ReadonlySet<string | number> {
  const keys = new Set<string | number>(['@']);
  visit(document, { Field: ({ alias, name }) => void keys.add((alias ?? name).value) });
  return keys;
}

const TYPENAME = '__typename';

/** https://www.apollographql.com/docs/federation/subgraph-spec#query_entities: what everybody knows subgraphs to have. */
const ENTITIES = '_entities';

/** An operation for a subgraph. Literals in it are the client's own: what is required with arguments has another name. */
function toldText(operation: string, shown: GraphQLSchema): string {
  const types = new TypeInfo(shown);
  const told = visit(
    parse(operation, { noLocation: true }),
    visitWithTypeInfo(types, {
      Field: {
        enter({ name: { value } }) {
          if (value === TYPENAME || value === ENTITIES || types.getFieldDef()) return undefined;
          return null;
        },
      },
      InlineFragment: ({ typeCondition }) =>
        typeCondition && !shown.getType(typeCondition.name.value) ? null : undefined,
      SelectionSet: {
        leave: (set) =>
          set.selections.length > 0
            ? undefined
            : { ...set, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: TYPENAME } }] },
      },
    }),
  );
  return print(told);
}

/** What of a representation is sent. */
const toldSelections = (
  selections: readonly QueryPlanSelectionNode[],
  type: GraphQLNamedType | undefined,
  shown: GraphQLSchema,
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment') {
      const on = selection.typeCondition === undefined ? type : shown.getType(selection.typeCondition);
      return on ? [{ ...selection, selections: toldSelections(selection.selections, on, shown) }] : [];
    }
    if (selection.name === TYPENAME) return [selection];
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name] : undefined;
    if (!field) return [];
    if (!selection.selections) return [selection];
    return [{ ...selection, selections: toldSelections(selection.selections, getNamedType(field.type), shown) }];
  });
