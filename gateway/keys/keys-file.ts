/** `gateway-secrets.json` of the data folder: all that a gateway in a process of its own is given, and reads. */
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from '../../subgraphs/kernel/database/private-file.ts';
import { isSecret, tightened } from '../../subgraphs/kernel/database/secrets.ts';
import type { OwnKeys } from './own-keys.ts';

const fileOf = (dataDir: string): string => join(dataDir, 'gateway-secrets.json');

/** By the process that prepared the database, once it has: who finds the file finds the tables. */
export const writeOwnKeys = (dataDir: string, keys: OwnKeys): void =>
  writePrivateFile(fileOf(dataDir), `${JSON.stringify(keys, null, 2)}\n`);

/** Null where the folder has none. `notes`: sentences for the person who started it. */
export function readOwnKeys(dataDir: string): { keys: OwnKeys; notes: string[] } | null {
  const file = fileOf(dataDir);
  const text = readPrivateFile(file);
  if (text === null) return null;
  const notes = tightened(file);
  const keys = parse(text);
  if (!keys)
    throw new Error(
      `${file} does not hold the keys of a gateway any more. Put back a copy of it, or start "npm run subgraphs", which writes it anew.`,
    );
  return { keys, notes };
}

function parse(text: string): OwnKeys | null {
  try {
    const found: unknown = JSON.parse(text);
    return isOwnKeys(found) ? found : null;
  } catch {
    return null;
  }
}

function isOwnKeys(value: unknown): value is OwnKeys {
  if (!isRecord(value)) return false;
  const { databaseUrl, recordKey, envelopeKeys, tokenKey, appKey, signingKey } = value;
  return (
    typeof databaseUrl === 'string' &&
    URL.canParse(databaseUrl) &&
    isSecret(recordKey) &&
    Array.isArray(envelopeKeys) &&
    envelopeKeys.length > 0 &&
    envelopeKeys.every((key) => isRecord(key) && typeof key.id === 'string' && isSecret(key.secret)) &&
    isTokenKey(tokenKey) &&
    isSigningKey(appKey) &&
    (signingKey === null || isSigningKey(signingKey))
  );
}

const isTokenKey = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && value.kty === 'OKP' && value.crv === 'Ed25519' && isSecret(value.x);

const isSigningKey = (value: unknown): boolean => isTokenKey(value) && isSecret(value.d);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
