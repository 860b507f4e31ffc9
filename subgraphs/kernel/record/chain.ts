/** How rows hang together: each seal holds what came before it, so that none can be changed, left out or moved alone. */
import { createHmac, type KeyObject } from 'node:crypto';

/** The chain of a school (its URN), or of callers at none (`''`). */
export interface Seal {
  school: string;
  /** From 1. */
  position: number;
  /** UUID of the row. */
  reading: string;
  /** ISO 8601, UTC, with microseconds, as in the row. */
  at: string;
  /** Of the transaction that wrote the row. */
  xid: string;
  /** The row's. */
  mac: Buffer;
}

export interface Head {
  school: string;
  length: number;
  /** Of its last seal. */
  hash: Buffer;
}

/** Before the first seal of a chain. */
export const NOTHING = Buffer.alloc(32);

/** HMAC-SHA256 over a seal and the hash of the one before. `key`: `sealKeyOf`. */
export const sealHash = (key: KeyObject, previous: Buffer, seal: Seal): Buffer =>
  hmacOf(key, [
    'seal',
    previous.toString('hex'),
    seal.school,
    seal.position,
    seal.reading,
    seal.at,
    seal.xid,
    seal.mac.toString('hex'),
  ]);

/** A head of before cannot be made from the seals that are left: it takes the key. */
export const headMac = (key: KeyObject, { school, length, hash }: Head): Buffer =>
  hmacOf(key, ['head', school, length, hash.toString('hex')]);

/** HMAC-SHA256 over the parts. `key`: `sealKeyOf`. */
export const hmacOf = (key: KeyObject, parts: readonly (string | number)[]): Buffer =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest();
