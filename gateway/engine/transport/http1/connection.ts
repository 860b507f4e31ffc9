/** A kept connection to a subgraph: one call at a time, and its answer. What is not clearly one closes it. */
import { type AnswerRules, createAnswerReader, type ReadAnswer } from './answer-reader.ts';
import type { Connect } from './connect.ts';
import { MalformedAnswer } from './malformed-answer.ts';
import type { RequestText } from './request-text.ts';

/** Who is told what becomes of a call, and of the connection. */
export interface ConnectionOwner<Call> {
  /** The connection takes another call where `isKept`, and is closed where not. */
  answered(call: Call, answer: ReadAnswer, isKept: boolean): void;
  /**
   * The connection is closed. `wasStale`: the other side closed one that had served before, and said nothing to this
   * call, which may not have reached it.
   */
  failed(call: Call, cause: unknown, wasStale: boolean): void;
  /** The connection is closed, and no call was under way. */
  gone(): void;
}

export interface Connection<Call> {
  send(text: RequestText, call: Call): void;
  /** Without a word to the owner. */
  close(): void;
}

export function openConnection<Call>(
  connect: Connect,
  rules: AnswerRules,
  owner: ConnectionOwner<Call>,
): Connection<Call> {
  const reader = createAnswerReader(rules);
  let state: 'connecting' | 'open' | 'closed' = 'connecting';
  let call: Call | null = null;
  /** Until there is a connection that it can be written to. */
  let unsent: RequestText | null = null;
  let isBeingAnswered = false;
  let hasServed = false;

  const close = (): void => {
    state = 'closed';
    socket.destroy();
  };
  const fail = (cause: unknown): void => {
    if (state === 'closed') return;
    close();
    if (call === null) owner.gone();
    else owner.failed(call, cause, hasServed && !isBeingAnswered);
  };
  const take = (answer: ReadAnswer, of: Call, isOpen: boolean): void => {
    // what is still to be written of its request would stand before the next one
    const isKept = isOpen && answer.head.isKept && !answer.hasMore && socket.writableLength === 0;
    [call, isBeingAnswered, hasServed] = [null, false, true];
    if (!isKept) close();
    owner.answered(of, answer, isKept);
  };
  /** In one piece: two are two system calls, and often two packets. */
  const write = ({ head, body, isAscii }: RequestText): void => {
    if (isAscii) {
      socket.write(head + body, 'latin1');
      return;
    }
    socket.cork();
    socket.write(head, 'latin1');
    socket.write(body, 'utf8');
    socket.uncork();
  };

  const socket = connect({
    ready() {
      if (state !== 'connecting') return;
      state = 'open';
      if (unsent) write(unsent);
      unsent = null;
    },
    took(bytes) {
      if (state === 'closed') return;
      try {
        if (call === null || state === 'connecting') throw new MalformedAnswer('nothing that was not asked for');
        isBeingAnswered = true;
        const answer = reader.read(bytes);
        if (answer) take(answer, call, true);
      } catch (error) {
        fail(error);
      }
    },
    ended() {
      const answer = call !== null && isBeingAnswered ? reader.end() : null;
      if (answer && call !== null) take(answer, call, false);
      else fail(new Error('The other side ended the connection.'));
    },
    closed: (cause = new Error('The connection was closed.')) => fail(cause),
  });

  return {
    send(text, next) {
      call = next;
      if (state === 'connecting') unsent = text;
      else write(text);
    },
    close,
  };
}
