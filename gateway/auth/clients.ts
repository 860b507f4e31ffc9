/** Programs that call the graph, and what schools let them do: what every gateway keeps in mind. */
import { appScopesOf } from './app-scopes.ts';
import type { Scope } from './roles.ts';

/** How the operations of a client are met: any; any, and unknown ones are told of; only listed ones, by text or by id. */
export const CLIENT_MODES = ['open', 'log-unknown', 'safelist', 'require-id'] as const;

export type ClientMode = (typeof CLIENT_MODES)[number];

/**
 * Those that a client may be in, the usual one first. An app grant names operations of a list, and a text could have
 * whatever name its sender likes: apps run listed operations only, partners' by their ids.
 */
export function modesOf({ isApp, isPartner }: { isApp: boolean; isPartner: boolean }): readonly ClientMode[] {
  if (isPartner) return ['require-id'];
  return isApp ? ['safelist', 'require-id'] : CLIENT_MODES;
}

/** Of UK GDPR Article 6(1), (a) to (f): one of them a school must name for what an app does with its pupils' data. */
export const LAWFUL_GROUNDS = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interests',
] as const;

export type LawfulGround = (typeof LAWFUL_GROUNDS)[number];

export interface ClientSecret {
  /** SHA-256. */
  hash: Buffer;
  /** Null while it is the latest. */
  until: Date | null;
}

/** A client that is not retired. */
export interface KnownClient {
  /** Its `client_id`. */
  name: string;
  /** UUID: whom the record of reading knows an app by. */
  id: string;
  title: string;
  mode: ClientMode;
  isPartner: boolean;
  /** Two at the most. An app has one; a client that persons come with has none. */
  secrets: readonly ClientSecret[];
}

/** An app grant that is not revoked, of a client that is not retired. Whether it is in force is a matter of the day. */
export interface KnownAppGrant {
  /** UUID. */
  id: string;
  /** The client's name. */
  client: string;
  /** URN. */
  school: string;
  purpose: string;
  /** Names of the operations that it covers. */
  operations: ReadonlySet<string>;
  /** Those that an app may have. */
  scopes: readonly Scope[];
  /** `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
}

/** As they were at one moment. */
export interface ClientList {
  client(name: string): KnownClient | undefined;
  appGrant(id: string): KnownAppGrant | undefined;
  /** The older first. */
  appGrantsOf(client: string): readonly KnownAppGrant[];
}

/** What a gateway knows of them as time goes on. */
export interface ClientDirectory {
  /** As they are, or were five seconds ago at the most. Throws where they cannot be read. */
  current(): Promise<ClientList>;
  /** As they were last read: for who was let in by them a moment ago. */
  last(): ClientList;
}

interface StoredGrant extends Omit<KnownAppGrant, 'scopes' | 'operations'> {
  operations: readonly string[];
  scopes: readonly string[];
}

/** `grants`: the older first. One whose client is not among `clients` is left out. */
export function clientList(clients: readonly KnownClient[], grants: readonly StoredGrant[]): ClientList {
  const byName = new Map(clients.map((client) => [client.name, client]));
  const known = grants
    .filter(({ client }) => byName.has(client))
    .map((grant): KnownAppGrant => {
      return { ...grant, operations: new Set(grant.operations), scopes: appScopesOf(grant.scopes) };
    });
  const byId = new Map(known.map((grant) => [grant.id, grant]));
  const byClient = Map.groupBy(known, ({ client }) => client);
  return {
    client: (name) => byName.get(name),
    appGrant: (id) => byId.get(id),
    appGrantsOf: (client) => byClient.get(client) ?? [],
  };
}

/** A client with a secret is an app that calls by itself; any other comes with persons. */
export const isApp = ({ secrets }: KnownClient): boolean => secrets.length > 0;

export const isInForce = ({ from, to }: Pick<KnownAppGrant, 'from' | 'to'>, today: string): boolean =>
  from <= today && today <= to;
