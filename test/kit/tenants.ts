/** Every part of the product that has a schema in the database. */
import { GATEWAY } from '../../gateway/store/tenant.ts';
import type { MigratedTenant } from '../../subgraphs/kernel/database/migrate.ts';
import { type SubgraphDefinition, tenantOf } from '../../subgraphs/kernel/subgraph/define-subgraph.ts';
import { registry } from '../../subgraphs/registry.ts';

export async function loadSubgraphs(): Promise<SubgraphDefinition[]> {
  const definitions: SubgraphDefinition[] = [];
  for (const { name, load } of registry)
    try {
      definitions.push(await load());
    } catch (error) {
      console.warn(`The subgraph ${name} could not be loaded: ${error instanceof Error ? error.message : error}`);
    }
  return definitions;
}

export const tenantsOf = (definitions: readonly SubgraphDefinition[]): MigratedTenant[] => [
  ...definitions.map(tenantOf),
  GATEWAY,
];
