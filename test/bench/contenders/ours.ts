import { idOf } from '../graph/operations.ts';
import { nodeProgram } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';

const startGateway = (words: readonly string[], flags: readonly string[]) =>
  listening(
    nodeProgram(['gateway/main.ts', '--port', '0', ...words], { place: 'contender' }, flags),
    /is ready: http:\/\/localhost:(\d+)\//,
  );

/** What is asked as text passes Apollo Server. */
export const oursByText: Contender = {
  name: 'text',
  title: 'ours, operations as text',
  isOurs: true,
  start: ({ supergraph }, flags) => startGateway(['--supergraph', supergraph], flags),
  requestOf: asText,
};

/** What is asked by the id of a published operation takes the fast lane. */
export const oursById: Contender = {
  name: 'persisted',
  title: 'ours, persisted operations',
  isOurs: true,
  start: ({ supergraph, manifest }, flags) =>
    startGateway(['--supergraph', supergraph, '--operations', manifest], flags),
  requestOf: (operation, variables) => ({
    path: '/graphql',
    body: { documentId: `sha256:${idOf(operation)}`, variables },
  }),
};

export const oursInProcess: Contender = {
  name: 'in-process',
  title: 'ours, gateway and subgraphs in one process',
  isOurs: true,
  isInProcess: true,
  start: ({ supergraph }, flags) =>
    listening(
      nodeProgram(
        ['test/bench/contenders/programs/ours-in-process.ts'],
        { place: 'contender', env: { SUPERGRAPH: supergraph } },
        flags,
      ),
      /ready: (\d+)/,
    ),
  requestOf: asText,
};
