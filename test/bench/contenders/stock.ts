import { nodeProgram } from '../machine/program.ts';
import { asText, type Contender, listening } from './contender.ts';

export const stock: Contender = {
  name: 'stock',
  title: '@apollo/gateway + @apollo/server',
  start: ({ supergraph }, flags) =>
    listening(
      nodeProgram(
        ['test/bench/contenders/programs/stock.ts'],
        { place: 'contender', env: { SUPERGRAPH: supergraph, APOLLO_TELEMETRY_DISABLED: '1' } },
        flags,
      ),
      /ready: (\d+)/,
    ),
  requestOf: asText,
};
