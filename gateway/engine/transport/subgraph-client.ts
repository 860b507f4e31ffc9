/** Calls one subgraph over HTTP: so many at once, the others in the order in which they came, and none for too long. */
import type { SealedRequest } from '../../../subgraphs/kernel/envelope.ts';
import type { SubgraphAnswer } from '../engine.ts';
import { createAnswerRules, type ReadOptions } from './answer-rules.ts';
import { abortedCode, SubgraphCallFailed } from './call-failed.ts';
import type { Circuit, Passage } from './circuit-breaker.ts';
import { createConnect } from './http1/connect.ts';
import { createKeptConnections } from './http1/kept-connections.ts';
import { createRequestText, type RequestText } from './http1/request-text.ts';

interface SubgraphClient {
  /** Rejects with SubgraphCallFailed. */
  call(request: SealedRequest, signal: AbortSignal): Promise<SubgraphAnswer>;
  /**
   * Ends calls whose time is over or that nobody waits for, and connections that are not used. Whether there is anything
   * to look after: then it is to be called again, some milliseconds later.
   */
  look(): boolean;
  /** Ends calls in flight. */
  close(): void;
}

interface ClientOptions extends ReadOptions {
  timeoutMs: number;
  circuit: Circuit;
}

interface Call {
  text: RequestText;
  signal: AbortSignal;
  resolve(answer: SubgraphAnswer): void;
  reject(failure: SubgraphCallFailed): void;
}

interface SentCall extends Call {
  passage: Passage;
  endsAt: number;
  connection: { close(): void } | null;
}

/** At once. With the size of an answer it limits what is held of them in memory. */
const MAX_CONNECTIONS = 32;

export function createSubgraphClient(subgraph: string, address: string, options: ClientOptions): SubgraphClient {
  const { timeoutMs, circuit } = options;
  const url = new URL(address);
  const textOf = createRequestText(url);
  const waiting = new Set<Call>();
  const sent = new Set<SentCall>();
  let isClosed = false;

  const connections = createKeptConnections<SentCall>(createConnect(url), createAnswerRules(subgraph, options), {
    answered(call, { head: { status }, body }) {
      leave(call, null);
      call.resolve({ status, body });
    },
    failed: (call, cause, wasStale) => fail(call, asFailure(cause, wasStale)),
  });
  const asFailure = (cause: unknown, wasStale = false): SubgraphCallFailed =>
    cause instanceof SubgraphCallFailed ? cause : new SubgraphCallFailed(subgraph, 'UNREACHABLE', { cause, wasStale });
  const failed = (code: SubgraphCallFailed['code']): SubgraphCallFailed => new SubgraphCallFailed(subgraph, code);

  /** It has all its time from when it is sent: that many others call says nothing of the subgraph. */
  const send = ({ text, signal, resolve, reject }: Call): void => {
    const passage = circuit.enter();
    if (!passage) {
      reject(failed('CIRCUIT_OPEN'));
      return;
    }
    const call: SentCall = {
      text,
      signal,
      resolve,
      reject,
      passage,
      endsAt: performance.now() + timeoutMs,
      connection: null,
    };
    sent.add(call);
    try {
      call.connection = connections.send(text, call);
    } catch (error) {
      fail(call, asFailure(error));
    }
  };
  const leave = (call: SentCall, failure: SubgraphCallFailed | null): void => {
    sent.delete(call);
    circuit.leave(call.passage, failure);
    for (const next of waiting) {
      if (sent.size >= MAX_CONNECTIONS) break;
      waiting.delete(next);
      if (next.signal.aborted) next.reject(failed(abortedCode(next.signal)));
      else send(next);
    }
  };
  const fail = (call: SentCall, failure: SubgraphCallFailed): void => {
    leave(call, failure);
    call.reject(failure);
  };
  /** What is left of its answer is not read. */
  const giveUp = (call: SentCall, failure: SubgraphCallFailed): void => {
    call.connection?.close();
    fail(call, failure);
  };
  return {
    call: (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) throw failed(abortedCode(signal));
        if (isClosed) throw failed('UNREACHABLE');
        const call = { text: textOf(request), signal, resolve, reject };
        if (sent.size < MAX_CONNECTIONS) send(call);
        else waiting.add(call);
      }),
    look() {
      const now = performance.now();
      for (const call of sent) {
        if (call.signal.aborted) giveUp(call, failed(abortedCode(call.signal)));
        else if (now >= call.endsAt) giveUp(call, failed('TIMEOUT'));
      }
      for (const call of waiting) {
        if (!call.signal.aborted) continue;
        waiting.delete(call);
        call.reject(failed(abortedCode(call.signal)));
      }
      return connections.look(now) || sent.size > 0;
    },
    close() {
      isClosed = true;
      for (const call of waiting) call.reject(failed('UNREACHABLE'));
      waiting.clear();
      for (const call of sent) giveUp(call, failed('UNREACHABLE'));
      connections.close();
    },
  };
}
