import { readFileSync } from 'node:fs';
import { defineSubgraph } from '../kernel/subgraph/define-subgraph.ts';
import { entities } from './entities/index.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { migrations } from './migrations/index.ts';
import { recorded } from './recorded.ts';
import { resolvers } from './resolvers/index.ts';
import { subscriptions } from './subscriptions.ts';

export const subgraph = defineSubgraph<Loaders>({
  name: 'shared-teaching',
  typeDefs: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  entities,
  migrations,
  createLoaders,
  ...recorded,
  signsGrants: true,
  publishes: ['teaching-roll.changed', 'guest-form.created', 'emergency-access.opened'],
  subscriptions,
});
