/** The engines that are compared. A new one is added here, and passes every differential test. */
import { createApolloEngine } from '../../../gateway/engine/apollo.ts';
import { createCompiledEngine } from '../../../gateway/engine/compiled/engine.ts';
import type { CreateEngine } from '../../../gateway/graph.ts';

/** What the stock planner and executor get wrong; `cases.test.ts` says each in a sentence. */
export const CASES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Case = (typeof CASES)[number];

export interface TestedEngine {
  name: string;
  createEngine: CreateEngine;
  /** Those that it gets right. */
  gets: readonly Case[];
  /** Names of worlds in which it is known to be wrong, with the reason: there it is no measure of another. */
  wrongIn: Readonly<Record<string, string>>;
  /** Whether it has null, and no error, for a leaf's value that is not of its type. */
  isQuietOnWrongLeaves: boolean;
}

/** The first is the oracle of the others where the whole does not decide: what they do with a subgraph's faults. */
export const ENGINES: readonly TestedEngine[] = [
  {
    name: 'stock, mended',
    createEngine: createApolloEngine,
    gets: ['E'],
    wrongIn: {
      'unusable keys': 'case A: comes back by the key that is listed first',
      'requires with arguments': 'cases C and D: one value for one name',
      'chains of requires': 'case D: a field that is required twice, once under @include, is fetched for neither',
      'interface objects that require': 'sends a representation of a type behind the interface, and without its key',
    },
    isQuietOnWrongLeaves: true,
  },
  {
    name: 'compiled',
    createEngine: createCompiledEngine,
    gets: CASES,
    wrongIn: {
      'interface objects that require':
        'the planner asks for what one type behind the interface requires of all of them: others get nothing',
    },
    isQuietOnWrongLeaves: false,
  },
];
