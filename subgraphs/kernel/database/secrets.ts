/** The secrets of one installation, made once with the system's randomness, kept in `secrets.json` of its data folder. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { EnvelopeKey } from '../envelope.ts';
import { createPrivateFile, readPrivateFile, tighten } from './private-file.ts';

export interface Secrets {
  /** The tenants' database passwords follow from it. */
  database: string;
  /** Of calls from the gateway to the subgraphs: the first signs, each of them opens. */
  envelopeKeys: readonly EnvelopeKey[];
  /** Of guest grants, base64url. */
  grantSecret: string;
  /** Signs access tokens: an Ed25519 private key. */
  tokenKey: JWK;
}

const fileOf = (dataDir: string): string => join(dataDir, 'secrets.json');

interface OpenedSecrets {
  secrets: Secrets;
  /** Sentences for the person who started it. */
  notes: string[];
}

/** Whether a graph was ever started on the folder. */
export const hasSecrets = (dataDir: string): boolean => readPrivateFile(fileOf(dataDir)) !== null;

/** Reads the folder's secrets, or makes them where there are none. A damaged file is never replaced. */
export function openSecrets(dataDir: string): OpenedSecrets {
  const file = fileOf(dataDir);
  let text = readPrivateFile(file);
  if (text === null) {
    const made = newSecrets();
    if (createPrivateFile(file, `${JSON.stringify(made, null, 2)}\n`)) return { secrets: made, notes: [] };
    text = readPrivateFile(file); // another process made them in the same moment
  }
  const notes = tightened(file);
  return { secrets: parseSecrets(text, file), notes };
}

/** Takes a file of secrets from others. Sentences for the person who started it, where they could read it until now. */
export const tightened = (file: string): string[] =>
  tighten(file)
    ? [`Other users could read ${file} until now. If one of them should not have, stop, remove it, and start again.`]
    : [];

export function newSecrets(): Secrets {
  return {
    database: randomSecret(),
    envelopeKeys: [{ id: randomBytes(4).toString('hex'), secret: randomSecret() }],
    grantSecret: randomSecret(),
    tokenKey: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK,
  };
}

const randomSecret = (): string => randomBytes(32).toString('base64url');

function parseSecrets(text: string | null, file: string): Secrets {
  let found: unknown;
  try {
    found = JSON.parse(text ?? '');
  } catch {
    throw damaged(file);
  }
  if (!isSecrets(found)) throw damaged(file);
  return found;
}

/** Says where, not what: the text of a secret belongs in no message. */
const damaged = (file: string): Error =>
  new Error(
    `${file} does not hold the secrets of a graph any more. Put back a copy of it; or remove it, and new ones are made: ` +
      'the data stays, access tokens that were given out stop working, and the record of reading until then is not verified any more.',
  );

function isSecrets(value: unknown): value is Secrets {
  if (!isRecord(value)) return false;
  const { database, envelopeKeys, grantSecret, tokenKey } = value;
  return (
    isSecret(database) &&
    isSecret(grantSecret) &&
    Array.isArray(envelopeKeys) &&
    envelopeKeys.length > 0 &&
    envelopeKeys.every((key) => isRecord(key) && typeof key.id === 'string' && isSecret(key.secret)) &&
    isRecord(tokenKey) &&
    tokenKey.kty === 'OKP' &&
    tokenKey.crv === 'Ed25519' &&
    isSecret(tokenKey.d) &&
    isSecret(tokenKey.x)
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** 32 bytes or more, base64url. */
export const isSecret = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{43,}$/.test(value);
