/** The engines that are compared. A new one is added here, and passes every differential test. */
import { createApolloEngine } from '../../../gateway/engine/apollo.ts';
import { createCompiledEngine } from '../../../gateway/engine/compiled/engine.ts';
import type { CreateEngine } from '../../../gateway/graph.ts';
import type { Fault } from './faults.ts';
import type { World } from './world.ts';

/** What the stock planner and executor get wrong; `cases.test.ts` says each in a sentence. */
const CASES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Case = (typeof CASES)[number];

/** What was tried, as far as an engine may be known to be wrong in it. */
interface Tried {
  world: World;
  query: string;
  faults: readonly Fault[];
  /** Whether fields of this name have no selection, on some type at least. */
  isLeaf(field: string): boolean;
}

export interface TestedEngine {
  name: string;
  createEngine: CreateEngine;
  /** Whether a subgraph's text is passed on, where it is what is to be sent. */
  takesText?: boolean;
  /** Those that it gets right. */
  gets: readonly Case[];
  /** Where it is known to be wrong: there it is not tried, and no measure of another. */
  wrong: readonly { in: (tried: Tried) => boolean; because: string }[];
}

const named =
  (...names: string[]) =>
  ({ world: { name } }: Pick<Tried, 'world'>): boolean =>
    names.includes(name);

/** The first is the oracle of the others where the whole does not decide: what they do with a subgraph's faults. */
export const ENGINES: readonly TestedEngine[] = [
  {
    name: 'stock, mended',
    createEngine: createApolloEngine,
    gets: ['E'],
    wrong: [
      { in: named('unusable keys'), because: 'case A: it comes back by the key that is listed first' },
      { in: named('requires with arguments'), because: 'cases C and D: it has one value for one name' },
      {
        in: ({ world, query }) => /@(skip|include)/.test(query) && hasRequires(world),
        because: 'case D: where one of two required fields is left out, it asks for neither',
      },
      {
        in: ({ world, query }) => /@(skip|include)/.test(query) && named('mutations in series')({ world }),
        because: 'a change that stands twice, once under a condition, is made twice',
      },
      {
        in: ({ world, faults }) =>
          hasRequires(world) &&
          faults.some(({ kind }) => kind === 'call') &&
          faults.some(({ kind }) => kind !== 'call'),
        because:
          'it tells an error of a call of those, too, that were not asked for, since what they require failed before',
      },
      {
        in: ({ world, faults }) => faults.length > 0 && named('interface objects')({ world }),
        because: 'where the type behind an interface object cannot be learned it has null, and no error',
      },
      {
        in: ({ world, query }) => query.includes('__typename') && named('interface objects')({ world }),
        because: 'it takes the name of an interface object for the type behind it',
      },
      {
        in: named('interface objects that require', 'interface objects that require much'),
        because: 'it sends a representation of a type behind the interface, and without its key',
      },
      { in: named('contexts'), because: 'it sends no arguments from around an entity' },
      { in: named('renamed roots'), because: 'it names the root type as the supergraph does, below the root' },
      { in: named('fields that move'), because: 'it asks the old subgraph, whatever the label of an override says' },
      { in: named('orders'), because: 'of what is required in lists of lists it sends nulls' },
      {
        in: ({ faults, isLeaf }) => faults.some((fault) => fault.kind === 'wrong' && isLeaf(fault.field)),
        because: 'it has null, and no error, for a leaf’s value that is not of its type (GraphQL specification, 6.4.3)',
      },
    ],
  },
  { name: 'compiled', createEngine: createCompiledEngine, gets: CASES, wrong: [] },
  {
    name: 'compiled, passed on as text',
    createEngine: createCompiledEngine,
    takesText: true,
    gets: CASES,
    wrong: [],
  },
];

const hasRequires = ({ subgraphs }: World): boolean => subgraphs.some(({ typeDefs }) => typeDefs.includes('@requires'));
