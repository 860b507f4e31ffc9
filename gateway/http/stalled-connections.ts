/**
 * Closes a connection on which nothing has moved for the server's `timeout`, where that is the client's doing: it sends
 * no further request, or does not take its answer. One that waits for us, for subgraphs, is left alone: they have
 * deadlines of their own. Headers and bodies that are slow to arrive have timeouts of their own in Node.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export function cutStalledConnections(server: Server): void {
  const waitingForUs = new WeakMap<Socket, Set<ServerResponse>>();
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const waiting = waitingForUs.get(socket) ?? new Set();
    waitingForUs.set(socket, waiting.add(response));
    response.once('close', () => waiting.delete(response));
  });
  // https://nodejs.org/api/http.html#event-timeout: with a listener, it alone decides
  server.on('timeout', (socket: Socket) => {
    const isOurTurn = (waitingForUs.get(socket)?.size ?? 0) > 0 && socket.writableLength === 0;
    if (!isOurTurn) socket.destroy();
  });
}
