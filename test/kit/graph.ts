/** The whole graph with its demo, as `npm start` runs it, on a test file's own database and a free port of this machine. */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { issueToken, type TokenAccount } from '../../gateway/auth/access-token.ts';
import { publicKeyOf } from '../../gateway/auth/jwt.ts';
import type { CallSubgraph } from '../../gateway/engine/signed-source.ts';
import { appKeyOf } from '../../gateway/keys/app-key.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { createStandaloneGateway } from '../../gateway/standalone/serve.ts';
import { keepInMind } from '../../gateway/start/kept-in-mind.ts';
import { isDemo } from '../../gateway/store/demo-mark.ts';
import { openStore } from '../../gateway/store/store.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { recordKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import { atEnd } from './at-end.ts';
import { createTestClock } from './clock.ts';
import { cloneDatabase } from './database.ts';
import { createLanes, type Lane } from './lanes.ts';
import { publishTexts } from './published-texts.ts';
import { openSubgraphs, type TestSubgraphs, type TestSubgraphsOptions } from './subgraphs.ts';
import { testTelemetry } from './telemetry.ts';
import { openCalls, PATIENT_MS, type TransportOptions } from './transport.ts';
import { UNTHROTTLED } from './unthrottled.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** The bytes of the answer. */
  text: string;
  body: {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
    extensions?: Record<string, unknown>;
  };
}

/** Whatever is asked comes by every lane (`lanes.ts`), and must be answered the same. A change is made by one of them. */
export interface Person {
  query(text: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** What `around` sees of each time that it is asked. */
  queryEach<Seen>(
    around: (ask: () => Promise<Answer>) => Promise<Seen>,
    text: string,
    variables?: Record<string, unknown>,
  ): Promise<Seen[]>;
}

/** Events that a mutation emitted are handled by `settle()`, when the test wants it. */
export interface Graph extends TestSubgraphs {
  /** To the subgraphs, as the gateway has it. */
  callSubgraph: CallSubgraph;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** One of the demo's people by address, somebody made up, or nobody (null). */
  as(who: string | TokenAccount | null): Person;
  /** Whoever holds this token, which is that client's. */
  bearing(token: string, client: string): Person;
  /** One request, as it is: for what comes by one lane only. */
  send(token: string, request: object): Promise<Answer>;
  /** A token of that person's, good from now on. */
  tokenFor(who: string | TokenAccount): Promise<string>;
}

interface GraphOptions extends Omit<TestSubgraphsOptions, 'clock' | 'onInternalError'>, TransportOptions {
  /** `TEST_TODAY` where it is not said; the demo's dates stay relative to that. */
  today?: string;
  telemetry?: Telemetry;
  metricsToken?: string | undefined;
  deadlineMs?: number;
  /** By which lane changes are made; by each of them in turn where it is not said. */
  changesBy?: Lane;
}

const SUPERGRAPH = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

export async function startGraph(options: GraphOptions = {}): Promise<Graph> {
  const { today, telemetry, metricsToken, deadlineMs = PATIENT_MS, changesBy } = options;
  const clock = createTestClock(today);
  const database = options.database ?? (await cloneDatabase('demo'));
  const told = telemetry ?? testTelemetry();
  const subgraphs = await openSubgraphs({ ...options, database, clock, onInternalError: told.reportError });
  const store = await openStore(database.urlOf('gateway'));
  atEnd(() => store.close(true));
  const gatewayTelemetry = createGatewayTelemetry(told);
  const callSubgraph = await openCalls(subgraphs, gatewayTelemetry, options);
  const kept = await keepInMind({
    store,
    databaseUrl: database.urlOf('gateway'),
    lifetime: { started: (_what, close) => atEnd(async () => void (await close())) },
    clock,
    unread: gatewayTelemetry.unread,
  });
  const texts = publishTexts(kept.operationLists);
  // in the two runs of a test a change takes two lanes
  const lanes = createLanes({ first: inject('transport') === 'http' ? 1 : 0, changesBy });
  const { tokenKey } = newSecrets();
  const gateway = await createStandaloneGateway({
    supergraph: SUPERGRAPH,
    store,
    ...kept,
    operationLists: texts.lists,
    call: callSubgraph,
    keys: {
      recordKey: recordKeyOf(database.secret, 'gateway'),
      envelopeKeys: subgraphs.envelopeKeys,
      tokenKey: publicKeyOf(tokenKey),
      appKey: appKeyOf(database.secret),
      signingKey: tokenKey,
    },
    isDemo: await isDemo(store),
    clock,
    realClock: clock,
    front: { ...DEFAULT_FRONT, clientRates: UNTHROTTLED },
    deadlineMs,
    reportError: subgraphs.reportError,
    telemetry: gatewayTelemetry,
    metricsToken,
  });
  atEnd(gateway.close);
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${port}`;
  const tokenFor = (who: string | TokenAccount) => issueToken(tokenKey, accountOf(who), clock.now());
  type Send = (request: object, headers?: Record<string, string>) => Promise<Answer>;
  /** `client`: whose list the ids are in; null for somebody who has none. */
  const personWho = (sendText: Send, sendId: Send, client: string | null): Person =>
    lanes.through({
      sendText: (query, variables, headers) => sendText({ query, variables }, headers),
      sendId: client === null ? null : (documentId, variables) => sendId({ documentId, variables }),
      publish: (text) => texts.publish(client ?? '', text),
    });
  const bearing = (token: string | null, client: string | null): Person => {
    const send: Send = (request, headers) => post(`${url}/graphql`, token, request, headers);
    return personWho(send, send, client);
  };
  return {
    ...subgraphs,
    callSubgraph,
    url,
    tokenFor,
    bearing,
    send: (token, request) => post(`${url}/graphql`, token, request),
    as(who) {
      if (who === null) return bearing(null, null);
      const account = accountOf(who);
      const client = account.client ?? PERSONS_CLIENT;
      const sendAs =
        (person: TokenAccount): Send =>
        async (request, headers) =>
          post(`${url}/graphql`, await tokenFor(person), request, headers);
      return personWho(sendAs(account), sendAs({ ...account, client }), client.name);
    },
  };
}

/** By which somebody comes who asks by id, and comes by none when asking by text. */
const PERSONS_CLIENT = { name: 'web', version: 'of-a-test' };

const accountOf = (who: string | TokenAccount): TokenAccount => (typeof who === 'string' ? demoStaff(who) : who);

async function post(
  url: string,
  token: string | null,
  request: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(request),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Answer['body'] };
}
