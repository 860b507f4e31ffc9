import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Role } from '../../../subgraphs/kernel/caller.ts';

/** Somebody who signs in: staff of a school, or of the graph. */
export const Account = defineEntity({
  name: 'Account',
  schema: 'gateway',
  tableName: 'account',
  properties: {
    id: p.uuid().primary(),
    /** Lower case: two spellings are one person. */
    email: p.text().unique(),
    name: p.text(),
    role: p.text().$type<Role>(),
    /** Null for a role at no school. */
    schoolUrn: p.text().strictNullable(),
    createdAt: p.datetime(),
  },
});

export type Account = InferEntity<typeof Account>;
