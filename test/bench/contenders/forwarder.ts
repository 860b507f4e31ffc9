import { nodeProgram } from '../machine/program.ts';
import { type Contender, listening } from './contender.ts';

/** No contender, but the floor under them: what a request of one call costs Node where nothing is done for it. */
export const forwarder: Contender = {
  name: 'forwarder',
  title: 'bytes forwarded by node:net, nothing checked',
  sizes: ['small'],
  start: ({ urls }, flags) =>
    listening(
      nodeProgram(
        ['test/bench/contenders/programs/forwarder.ts'],
        { place: 'contender', env: { SUBGRAPH_URLS: JSON.stringify(urls) } },
        flags,
      ),
      /ready: (\d+)/,
    ),
  requestOf: (_operation, variables) => ({ path: '/', body: { variables } }),
};
