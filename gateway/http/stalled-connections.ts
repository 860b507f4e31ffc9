/**
 * The server closes a connection on which nothing has moved for a while. That is the client's doing where it sends no
 * further request, or does not take its answer; where it waits for us, who wait for subgraphs, it is ours, and deadlines
 * of our own hold. Headers and bodies that are slow to arrive have timeouts of their own in Node.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** For how long a client may take nothing of its answer. Node looks twice: what the system has buffered is a move to it. */
const UNTAKEN_MS = 2_500;

/**
 * To be called for a request when it begins, and what it returns when its answer is written or its client has gone away:
 * from then on it is for the client to take it, and then Node goes back to the server's own timeout.
 */
export type SpareWhoWaits = (socket: Socket) => () => void;

export function createSpareWhoWaits(): SpareWhoWaits {
  const waiting = new WeakMap<Socket, number>();
  return (socket) => {
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    socket.setTimeout(0);
    let isAnswered = false;
    return () => {
      if (isAnswered) return;
      isAnswered = true;
      const others = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, others);
      if (others === 0) socket.setTimeout(UNTAKEN_MS);
    };
  };
}

export function spareClients(server: FastifyInstance, spare: SpareWhoWaits): void {
  server.addHook('onRequest', async ({ raw: { socket } }, { raw }) => {
    const answered = spare(socket);
    raw.once('prefinish', answered);
    raw.once('close', answered);
  });
}
