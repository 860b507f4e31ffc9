/** The door of this project's own graph, in one process with its subgraphs or in its own: who may call, and what is kept. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { createAppSignIn } from '../auth/app-sign-in.ts';
import { createAuthenticate } from '../auth/bearer.ts';
import type { ClientDirectory } from '../auth/clients.ts';
import { publicKeyOf } from '../auth/jwt.ts';
import { createTokenVerifier } from '../auth/token-verifier.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { FollowedLists } from '../operations/persisted/followed-lists.ts';
import { modeNotes } from '../policy/authorisation-mode.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import { createRecordRefusals } from '../store/record-refusals.ts';
import { pingStore, type Store } from '../store/store.ts';
import { createDemoSignIn } from './demo-sign-in.ts';
import type { Door } from './door.ts';

export interface OwnDoorDeps {
  store: Store;
  clients: ClientDirectory;
  operationLists: FollowedLists;
  keys: Pick<OwnKeys, 'recordKey' | 'tokenKey' | 'appKey' | 'signingKey'>;
  isDemo: boolean;
  /** The graph's: rows of the record have one time, whoever writes them. */
  clock: Clock;
  /** Real time outside tests: a token does not live longer because a demo stands in another year. */
  realClock: Clock;
  front: FrontSettings;
}

export async function openOwnDoor(deps: OwnDoorDeps): Promise<Omit<Door, 'connect'>> {
  const { store, clients, operationLists, keys, isDemo, clock, realClock, front } = deps;
  if (front.authorisation === 'dry-run' && !isDemo) throw new Error(NO_DRY_RUN);
  const apps = { key: publicKeyOf(keys.appKey), clients, clock };
  const verify = await createTokenVerifier({ personKey: keys.tokenKey, clock: realClock, apps });
  const { signingKey } = keys;
  return {
    authenticate: createAuthenticate(verify),
    appSignIn: await createAppSignIn({ clients, key: keys.appKey, clock, realClock }),
    coversOperation: ({ id }, name) => clients.last().appGrant(id)?.operations.has(name) === true,
    operationLists,
    // of a client that nobody knows any more the least is shown
    isPartner: (client) => clients.last().client(client)?.isPartner ?? true,
    recordRefusals: createRecordRefusals(store, keys.recordKey, clock),
    readiness: { database: () => pingStore(store) },
    demoSignIn: isDemo && signingKey ? createDemoSignIn(store, signingKey, realClock) : null,
    // what is not a demo's is somebody's
    settings: { ...front, isProduction: front.isProduction || !isDemo },
    notes: [...(isDemo || front.isProduction ? [] : [PRODUCTION]), ...modeNotes(front)],
  };
}

const NO_DRY_RUN =
  'AUTHORISATION is dry-run, which leaves nothing out of what callers ask for, and the database holds data that is not a demo’s. Expected filter or reject.';
const PRODUCTION =
  'The database holds data that is not a demo’s. So PRODUCTION is on: introspection is off, and browsers are told to come by HTTPS.';
