/** Every part of the product that has a schema in the database. */
import { GATEWAY } from '../../gateway/store/tenant.ts';
import type { MigratedTenant } from '../../subgraphs/kernel/database/migrate.ts';
import { type SubgraphDefinition, tenantOf } from '../../subgraphs/kernel/subgraph/define-subgraph.ts';
import { registry } from '../../subgraphs/registry.ts';

export const loadSubgraphs = (): Promise<SubgraphDefinition[]> => Promise.all(registry.map(({ load }) => load()));

export const tenantsOf = (definitions: readonly SubgraphDefinition[]): MigratedTenant[] => [
  ...definitions.map(tenantOf),
  GATEWAY,
];
