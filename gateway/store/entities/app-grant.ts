import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { LawfulGround } from '../../auth/clients.ts';

/** What a school lets an app do, for which purpose and how long. Nothing of it changes but that it may be revoked. */
export const AppGrant = defineEntity({
  name: 'AppGrant',
  schema: 'gateway',
  tableName: 'app_grant',
  properties: {
    id: p.uuid().primary(),
    /** The client's name. */
    client: p.text(),
    schoolUrn: p.text(),
    purpose: p.text(),
    ground: p.text().$type<LawfulGround>(),
    /** Names of the operations that it covers. */
    operations: p.array(),
    scopes: p.array(),
    /** `YYYY-MM-DD`, both included. */
    startsOn: p.date(),
    endsOn: p.date(),
    createdAt: p.datetime(),
    revokedAt: p.datetime().strictNullable(),
  },
});

export type AppGrant = InferEntity<typeof AppGrant>;
