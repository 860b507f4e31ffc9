/** Subgraphs as anybody has them: GraphQL over HTTP, without an envelope, on one server of their own. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, graphql, parse } from 'graphql';
import { atEnd } from '../../kit/at-end.ts';

export interface PlainSubgraph {
  name: string;
  /** With its own links. */
  typeDefs: string;
  resolvers: object;
}

interface PlainSubgraphs {
  /** Composed, with the addresses at which they answer. */
  supergraph: string;
  urlOf(name: string): string;
  /** The headers of every call, in order. */
  headers: IncomingMessage['headers'][];
}

export async function startSubgraphs(subgraphs: readonly PlainSubgraph[]): Promise<PlainSubgraphs> {
  const headers: PlainSubgraphs['headers'] = [];
  const schemas = new Map<string, GraphQLSchema>(
    subgraphs.map(({ name, typeDefs, resolvers }) => [
      `/${name}`,
      buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]),
    ]),
  );
  const server = createServer(async (request, response) => {
    headers.push(request.headers);
    const schema = schemas.get(request.url ?? '');
    if (!schema) return void response.writeHead(404).end();
    const { query, variables, operationName } = JSON.parse(await textOf(request)) as {
      query: string;
      variables?: Record<string, unknown>;
      operationName?: string;
    };
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  const urlOf = (name: string) => `http://127.0.0.1:${port}/${name}`;
  return { supergraph: compose(subgraphs, urlOf), urlOf, headers };
}

export function compose(
  subgraphs: readonly Pick<PlainSubgraph, 'name' | 'typeDefs'>[],
  urlOf: (name: string) => string,
): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, typeDefs }) => ({ name, url: urlOf(name), typeDefs: parse(typeDefs) })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
