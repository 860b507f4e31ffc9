/** The subgraphs of an open world as an engine reaches them, in process, with what happens on the way. */
import { type DocumentNode, execute, parse } from 'graphql';
import type { SubgraphTransport } from '../../../gateway/engine/engine.ts';
import { askedKeys } from './asked-keys.ts';
import { onTheWay } from './faults.ts';
import type { RunContext, SubgraphSchema } from './subgraph-of-world.ts';

/** One call to a subgraph. */
export interface Call {
  subgraph: string;
  query: string;
  variables: Record<string, unknown>;
}

/** What is behind the calls of one run. */
export interface CurrentRun extends RunContext {
  calls: Call[];
}

export function createSubgraphTransport(
  subgraphs: ReadonlyMap<string, SubgraphSchema>,
  current: () => CurrentRun,
): SubgraphTransport {
  const documents = new Map<string, DocumentNode>();
  const documentOf = (query: string): DocumentNode => {
    const document = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, document);
    return document;
  };
  return {
    async call(subgraph, request) {
      const { query, variables = {} } = JSON.parse(request.body) as Omit<Call, 'subgraph'>;
      const run = current();
      run.calls.push({ subgraph, query, variables });
      const answering = subgraphs.get(subgraph);
      if (!answering) throw new Error(`There is no subgraph ${subgraph}.`);
      const document = documentOf(query);
      const result = await execute({
        schema: answering.schema,
        document,
        variableValues: variables,
        rootValue: {},
        contextValue: run,
        fieldResolver: answering.resolveField,
        typeResolver: (value: { __typename: string }) => value.__typename,
      });
      const said = JSON.parse(JSON.stringify(result)) as Parameters<typeof onTheWay>[3];
      return { status: 200, body: onTheWay(run.faults, subgraph, askedKeys(document), said) };
    },
  };
}
