/**
 * The server closes a connection on which nothing has moved for a while. That is the client's doing where it sends no
 * further request, or does not take its answer; where it waits for us, who wait for subgraphs, it is ours, and deadlines
 * of our own hold. Headers and bodies that are slow to arrive have timeouts of their own in Node.
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** For how long a client may take nothing of its answer. Node looks twice: what the system has buffered is a move to it. */
const UNTAKEN_MS = 2_500;

/** To be called for each request when it begins. Once it is answered, Node goes back to the server's own timeout. */
export type SpareWhoWaits = (socket: Socket, response: ServerResponse) => void;

export function createSpareWhoWaits(): SpareWhoWaits {
  const waiting = new WeakMap<Socket, number>();
  return (socket, response) => {
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    socket.setTimeout(0);
    let isAnswered = false;
    const answered = () => {
      if (isAnswered) return;
      isAnswered = true;
      const others = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, others);
      if (others === 0) socket.setTimeout(UNTAKEN_MS);
    };
    // from here on it is for the client to take it
    response.once('prefinish', answered);
    response.once('close', answered);
  };
}

export function spareClients(server: FastifyInstance, spare: SpareWhoWaits): void {
  server.addHook('onRequest', async ({ raw: { socket } }, { raw }) => spare(socket, raw));
}
