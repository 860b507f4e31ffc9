import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../graph/operations.ts';
import { nodeProgram, ROOT } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';

/** Node’s, as `npm run gateway` has them. */
const FLAGS = flagsIn(readFileSync(join(ROOT, 'package.json'), 'utf8'));

function flagsIn(packageJson: string): string[] {
  const { scripts } = JSON.parse(packageJson) as { scripts: { gateway: string } };
  return scripts.gateway.split(' ').filter((word) => word.startsWith('--'));
}

const byId: Contender['requestOf'] = (operation, variables) => ({
  path: '/graphql',
  body: { documentId: `sha256:${idOf(operation)}`, variables },
});

const startProgramOf = (file: string, supergraph: string, flags: readonly string[]) =>
  listening(
    nodeProgram([`test/bench/contenders/programs/${file}`], { place: 'contender', env: { SUPERGRAPH: supergraph } }, [
      ...FLAGS,
      ...flags,
    ]),
    /ready: (\d+)/,
  );

/** What is asked as text passes Apollo Server. */
export const oursByText: Contender = {
  name: 'text',
  title: 'ours, operations as text',
  isOurs: true,
  start: ({ supergraph }, flags) =>
    listening(
      nodeProgram(['gateway/main.ts', '--supergraph', supergraph, '--port', '0'], { place: 'contender' }, [
        ...FLAGS,
        ...flags,
      ]),
      /is ready: http:\/\/localhost:(\d+)\//,
    ),
  requestOf: asText,
};

/** What is asked by the id of a published operation takes the fast lane. */
export const oursById: Contender = {
  name: 'persisted',
  title: 'ours, persisted operations',
  isOurs: true,
  start: ({ supergraph }, flags) => startProgramOf('ours-persisted.ts', supergraph, flags),
  requestOf: byId,
};

export const oursInProcess: Contender = {
  name: 'in-process',
  title: 'ours, persisted operations, its subgraphs in process',
  isOurs: true,
  isInProcess: true,
  start: ({ supergraph }, flags) => startProgramOf('ours-in-process.ts', supergraph, flags),
  requestOf: byId,
};
