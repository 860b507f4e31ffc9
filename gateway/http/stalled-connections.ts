/**
 * The server closes a connection on which nothing has moved for a while. That is the client's doing where it sends no
 * further request, or does not take its answer; where it waits for us, who wait for subgraphs, it is ours, and deadlines
 * of our own hold. Headers and bodies that are slow to arrive have timeouts of their own in Node.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** `untakenMs`: for how long nothing of an answer may be taken. Once it is, Node goes back to the server's own. */
export function spareWhoWaits(server: FastifyInstance, untakenMs: number): void {
  const waiting = new WeakMap<Socket, number>();
  server.addHook('onRequest', async ({ raw: { socket } }, { raw }) => {
    waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
    socket.setTimeout(0);
    let isAnswered = false;
    const answered = () => {
      if (isAnswered) return;
      isAnswered = true;
      const others = (waiting.get(socket) ?? 1) - 1;
      waiting.set(socket, others);
      if (others === 0) socket.setTimeout(untakenMs);
    };
    // from here on it is for the client to take it
    raw.once('prefinish', answered);
    raw.once('close', answered);
  });
}
