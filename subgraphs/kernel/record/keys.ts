/**
 * The keys of the record of reading. They follow from the installation's database secret, so that there is no other thing
 * to keep. Each writer is given its own: a gateway in a process of its own can make nobody else's rows, nor seals. A process
 * that runs subgraphs opens the secret, to prepare the database and to seal, and whoever takes that process over has all.
 */
import { createHmac } from 'node:crypto';
import type { DatabaseTenant } from '../database/roles.ts';

/** Of the rows that a subgraph, or the gateway, writes. `secret`: the one that database passwords follow from. */
export const recordKeyOf = (secret: string, writer: DatabaseTenant): string => derive(secret, `record-row\n${writer}`);

export const sealKeyOf = (secret: string): string => derive(secret, 'record-seal');

const derive = (secret: string, purpose: string): string =>
  createHmac('sha256', secret).update(purpose).digest('base64url');
