import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { ClientMode } from '../../auth/clients.ts';

/** A program that calls the graph, by itself or on behalf of a person. */
export const Client = defineEntity({
  name: 'Client',
  schema: 'gateway',
  tableName: 'client',
  properties: {
    /** Its `client_id`. */
    name: p.text().primary(),
    /** Whom the record of reading knows an app by. */
    id: p.uuid().unique(),
    title: p.text(),
    mode: p.text().$type<ClientMode>(),
    isPartner: p.boolean(),
    /** SHA-256; null where it has no secret, and comes with persons only. */
    secretHash: p.blob().$type<Buffer>().strictNullable(),
    /** Of the secret before, which lives on until its time. */
    previousSecretHash: p.blob().$type<Buffer>().strictNullable(),
    previousSecretUntil: p.datetime().strictNullable(),
    createdAt: p.datetime(),
    retiredAt: p.datetime().strictNullable(),
  },
});

export type Client = InferEntity<typeof Client>;
