/** Every committed file that is generated, as it should be: path from the project's root → content. */
import { resolverTypes } from './codegen.ts';
import { compose } from './compose.ts';
import { guestMatrixPage } from './guest-matrix.ts';
import { guestSchema } from './guest-schema.ts';
import { operationManifests } from './operation-manifests.ts';
import { subgraphSchemas } from './subgraph-schemas.ts';

export async function generatedFiles(): Promise<Map<string, string>> {
  const subgraphs = subgraphSchemas();
  const { supergraph, api } = compose(subgraphs);
  return new Map([
    ['schema/supergraph.graphql', supergraph],
    ['schema/api.graphql', api],
    ['schema/guest.graphql', guestSchema(supergraph)],
    ['schema/guest-access.md', guestMatrixPage()],
    ...operationManifests(),
    ...(await resolverTypes(subgraphs)),
  ]);
}
