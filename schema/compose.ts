/** Composes the subgraphs into the supergraph, and derives what clients and reviewers read from it. */
import { composeServices } from '@apollo/composition';
import { parse, printSchema } from 'graphql';
import type { SubgraphSchema } from './subgraph-schemas.ts';

export interface Composed {
  /** The supergraph's SDL: what the gateway loads. */
  supergraph: string;
  /** The API schema's SDL: what clients see. */
  api: string;
}

/** Throws with every composition error. The URLs are names only: where a subgraph runs is configuration. */
export function compose(subgraphs: readonly SubgraphSchema[]): Composed {
  const services = subgraphs.map(({ name, sdl }) => ({ name, url: `http://${name}/graphql`, typeDefs: parse(sdl) }));
  const { supergraphSdl, schema, errors } = composeServices(services);
  if (errors)
    throw new Error(`The subgraphs do not compose:\n${errors.map(({ message }) => `- ${message}`).join('\n')}`);
  return { supergraph: supergraphSdl, api: `${printSchema(schema.toAPISchema().toGraphQLJSSchema())}\n` };
}
