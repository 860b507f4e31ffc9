import { readFileSync } from 'node:fs';
import { defineSubgraph } from '../kernel/subgraph/define-subgraph.ts';
import { entities } from './entities/index.ts';
import { createLoaders, type Loaders } from './loaders.ts';
import { migrations } from './migrations/index.ts';
import { recorded } from './recorded.ts';
import { resolvers } from './resolvers/index.ts';
import { keepGuestForm } from './services/keep-guest-form.ts';
import { keepTeachingRoll } from './services/keep-teaching-roll.ts';

export const subgraph = defineSubgraph<Loaders>({
  name: 'students',
  typeDefs: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  entities,
  migrations,
  createLoaders,
  ...recorded,
  publishes: ['student.joined', 'student.changed', 'student.left', 'school-site.changed'],
  subscriptions: { 'teaching-roll.changed': keepTeachingRoll, 'guest-form.created': keepGuestForm },
});
