/** The subgraphs executed here, each text parsed once. */
import { type DocumentNode, type ExecutionResult, execute, parse } from 'graphql';
import { SUBGRAPHS, schemaOf } from '../../graph/subgraphs.ts';

export function createSubgraphs() {
  const schemas = new Map(SUBGRAPHS.map((subgraph) => [subgraph.name, schemaOf(subgraph)]));
  const documents = new Map<string, DocumentNode>();
  const documentOf = (query: string): DocumentNode => {
    const document = documents.get(query) ?? parse(query);
    documents.set(query, document);
    return document;
  };
  return async (subgraph: string, query: string, variableValues: object): Promise<ExecutionResult> => {
    const schema = schemas.get(subgraph);
    if (!schema) throw new Error(`There is no subgraph ${subgraph}.`);
    return execute({ schema, document: documentOf(query), variableValues: { ...variableValues } });
  };
}
