/** Hands events to their subscribers: graphile-worker on the same PostgreSQL, one job per event and subscriber. */
import { setTimeout } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import { taskOf } from '../database/migrate.ts';
import { asAdmin, schemaOf } from '../database/roles.ts';
import { inTransaction, type Session } from '../database/transaction.ts';
import type { EventPayload } from './emit.ts';
import { openWorkerPool } from './worker-pool.ts';

/** Runs in a transaction of its own as a system caller at the event's school. */
export type EventHandler = (session: Session, payload: EventPayload & Record<string, unknown>) => Promise<void>;

interface Subscriber {
  name: string;
  orm: MikroORM;
  subscriptions: Readonly<Record<string, EventHandler>>;
}

export interface EventWorker {
  /** Waits until no job is due. For a seeding and for tests: a running graph never needs it. */
  drained(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkerOptions {
  /** The worker's own URL (`tenantUrl`). */
  url: string;
  subscribers: readonly Subscriber[];
  clock: Clock;
  /** Told of a handler that failed, by the event's name and id; the job is tried again, later and later. */
  onFailure(event: string, eventId: string, error: unknown): void;
}

export async function startWorker(options: WorkerOptions): Promise<EventWorker> {
  const { url, subscribers } = options;
  const taskList: TaskList = {};
  for (const subscriber of subscribers)
    for (const [event, handler] of Object.entries(subscriber.subscriptions))
      taskList[taskOf(subscriber.name, event)] = (payload) =>
        deliver(options, subscriber, event, handler, payload as EventPayload & Record<string, unknown>);
  const pool = openWorkerPool(url, 6);
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    concurrency: 4,
    pollInterval: 2_000,
    noHandleSignals: true,
    crontab: '',
    logger: new Logger(() => () => {}),
  });
  return { drained: () => drained(url), stop: () => runner.stop().finally(() => pool.end()) };
}

async function drained(url: string): Promise<void> {
  const due = 'select exists (select from graphile_worker.jobs where attempts < max_attempts) as left';
  await asAdmin(url, async (client) => {
    while ((await client.query<{ left: boolean }>(due)).rows[0]?.left) await setTimeout(20);
  });
}

async function deliver(
  { clock, onFailure }: WorkerOptions,
  { name, orm }: Subscriber,
  event: string,
  handler: EventHandler,
  payload: EventPayload & Record<string, unknown>,
): Promise<void> {
  const caller = { kind: 'system', job: event, school: payload.schoolUrn, reason: 'event' } as const;
  try {
    await inTransaction(orm, { caller, clock, readOnly: false }, async (session) => {
      const inbox = sql.id(schemaOf(name), 'inbox');
      const taken = await sql`insert into ${inbox} (event_id, event) values (${payload.eventId}, ${event})
        on conflict do nothing`.execute(session.db);
      if (taken.numAffectedRows) await handler(session, payload);
    });
  } catch (error) {
    onFailure(event, payload.eventId, error);
    throw error;
  }
}
