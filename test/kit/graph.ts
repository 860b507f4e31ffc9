/** The whole graph with its demo, as `npm start` runs it, on a test file's own database and a free port of this machine. */
import { readFileSync } from 'node:fs';
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
import { byBoth, LANE_CLIENT, type Lane, openLane } from './lane.ts';
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

export interface Person {
  /** By id the text is published first, for the test. */
  query(text: string, variables?: Record<string, unknown>): Promise<Answer>;
}

/** Events that a mutation emitted are handled by `settle()`, when the test wants it. */
export interface Graph extends TestSubgraphs {
  /** To the subgraphs, as the gateway has it. */
  callSubgraph: CallSubgraph;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** One of the demo's people by address, somebody made up, or nobody (null). */
  as(who: string | TokenAccount | null): Person;
  /** A token of that person's, good from now on. */
  tokenFor(who: string | TokenAccount): Promise<string>;
}

interface GraphOptions extends Omit<TestSubgraphsOptions, 'clock' | 'onInternalError'>, TransportOptions {
  /** `TEST_TODAY` where it is not said; the demo's dates stay relative to that. */
  today?: string;
  telemetry?: Telemetry;
  metricsToken?: string | undefined;
  deadlineMs?: number;
  /**
   * How operations come: by text where it is not said. `both`: queries by text and by id, which must answer the same, and
   * mutations by id. `sampled`: every fourth operation so, where there are very many of a kind.
   */
  lanes?: Lane | 'both' | 'sampled';
}

const SUPERGRAPH = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');

export async function startGraph(options: GraphOptions = {}): Promise<Graph> {
  const { today, telemetry, metricsToken, deadlineMs = PATIENT_MS, lanes = 'by text' } = options;
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
  const lane = openLane(kept.operationLists);
  let asks = 0;
  const { tokenKey } = newSecrets();
  const gateway = await createStandaloneGateway({
    supergraph: SUPERGRAPH,
    store,
    ...kept,
    operationLists: lane.lists,
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
  return {
    ...subgraphs,
    callSubgraph,
    url,
    tokenFor,
    as(who) {
      const byText: Person['query'] = async (query, variables) =>
        post(`${url}/graphql`, who && (await tokenFor(who)), { query, variables });
      if (who === null || lanes === 'by text') return { query: byText };
      const byId: Person['query'] = async (text, variables) => {
        const documentId = lane.publish(text);
        // what is no operation is no published one
        if (documentId === null) return byText(text, variables);
        const token = await tokenFor({ ...accountOf(who), client: LANE_CLIENT });
        return post(`${url}/graphql`, token, { documentId, variables });
      };
      if (lanes === 'by id') return { query: byId };
      const both = byBoth({ byText, byId });
      return { query: (...asked) => (lanes === 'sampled' && asks++ % 4 !== 0 ? byText : both)(...asked) };
    },
  };
}

const accountOf = (who: string | TokenAccount): TokenAccount => (typeof who === 'string' ? demoStaff(who) : who);

async function post(url: string, token: string | null, request: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(request) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Answer['body'] };
}
