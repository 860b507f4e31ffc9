/**
 * What the flood costs where nothing is done for it: `node:http` alone, which reads each request, answers what is asked by id
 * with what our gateway answers, and refuses every text. How late its answers are is this machine's and Node's.
 */
import { createServer, type IncomingMessage } from 'node:http';

const ANSWER = Buffer.from(`${JSON.stringify({ data: { school: { name: 'A' } } })}\n`);

async function asksById(request: IncomingMessage): Promise<boolean> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return 'documentId' in JSON.parse(Buffer.concat(parts).toString());
}

const server = createServer(async (request, response) => {
  const status = (await asksById(request)) ? 200 : 429;
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': ANSWER.length });
  response.end(ANSWER);
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = server.address();
  console.log(`ready: ${typeof address === 'object' ? address?.port : address}`);
});
