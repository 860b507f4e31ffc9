/**
 * A root type has the name of the supergraph's in a plan, and in a subgraph it may have another
 * (`schema { query: query_root }`). What is asked of a root is of its type, and need not name it.
 */
import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, type InlineFragmentNode, isAbstractType, print, visit } from 'graphql';
import { readOperation } from './entity-selections.ts';

/** From a call of a plan to one without type conditions on roots. */
export function withoutRootNames(schema: GraphQLSchema): (fetch: FetchNode) => FetchNode {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((root) => {
    // behind an interface its name makes a difference
    const isBehind = abstract.some((type) => root && schema.isSubType(type, root));
    return root && !isBehind ? [root.name] : [];
  });
  const isNamed = (fragment: InlineFragmentNode): boolean =>
    fragment.typeCondition !== undefined && roots.includes(fragment.typeCondition.name.value);
  return (fetch) => {
    if (!roots.some((name) => new RegExp(`\\bon ${name}\\b`).test(fetch.operation))) return fetch;
    const operation = visit(readOperation(fetch.operation), {
      InlineFragment(fragment): InlineFragmentNode | undefined {
        if (!isNamed(fragment)) return undefined;
        const { typeCondition: _named, ...bare } = fragment;
        return bare;
      },
    });
    return { ...fetch, operation: print(operation) };
  };
}
