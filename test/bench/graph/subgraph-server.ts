/**
 * The bench's subgraphs, in a process of their own. A request that is seen for the first time is executed, whatever its
 * planner has made of it; the same bytes again are answered from memory. So this process costs as little as one can.
 */
import { createServer, type Socket } from 'node:net';
import { graphql } from 'graphql';
import { createMessageReader } from '../load/message-reader.ts';
import { type BenchSubgraph, SUBGRAPHS, schemaOf } from './subgraphs.ts';

/** What it is asked by the process that has started it. */
export interface SubgraphCounts {
  calls: number;
  /** Those that were not answered from memory. */
  executed: number;
}

export interface SubgraphsReady {
  /** Where each of them answers, by its name. */
  urls: Record<string, string>;
}

const counts: SubgraphCounts = { calls: 0, executed: 0 };

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

type Answer = Buffer | Promise<Buffer>;

function createAnswers(subgraph: BenchSubgraph): (body: Buffer) => Answer {
  const schema = schemaOf(subgraph);
  const known = new Map<string, Buffer>();
  const execute = async (key: string, body: Buffer): Promise<Buffer> => {
    counts.executed++;
    const { query, variables, operationName } = JSON.parse(body.toString()) as Asked;
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
    const answer = Buffer.from(JSON.stringify(result));
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n`;
    const message = Buffer.concat([Buffer.from(head), answer]);
    known.set(key, message);
    return message;
  };
  return (body) => {
    counts.calls++;
    const key = body.toString('latin1');
    return known.get(key) ?? execute(key, body);
  };
}

function serveConnection(socket: Socket, answerOf: (body: Buffer) => Answer): void {
  let waiting = 0;
  let last = Promise.resolve();
  const inTurn = (answer: Answer): void => {
    waiting++;
    last = last.then(async () => {
      socket.write(await answer);
      waiting--;
    });
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on(
    'data',
    createMessageReader(({ body }) => {
      const answer = answerOf(body);
      // in the order of the requests, also where one of them has to be executed
      if (waiting === 0 && Buffer.isBuffer(answer)) socket.write(answer);
      else inTurn(answer);
    }),
  );
}

async function serve(subgraph: BenchSubgraph): Promise<string> {
  const answerOf = createAnswers(subgraph);
  const server = createServer((socket) => serveConnection(socket, answerOf));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected an address with a port.');
  return `http://127.0.0.1:${address.port}/graphql`;
}

const urls = await Promise.all(SUBGRAPHS.map(async (subgraph) => [subgraph.name, await serve(subgraph)]));
process.on('message', () => process.send?.(counts));
process.on('disconnect', () => process.exit());
process.send?.({ urls: Object.fromEntries(urls) } satisfies SubgraphsReady);
