/** Gives apps their tokens (RFC 6749, 4.4): a client that proves who it is, for one school whose app grant is in force. */
import type { JWK } from 'jose';
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { APP_TOKEN_SECONDS, appKeyId, issueAppToken } from './app-token.ts';
import { isSecretOf } from './client-secret.ts';
import type { ClientDirectory } from './clients.ts';
import { isInForce, type KnownAppGrant, type KnownClient } from './clients.ts';
import { createFailedAttempts } from './failed-attempts.ts';
import { CLIENT_VERSION, publicKeyOf } from './jwt.ts';
import type { Scope } from './roles.ts';
import { type Credentials, credentialsOf, parameter, type TokenForm } from './token-form.ts';
import { TokenRefused } from './token-refused.ts';

interface TokenRequest {
  authorization: string | undefined;
  form: TokenForm;
  /** Where it comes from. */
  address: string;
  /** The graph's own address: who issues. */
  issuer: string;
}

/** RFC 6749, 5.1. */
interface TokenAnswer {
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
  scope: string;
}

export interface AppSignIn {
  /** Throws TokenRefused. */
  tokenFor(request: TokenRequest): Promise<TokenAnswer>;
  /** What its tokens are checked with (RFC 7517). */
  keys: { keys: readonly JWK[] };
}

interface AppSignInDeps {
  clients: Pick<ClientDirectory, 'current'>;
  /** The private key of apps' tokens. */
  key: JWK;
  /** The graph's: an app grant is in force from one of its days to another. */
  clock: Pick<Clock, 'today'>;
  realClock: Pick<Clock, 'now'>;
}

export async function createAppSignIn({ clients, key, clock, realClock }: AppSignInDeps): Promise<AppSignIn> {
  const keyId = await appKeyId(key);
  const countFailure = createFailedAttempts();

  const proven = async ({ clientId, secret }: Credentials, address: string): Promise<KnownClient> => {
    const client = (await clients.current()).client(clientId);
    if (isSecretOf(client, secret, realClock.now()) && client) return client;
    // who has the secret is never told to wait: strangers who share an address with an app could keep it out
    const wait = await countFailure(clientId, address);
    throw new TokenRefused('invalid_client', wait === null ? NOT_KNOWN : TOO_MANY, wait);
  };

  return {
    keys: { keys: [{ ...publicKeyOf(key), kid: keyId, use: 'sig', alg: 'EdDSA' }] },
    async tokenFor({ authorization, form, address, issuer }) {
      const client = await proven(credentialsOf(authorization, form), address);
      refuseOtherGrantTypes(form);
      const version = versionOf(form);
      const grants = (await clients.current()).appGrantsOf(client.name);
      const grant = grantFor(
        grants.filter((each) => isInForce(each, clock.today())),
        parameter(form, 'school'),
      );
      const scopes = scopesFor(grant, parameter(form, 'scope'));
      const signing = { key, keyId, issuer, now: realClock.now() };
      return {
        access_token: await issueAppToken({ client, version, grant, scopes }, signing),
        token_type: 'Bearer',
        expires_in: APP_TOKEN_SECONDS,
        scope: scopes.join(' '),
      };
    },
  };
}

const NOT_KNOWN = 'No client has this id and this secret.';
const TOO_MANY = 'Too many attempts have failed: wait as long as "retry-after" says.';

function refuseOtherGrantTypes(form: TokenForm): void {
  const grantType = parameter(form, 'grant_type');
  if (grantType === undefined)
    throw new TokenRefused('invalid_request', 'Expected the parameter "grant_type": client_credentials.');
  if (grantType !== 'client_credentials')
    throw new TokenRefused('unsupported_grant_type', 'Expected "grant_type" to be client_credentials.');
}

function versionOf(form: TokenForm): string | null {
  const version = parameter(form, 'client_version') ?? null;
  if (version !== null && !CLIENT_VERSION.test(version))
    throw new TokenRefused('invalid_request', 'Expected "client_version" to be 1 to 64 letters, digits or -._+.');
  return version;
}

/**
 * `grants`: those in force; of several for one school the latest counts. A client's credentials are themselves its
 * authorization grant (RFC 6749, 1.3.4), and one that no school's app grant stands behind is "invalid, expired, revoked"
 * (5.2). Whether a school is there, nobody learns.
 */
function grantFor(grants: readonly KnownAppGrant[], school: string | undefined): KnownAppGrant {
  const schools = new Set(grants.map((grant) => grant.school));
  if (school === undefined && schools.size > 1)
    throw new TokenRefused(
      'invalid_request',
      'Expected the parameter "school", as several schools have let the app in.',
    );
  const grant = grants.findLast((each) => school === undefined || each.school === school);
  if (!grant) throw new TokenRefused('invalid_grant', NO_GRANT);
  return grant;
}

const NO_GRANT = 'No app grant is in force: expected the URN of a school that lets this app in today.';

/** All of the app grant's where none are asked for. */
function scopesFor({ scopes }: KnownAppGrant, asked: string | undefined): readonly Scope[] {
  if (asked === undefined) return scopes;
  const wanted = new Set(asked.split(' '));
  const chosen = scopes.filter((scope) => wanted.has(scope));
  if (chosen.length < wanted.size)
    throw new TokenRefused('invalid_scope', 'Expected scopes of the app grant, with one space between them.');
  return chosen;
}
