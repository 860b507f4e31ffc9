/**
 * The access tokens of apps: an app, the school on whose behalf it calls, and the app grant by which it may. A gateway
 * signs them itself, with a key that signs nothing else: whoever takes a gateway over has no key of persons' tokens, and a
 * token checked with either key can be of that kind alone.
 */
import { calculateJwkThumbprint, type JWK, type JWTPayload } from 'jose';
import type { AppCaller, CallerClient } from '../../subgraphs/kernel/caller.ts';
import { type ClientList, isApp, isInForce, type KnownAppGrant, type KnownClient } from './clients.ts';
import { clientOf, publicKeyOf, signToken } from './jwt.ts';
import type { Scope } from './roles.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** Short, as a school may end an app grant at any time; what has ended opens nothing before that, too. */
export const APP_TOKEN_SECONDS = 10 * 60;

/** The name of a key of apps' tokens (RFC 7638). */
export const appKeyId = (key: JWK): Promise<string> => calculateJwkThumbprint(publicKeyOf(key));

interface GrantedToken {
  client: KnownClient;
  version: string | null;
  grant: KnownAppGrant;
  scopes: readonly Scope[];
}

interface AppTokenSigning {
  /** The private Ed25519 key of apps' tokens, and its name. */
  key: JWK;
  keyId: string;
  issuer: string;
  now: Date;
}

export const issueAppToken = (
  { client, version, grant, scopes }: GrantedToken,
  signing: AppTokenSigning,
): Promise<string> =>
  signToken(
    {
      jti: crypto.randomUUID(),
      client_id: client.name,
      ...(version !== null && { client_version: version }),
      scope: scopes.join(' '),
      school: grant.school,
      app_grant: grant.id,
    },
    { ...signing, subject: client.id, lifetime: APP_TOKEN_SECONDS },
  );

/** What a token says that was checked with the key of apps' tokens; whether it still counts, `appCallerOf` decides. */
export interface AppClaims {
  subject: string;
  client: CallerClient;
  school: string;
  grant: string;
  scopes: ReadonlySet<string>;
}

/** Throws Unauthenticated. */
export function appClaimsOf(claims: JWTPayload): AppClaims {
  const { sub, scope, school, app_grant: grant } = claims;
  const client = clientOf(claims);
  if (!sub || !client || typeof scope !== 'string' || typeof school !== 'string' || typeof grant !== 'string')
    throw new Unauthenticated();
  return { subject: sub, client, school, grant, scopes: new Set(scope.split(' ')) };
}

/**
 * The app as it may call today. The app grant must be in force, and be that client's and that school's; of the token's
 * scopes those count that the app grant still has. Throws Unauthenticated.
 */
export function appCallerOf(
  { subject, client, school, grant: id, scopes }: AppClaims,
  list: ClientList,
  today: string,
): AppCaller {
  const [known, grant] = [list.client(client.name), list.appGrant(id)];
  if (!known || !isApp(known) || known.id !== subject || !grant || !isInForce(grant, today))
    throw new Unauthenticated();
  if (grant.client !== known.name || grant.school !== school) throw new Unauthenticated();
  return {
    subject,
    kind: 'app',
    name: known.title,
    role: 'APP',
    school,
    scopes: grant.scopes.filter((scope) => scopes.has(scope)),
    client,
    grant: { id: grant.id, purpose: grant.purpose },
  };
}
