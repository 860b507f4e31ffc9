/** Every committed file that is generated, as it should be: path from the project's root → content. */
import { resolverTypes } from './codegen.ts';
import { compose } from './compose.ts';
import { guestMatrixPage } from './guest-matrix.ts';
import { guestSchema } from './guest-schema.ts';
import { operationManifests } from './operation-manifests.ts';
import { partnerSchema } from './partner-schema.ts';
import { subgraphSchemas } from './subgraph-schemas.ts';

export async function generatedFiles(): Promise<Map<string, string>> {
  const subgraphs = subgraphSchemas();
  const composed = compose(subgraphs);
  const { supergraph, api } = composed;
  return new Map([
    ['schema/supergraph.graphql', supergraph],
    ['schema/api.graphql', api],
    ['schema/guest.graphql', guestSchema(supergraph)],
    ['schema/partner.graphql', partnerSchema(composed)],
    ['schema/guest-access.md', guestMatrixPage()],
    ...operationManifests(),
    ...(await resolverTypes(subgraphs)),
  ]);
}
