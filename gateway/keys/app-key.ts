/** The key of apps' tokens. Like the keys of the record it follows from the installation's database secret. */
import { createHmac, createPrivateKey } from 'node:crypto';
import type { JWK } from 'jose';

/** What comes before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410, 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Private; every gateway of the installation has the same. No other secret follows from it. */
export function appKeyOf(secret: string): JWK {
  const seed = createHmac('sha256', secret).update('app-token-key').digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return key.export({ format: 'jwk' }) as JWK;
}
