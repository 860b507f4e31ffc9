/** The caller whom an access token names: a person, or an app on behalf of a school. */
import { hash } from 'node:crypto';
import { decodeProtectedHeader, type JWK } from 'jose';
import type { AppCaller, Caller, PersonCaller } from '../../subgraphs/kernel/caller.ts';
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { ISSUER, personOf } from './access-token.ts';
import { type AppClaims, appCallerOf, appClaimsOf, appKeyId } from './app-token.ts';
import type { ClientDirectory } from './clients.ts';
import { type ClientList, isApp } from './clients.ts';
import { createCheckToken } from './jwt.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** Throws Unauthenticated. */
export type TokenVerifier = (token: string) => Promise<Caller>;

interface TokenVerifierDeps {
  /** Checks persons' tokens. */
  personKey: JWK;
  /** Real time: a token does not live longer because a demo stands in another year. */
  clock: Pick<Clock, 'now'>;
  /** Left out for a graph without clients: only persons come, by whatever client their token names. */
  apps?: AppsDeps | undefined;
}

interface AppsDeps {
  /** Checks apps' tokens: the public part. */
  key: JWK;
  clients: Pick<ClientDirectory, 'current'>;
  /** The graph's: an app grant is in force from one of its days to another. */
  clock: Pick<Clock, 'today'>;
}

/**
 * A signature takes a tenth of a millisecond to check, and a busy caller sends the same token with every request: what
 * was found of it is kept until it ends. Whether it still counts is decided with every request.
 */
const MOST_KEPT = 10_000;

type Checked = { expires: number } & ({ person: PersonCaller } | { app: AppClaims; admitted?: Admitted });

/** The same caller as long as nothing has changed that it came from. */
interface Admitted {
  list: ClientList;
  today: string;
  caller: AppCaller;
}

export async function createTokenVerifier({ personKey, clock, apps }: TokenVerifierDeps): Promise<TokenVerifier> {
  const checkPerson = await createCheckToken(personKey, ISSUER);
  const checkApp = apps && { check: await createCheckToken(apps.key), keyId: await appKeyId(apps.key) };
  const kept = new Map<string, Checked>();

  const check = async (token: string, now: Date): Promise<Checked> => {
    // the key that is named decides what the token can be; one that names another's does not hold with it
    if (checkApp && keyIdOf(token) === checkApp.keyId) {
      const claims = await checkApp.check(token, now);
      return { expires: claims.exp * 1000, app: appClaimsOf(claims) };
    }
    const claims = await checkPerson(token, now);
    return { expires: claims.exp * 1000, person: personOf(claims) };
  };
  const checked = async (token: string): Promise<Checked> => {
    // not the token itself, which would let in whoever reads our memory
    const key = hash('sha256', token, 'base64');
    const now = clock.now();
    const known = kept.get(key);
    if (known && now.getTime() < known.expires) return known;
    kept.delete(key);
    const found = await check(token, now);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return found;
  };

  return async (token) => {
    const found = await checked(token);
    if ('person' in found) return admitPerson(found.person, apps);
    if (!apps) throw new Unauthenticated();
    const [list, today] = [await apps.clients.current(), apps.clock.today()];
    const { admitted } = found;
    if (admitted && admitted.list === list && admitted.today === today) return admitted.caller;
    const caller = appCallerOf(found.app, list, today);
    found.admitted = { list, today, caller };
    return caller;
  };
}

/** Persons come by no client, or by one that is there and is none that calls by itself. */
async function admitPerson(person: PersonCaller, apps: AppsDeps | undefined): Promise<PersonCaller> {
  if (!person.client || !apps) return person;
  const client = (await apps.clients.current()).client(person.client.name);
  if (!client || isApp(client)) throw new Unauthenticated();
  return person;
}

/** Read before anything is checked, and so believed for no more than which key to try. */
function keyIdOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid;
  } catch {
    throw new Unauthenticated();
  }
}
