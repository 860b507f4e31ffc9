/**
 * A field for which the planner finds no subgraph is left out of the plan, and would be null without a word: here it is
 * told. One below the root is missing from what a subgraph is asked, and no subgraph can have anything for it.
 */
import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, parse } from 'graphql';
import { everyRootKeyOf, rootKeysOf } from '../root-keys.ts';
import type { RunStep } from './run.ts';

/** Null where each of the operation's fields is asked of somebody. */
export function createUnanswerable(document: DocumentNode, plan: PlanNode | undefined): RunStep | null {
  const asked = new Set(plan ? askedAtRoot(plan) : []);
  const mayBeMissing = everyRootKeyOf(document, isAsked).some((key) => !asked.has(key));
  if (!mayBeMissing) return null;
  return async ({ variables, errors }) => {
    for (const key of rootKeysOf(document, variables, isAsked))
      if (!asked.has(key))
        errors.add([key], { message: 'No subgraph can answer this.', extensions: { code: 'UNANSWERABLE' } }, 'none');
  };
}

const isAsked = (field: string): boolean => field !== '__typename';

function askedAtRoot(node: PlanNode): string[] {
  if (node.kind === 'Fetch') return node.requires ? [] : everyRootKeyOf(parse(node.operation, { noLocation: true }));
  if (node.kind === 'Condition')
    return [node.ifClause, node.elseClause].flatMap((each) => (each ? askedAtRoot(each) : []));
  return 'nodes' in node ? node.nodes.flatMap(askedAtRoot) : [];
}
