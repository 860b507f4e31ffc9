import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFlags } from '../../kit/start-flags.ts';
import { type BenchOperation, idOf, OPERATIONS } from '../graph/operations.ts';
import { nodeProgram } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';

const FLAGS = startFlags('gateway');

const byId: Contender['requestOf'] = (operation, variables) => ({
  path: '/graphql',
  body: { documentId: `sha256:${idOf(operation)}`, variables },
});

const gateway = (words: readonly string[], flags: readonly string[]) =>
  listening(
    nodeProgram(['gateway/main.ts', '--port', '0', ...words], { place: 'contender' }, [...FLAGS, ...flags]),
    /is ready: http:\/\/localhost:(\d+)\//,
  );

/** What is asked as text passes Apollo Server. */
export const oursByText: Contender = {
  name: 'text',
  title: 'ours, operations as text',
  isOurs: true,
  start: ({ supergraph }, flags) => gateway(['--supergraph', supergraph], flags),
  requestOf: asText,
};

/** What is asked by the id of a published operation takes the fast lane. */
export const oursById: Contender = {
  name: 'persisted',
  title: 'ours, persisted operations',
  isOurs: true,
  start({ supergraph, folder }, flags) {
    const operations = join(folder, 'operations.json');
    writeFileSync(operations, JSON.stringify(manifestOf(Object.values(OPERATIONS))));
    return gateway(['--supergraph', supergraph, '--operations', operations], flags);
  },
  requestOf: byId,
};

export const oursInProcess: Contender = {
  name: 'in-process',
  title: 'ours, persisted operations, its subgraphs in process',
  isOurs: true,
  isInProcess: true,
  start: ({ supergraph }, flags) =>
    listening(
      nodeProgram(
        ['test/bench/contenders/programs/ours-in-process.ts'],
        { place: 'contender', env: { SUPERGRAPH: supergraph } },
        [...FLAGS, ...flags],
      ),
      /ready: (\d+)/,
    ),
  requestOf: byId,
};

/** As Apollo's clients write it. */
const manifestOf = (operations: readonly BenchOperation[]): object => ({
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: operations.map((operation) => ({
    id: idOf(operation),
    name: operation.name,
    type: 'query',
    body: operation.text,
  })),
});
