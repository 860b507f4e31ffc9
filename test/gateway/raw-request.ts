/** What no HTTP client would send, over a socket of its own. */
import { connect } from 'node:net';

/** The bytes of all that the server says until it closes the connection, or until nothing comes for a while. */
export async function rawRequest(url: string, text: string, quietMs = 400): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise, resolve } = Promise.withResolvers<void>();
  let said = '';
  socket.setTimeout(quietMs, resolve);
  socket.on('error', () => resolve());
  socket.on('close', () => resolve());
  socket.on('data', (chunk) => {
    said += chunk.toString('latin1');
  });
  socket.write(text, 'latin1');
  await promise;
  socket.destroy();
  return said;
}
