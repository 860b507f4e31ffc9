import { nodeProgram } from '../machine/program.ts';
import { type Contender, listening } from './contender.ts';

const requestOf: Contender['requestOf'] = ({ name }, variables) => ({ path: `/${name}`, body: { variables } });

/** What a backend of this one client's would be: the same calls, written out, and the same answer. */
export const handWritten: Contender = {
  name: 'hand-written',
  title: 'hand-written backend, node:http + undici',
  start: ({ urls }, flags) =>
    listening(
      nodeProgram(
        ['test/bench/contenders/programs/hand-written.ts'],
        { place: 'contender', env: { SUBGRAPH_URLS: JSON.stringify(urls) } },
        flags,
      ),
      /ready: (\d+)/,
    ),
  requestOf,
};

export const handWrittenInProcess: Contender = {
  name: 'hand-written-in-process',
  title: 'hand-written backend, its subgraphs in process',
  isInProcess: true,
  start: (_, flags) =>
    listening(
      nodeProgram(['test/bench/contenders/programs/hand-written-in-process.ts'], { place: 'contender' }, flags),
      /ready: (\d+)/,
    ),
  requestOf,
};
