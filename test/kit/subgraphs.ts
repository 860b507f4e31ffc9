/** The subgraphs on a test file's own database, called as the gateway calls them: through a sealed envelope. */
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Caller, SystemCaller } from '../../subgraphs/kernel/caller.ts';
import { WORKER } from '../../subgraphs/kernel/database/migrate.ts';
import { inTransaction, type Session } from '../../subgraphs/kernel/database/transaction.ts';
import { createSealer, type EnvelopeKey, type Sealer } from '../../subgraphs/kernel/envelope.ts';
import { startWorker } from '../../subgraphs/kernel/events/worker.ts';
import { recordKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import type { SubgraphDefinition } from '../../subgraphs/kernel/subgraph/define-subgraph.ts';
import {
  openSubgraph,
  type RunningSubgraph,
  type SubgraphDeps,
  type SubgraphRequest,
} from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { atEnd } from './at-end.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { randomSecret } from './server-facts.ts';
import { loadSubgraphs } from './tenants.ts';

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  extensions?: { guestAccess?: { hidden: { guestProfileId: string; field: string; reason: string }[] } };
}

export interface TestSubgraphs {
  database: TestDatabase;
  clock: TestClock;
  envelopeKeys: readonly EnvelopeKey[];
  grantSecret: string;
  running(name: string): RunningSubgraph;
  all: readonly RunningSubgraph[];
  /** One request in one transaction; `grants` go beside a mutation as the gateway sends them. */
  call(
    subgraph: string,
    caller: Caller | null,
    query: string,
    variables?: Record<string, unknown>,
    options?: { grants?: string[] },
  ): Promise<SubgraphAnswer>;
  /** A transaction in a subgraph's own role, for arranging and for looking: row-level security holds as anywhere. */
  transaction<Result>(
    subgraph: string,
    caller: Caller | SystemCaller | null,
    work: (session: Session) => Promise<Result>,
  ): Promise<Result>;
  /** Hands every event that is due to its subscribers, and returns when none is left. */
  settle(): Promise<void>;
  /** What was masked as "Internal error" so far. */
  internalErrors: unknown[];
  reportError(id: string, error: unknown): void;
}

export interface TestSubgraphsOptions {
  database?: TestDatabase;
  clock?: TestClock;
  /** Other definitions than the registry's, as for a resolver whose checks are taken out. */
  definitions?: readonly SubgraphDefinition[];
  /** Connections of each subgraph at the most. */
  poolSize?: number;
  /** Told of what is masked as "Internal error", with its id. */
  onInternalError?: ((id: string, error: unknown) => void) | undefined;
}

/** Opens every subgraph; on a fresh clone of the empty, migrated database where none is given. Closed after the file. */
export async function openSubgraphs(options: TestSubgraphsOptions = {}): Promise<TestSubgraphs> {
  const database = options.database ?? (await cloneDatabase());
  const clock = options.clock ?? createTestClock();
  const definitions = options.definitions ?? (await loadSubgraphs());
  const keys = { envelopeKeys: [{ id: 'test', secret: randomSecret() }], grantSecret: randomSecret() };
  const errors = collectErrors(options.onInternalError);
  const deps = { ...keys, clock, reportError: errors.reportError };
  const all = await openAll(definitions, database, options.poolSize ? { ...deps, poolSize: options.poolSize } : deps);
  const running = (name: string): RunningSubgraph => {
    const found = all.find((subgraph) => subgraph.name === name);
    if (!found)
      throw new Error(`No subgraph "${name}" runs here. There are: ${all.map((each) => each.name).join(', ')}.`);
    return found;
  };
  return {
    ...keys,
    ...errors,
    database,
    clock,
    running,
    all,
    call: createCall(running, createSealer(keys.envelopeKeys, clock.now)),
    transaction: (name, caller, work) => inTransaction(running(name).orm, { caller, clock, readOnly: false }, work),
    settle: () => settle(database, definitions, (name) => running(name).orm, clock),
  };
}

/** Shown, too: a test that fails of one should say of which. */
function collectErrors(
  onInternalError: TestSubgraphsOptions['onInternalError'],
): Pick<TestSubgraphs, 'internalErrors' | 'reportError'> {
  const internalErrors: unknown[] = [];
  const reportError = (id: string, error: unknown) => {
    onInternalError?.(id, error);
    internalErrors.push(error);
    console.error(error);
  };
  return { internalErrors, reportError };
}

async function openAll(
  definitions: readonly SubgraphDefinition[],
  database: TestDatabase,
  deps: Omit<SubgraphDeps, 'databaseUrl' | 'recordKey'>,
): Promise<RunningSubgraph[]> {
  const opened: RunningSubgraph[] = [];
  for (const definition of definitions) {
    const { name } = definition;
    const own = { databaseUrl: database.urlOf(name), recordKey: recordKeyOf(database.secret, name) };
    const subgraph = await openSubgraph(definition, { ...deps, ...own });
    atEnd(subgraph.close);
    opened.push(subgraph);
  }
  return opened;
}

const createCall =
  (running: TestSubgraphs['running'], sealer: Sealer): TestSubgraphs['call'] =>
  async (name, caller, query, variables = {}, { grants = [] } = {}) => {
    const { envelopes, run } = running(name);
    const sealed = sealer.seal(name, caller, JSON.stringify({ query, variables, extensions: { grants } }));
    const result = await run(envelopes.open(sealed), JSON.parse(sealed.body) as SubgraphRequest);
    return JSON.parse(JSON.stringify(result)) as SubgraphAnswer;
  };

async function settle(
  database: TestDatabase,
  definitions: readonly SubgraphDefinition[],
  ormOf: (name: string) => MikroORM,
  clock: TestClock,
): Promise<void> {
  const failures: unknown[] = [];
  const worker = await startWorker({
    url: database.urlOf(WORKER),
    subscribers: definitions.map(({ name, subscriptions }) => ({ name, orm: ormOf(name), subscriptions })),
    clock,
    onFailure: (_event, _eventId, error) => void failures.push(error),
  });
  try {
    await worker.drained();
  } finally {
    await worker.stop();
  }
  if (failures.length > 0) throw new AggregateError(failures, 'An event handler failed.');
}
