/** Requests to one server, as fast as it answers on a few connections, or at a fixed rate. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, openConnection, statusOf } from './connection.ts';
import type { Message } from './message-reader.ts';
import type { Collected, CollectOrder, LoadOrder, LoadResult } from './orders.ts';
import { percentile } from './percentile.ts';

export async function collect({ port, requests }: CollectOrder): Promise<Collected[]> {
  const connection = openConnection(port);
  try {
    const collected: Collected[] = [];
    for (const request of requests) {
      const answer = await new Promise<Message | Error>((resolve) => connection.send(Buffer.from(request), resolve));
      if (answer instanceof Error) throw answer;
      collected.push({ status: Number(statusOf(answer)), body: answer.body.toString() });
    }
    return collected;
  } finally {
    connection.close();
  }
}

/** `kept`: the connections of orders that keep them. */
export async function generateLoad(order: LoadOrder, kept: Connection[] = []): Promise<LoadResult> {
  const connections = order.isKept ? kept : [];
  while (connections.length < order.connections) connections.push(openConnection(order.port));
  const sending = createSending(order);
  const start = performance.now();
  const end = start + order.seconds * 1_000;
  if (order.rate === null) await atOnce(connections, sending, () => isOver(order, sending, start));
  else await atRate(connections, sending, { start, end, rate: order.rate });
  const seconds = (performance.now() - start) / 1_000;
  if (!order.isKept) for (const connection of connections) connection.close();
  const { latencies, failed, statuses } = sending;
  return {
    requests: latencies.length,
    failed,
    statuses,
    seconds,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    most: percentile(latencies, 1),
  };
}

const LONGEST_MS = 60_000;

function isOver({ seconds, least = 0 }: LoadOrder, { latencies }: Sending, start: number): boolean {
  const passed = performance.now() - start;
  return passed >= LONGEST_MS || (passed >= seconds * 1_000 && latencies.length >= least);
}

interface Sending {
  latencies: number[];
  failed: number;
  statuses: Record<string, number>;
  /** The next request, which is due at this moment. */
  send(connection: Connection, due: number, done: () => void): void;
}

function createSending({ requests, lengths }: LoadOrder): Sending {
  const messages = requests.map((request) => Buffer.from(request));
  let next = 0;
  const sending: Sending = {
    latencies: [],
    failed: 0,
    statuses: {},
    send(connection, due, done) {
      const index = next;
      next = (next + 1) % messages.length;
      connection.send(messages[index] as Buffer, (answer) => {
        sending.latencies.push(performance.now() - due);
        const status = answer instanceof Error ? 'none' : statusOf(answer);
        sending.statuses[status] = (sending.statuses[status] ?? 0) + 1;
        const isRight = answer instanceof Error || !lengths || answer.body.length === lengths[index];
        if (status !== '200' || !isRight) sending.failed++;
        done();
      });
    },
  };
  return sending;
}

async function atOnce(connections: readonly Connection[], { send }: Sending, isEnd: () => boolean): Promise<void> {
  const untilEnd = (connection: Connection) =>
    new Promise<void>((resolve) => {
      const next = (): void => {
        if (isEnd()) resolve();
        else send(connection, performance.now(), next);
      };
      next();
    });
  await Promise.all(connections.map(untilEnd));
}

interface Rate {
  start: number;
  end: number;
  /** In a second. */
  rate: number;
}

/** What is due and finds no free connection waits for one: its time counts. */
async function atRate(
  connections: readonly Connection[],
  { send }: Sending,
  { start, end, rate }: Rate,
): Promise<void> {
  const total = Math.round(((end - start) / 1_000) * rate);
  const due: number[] = [];
  let [begun, answered] = [0, 0];
  const sendDue = (): void => {
    for (const connection of connections) {
      if (connection.isBusy) continue;
      const since = due.shift();
      if (since === undefined) return;
      send(connection, since, () => {
        answered++;
        sendDue();
      });
    }
  };
  while (answered < total) {
    const now = performance.now();
    // due from when this process knows of it: what its own timer is late by is not the server's
    for (; begun < total && start + (begun * 1_000) / rate <= now; begun++) due.push(now);
    sendDue();
    await sleep(1);
  }
}
