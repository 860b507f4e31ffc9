/** Which of an installation's secrets the gateway is given: its own, from which no others follow. */
import type { JWK } from 'jose';
import type { Secrets } from '../../subgraphs/kernel/database/secrets.ts';
import type { EnvelopeKey } from '../../subgraphs/kernel/envelope.ts';
import { recordKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import { publicKeyOf } from '../auth/jwt.ts';
import { storeUrl } from '../store/store.ts';
import { GATEWAY } from '../store/tenant.ts';
import { appKeyOf } from './app-key.ts';

export interface OwnKeys {
  /** Of its own role, which reaches the gateway's schema and may add to the record of reading. */
  databaseUrl: string;
  /** Signs its own rows of the record. */
  recordKey: string;
  /** Of calls to the subgraphs: the first signs. */
  envelopeKeys: readonly EnvelopeKey[];
  /** Checks persons' access tokens, and signs none: an Ed25519 public key. */
  tokenKey: JWK;
  /** Signs apps' access tokens, which are good for nothing but the app grants that there are: an Ed25519 private key. */
  appKey: JWK;
  /** Signs tokens of a demo's people for the sandbox; null where the database is not a demo's. */
  signingKey: JWK | null;
}

/** The one place that sees the secrets which others' follow from. */
export const ownKeysOf = (
  { adminUrl, secrets }: { adminUrl: string; secrets: Pick<Secrets, 'database' | 'envelopeKeys' | 'tokenKey'> },
  isDemo: boolean,
): OwnKeys => ({
  databaseUrl: storeUrl(adminUrl, secrets.database),
  recordKey: recordKeyOf(secrets.database, GATEWAY.name),
  envelopeKeys: secrets.envelopeKeys,
  tokenKey: publicKeyOf(secrets.tokenKey),
  appKey: appKeyOf(secrets.database),
  signingKey: isDemo ? secrets.tokenKey : null,
});
