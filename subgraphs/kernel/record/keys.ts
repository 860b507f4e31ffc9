/**
 * The keys of the record of reading. They follow from the installation's database secret, so that there is no other thing
 * to keep. Each writer is given its own: a gateway in a process of its own can make nobody else's rows, nor seals. A process
 * that runs subgraphs opens the secret, to prepare the database and to seal, and whoever takes that process over has all.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { DatabaseTenant } from '../database/roles.ts';

/** Of the rows that a subgraph, or the gateway, writes. `secret`: the one that database passwords follow from. */
export const recordKeyOf = (secret: string, writer: DatabaseTenant): string => derive(secret, `record-row\n${writer}`);

/** To be read once: that is more work than a signature. */
export const readRecordKey = (key: string): KeyObject => createSecretKey(key, 'base64url');

/** Of all writers' rows, for who looks through the record. */
export function rowKeysOf(secret: string): (writer: DatabaseTenant) => KeyObject {
  const keys = new Map<DatabaseTenant, KeyObject>();
  return (writer) => {
    const key = keys.get(writer) ?? readRecordKey(recordKeyOf(secret, writer));
    keys.set(writer, key);
    return key;
  };
}

export const sealKeyOf = (secret: string): KeyObject => readRecordKey(derive(secret, 'record-seal'));

const derive = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(purpose).digest('base64url');
