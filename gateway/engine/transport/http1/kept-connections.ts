/** Connections to one place, each kept for the next call as long as the other side is likely to keep it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AnswerRules, ReadAnswer } from './answer-reader.ts';
import type { Connect } from './connect.ts';
import { type Connection, type ConnectionOwner, openConnection } from './connection.ts';
import type { RequestText } from './request-text.ts';

interface KeptConnections<Call> {
  /** On one that is kept, or on a new one. */
  send(text: RequestText, call: Call): Pick<Connection<Call>, 'close'>;
  /** Closes those that were not used for too long. Whether some are left. */
  look(now: number): boolean;
  /** Closes those that are not in use. */
  close(): void;
}

interface Told<Call> extends Pick<ConnectionOwner<Call>, 'failed'> {
  answered(call: Call, answer: ReadAnswer): void;
}

/** How long one is kept where the other side does not say, and at the most. */
const KEPT_MS = 4_000;
const MOST_KEPT_MS = 600_000;
/** Before the other side closes it: what is sent meanwhile is lost. */
const SOONER_MS = 2_000;

export function createKeptConnections<Call>(
  connect: Connect,
  rules: AnswerRules,
  { answered, failed }: Told<Call>,
): KeptConnections<Call> {
  // a connection outlives the request that it was opened for: nothing of that one goes along
  const outside = AsyncLocalStorage.snapshot();
  let kept: { connection: Connection<Call>; until: number }[] = [];

  const close = (): void => {
    for (const { connection } of kept) connection.close();
    kept = [];
  };
  const keep = (connection: Connection<Call>, seconds: number | undefined): void => {
    const ms = seconds === undefined ? KEPT_MS : Math.min(seconds * 1_000 - SOONER_MS, MOST_KEPT_MS);
    if (ms > 0) kept.push({ connection, until: performance.now() + ms });
    else connection.close();
  };
  const open = (): Connection<Call> => {
    const connection = openConnection<Call>(connect, rules, {
      answered(call, answer, isKept) {
        if (isKept) keep(connection, answer.head.keptFor);
        answered(call, answer);
      },
      failed(call, cause, wasStale) {
        // the others are likely to be as this one: whoever asks again does so on a new one
        if (wasStale) close();
        failed(call, cause, wasStale);
      },
      gone() {
        kept = kept.filter((each) => each.connection !== connection);
      },
    });
    return connection;
  };
  /** The one that was used last: it is the least likely to have been closed. */
  const takeKept = (): Connection<Call> | null => {
    const last = kept.pop();
    if (!last) return null;
    if (performance.now() < last.until) return last.connection;
    last.connection.close();
    return takeKept();
  };
  return {
    send(text, call) {
      const connection = takeKept() ?? outside(open);
      connection.send(text, call);
      return connection;
    },
    look(now) {
      const isOver = ({ until }: { until: number }): boolean => until <= now;
      if (kept.some(isOver)) {
        for (const { connection } of kept.filter(isOver)) connection.close();
        kept = kept.filter((each) => !isOver(each));
      }
      return kept.length > 0;
    },
    close,
  };
}
