/** Engines with a bug: each does one thing that an engine could do wrong, and is right in everything else. */
import { GraphQLError, type OperationDefinitionNode, visit } from 'graphql';
import { createCompiledEngine } from '../../../gateway/engine/compiled/engine.ts';
import type { Engine, EngineAnswer } from '../../../gateway/engine/engine.ts';
import type { CallSubgraph } from '../../../gateway/engine/signed-source.ts';
import type { SubgraphResult } from '../../../gateway/engine/subgraph-answer.ts';
import { readied, type SubgraphOperation, type WrittenOperation } from '../../../gateway/engine/subgraph-operation.ts';
import type { CreateEngine } from '../../../gateway/graph.ts';

interface Bug {
  does: string;
  /** Where it shows. */
  world: string;
  /** Whether it shows only where a subgraph fails. */
  inFaults?: boolean;
  /** Whether it shows only where answers are taken as text. */
  takesText?: boolean;
  createEngine: CreateEngine;
}

type Variables = Readonly<Record<string, unknown>>;
type Entity = Readonly<Record<string, unknown>>;

const withCalls =
  (wrap: (call: CallSubgraph) => CallSubgraph): CreateEngine =>
  (sdl, call) =>
    createCompiledEngine(sdl, wrap(call));

const asking = (change: (operation: WrittenOperation) => WrittenOperation): CreateEngine =>
  withCalls((call) => (subgraph, operation, request) => call(subgraph, change(written(operation)), request));

function written(operation: SubgraphOperation): WrittenOperation {
  const { query, operationName, variables, isQuery, shape } = readied(operation);
  return { query, operationName, variables: JSON.parse(variables) as Variables, isQuery, ...(shape && { shape }) };
}

const hearing = (change: (result: SubgraphResult) => SubgraphResult): CreateEngine =>
  withCalls((call) => async (subgraph, operation, request) => change(await call(subgraph, operation, request)));

const around =
  (wrap: (engine: Engine<unknown>) => Partial<Engine<unknown>>): CreateEngine =>
  async (sdl, call) => {
    const engine = (await createCompiledEngine(sdl, call)) as Engine<unknown>;
    return { ...engine, ...wrap(engine) };
  };

const answering = (change: (answer: EngineAnswer) => EngineAnswer): CreateEngine =>
  around((engine) => ({ execute: async (...given) => change(await engine.execute(...given)) }));

const withRepresentations = (change: (entities: Entity[]) => Entity[]) =>
  asking(({ variables = {}, ...operation }) => {
    const { representations } = variables;
    if (!Array.isArray(representations)) return { ...operation, variables };
    return { ...operation, variables: { ...variables, representations: change(representations) } };
  });

const withEntities = (change: (entities: unknown[]) => unknown[]) =>
  hearing(({ data, errors }) => {
    const entities = data?._entities;
    return { data: Array.isArray(entities) ? { ...data, _entities: change(entities) } : data, errors };
  });

const inLists = (value: unknown, change: (list: unknown[]) => unknown[]): unknown => {
  if (Array.isArray(value)) return change(value.map((item) => inLists(item, change)));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inLists(item, change)]));
};

const withErrors = (change: (error: GraphQLError) => GraphQLError): CreateEngine =>
  answering(({ data, errors }) => ({ data, errors: errors.map(change) }));

const declaredIn = (query: string): string[] => [...query.matchAll(/\$(\w+):/g)].map(([, name = '']) => name);

const entitiesIn = ({ variables = {} }: WrittenOperation): readonly Entity[] | null =>
  Array.isArray(variables.representations) ? (variables.representations as Entity[]) : null;

export const PLANTED: readonly Bug[] = [
  {
    does: 'leaves out what is required',
    world: 'chains of requires',
    createEngine: withRepresentations((all) => all.map(({ area: _area, price: _price, ...entity }) => entity)),
  },
  {
    does: 'takes a required field for another',
    world: 'unusable keys',
    createEngine: withRepresentations((all) => all.map((each) => ('weight' in each ? { ...each, weight: 1 } : each))),
  },
  {
    does: 'takes each entity for the next one',
    world: 'several keys',
    createEngine: withEntities(([first, ...others]) => [...others, first]),
  },
  {
    does: 'loses what is null in a list',
    world: 'lists in lists',
    createEngine: answering(({ data, errors }) => ({
      data: inLists(data, (list) => list.filter((item) => item !== null)) as EngineAnswer['data'],
      errors,
    })),
  },
  {
    does: 'loses the last item of lists in lists',
    world: 'lists in lists',
    createEngine: answering(({ data, errors }) => ({
      data: inLists(data, (list) => (list.some(Array.isArray) ? list.slice(0, -1) : list)) as EngineAnswer['data'],
      errors,
    })),
  },
  {
    does: 'loses errors',
    world: 'shared values',
    inFaults: true,
    createEngine: answering(({ data }) => ({ data, errors: [] })),
  },
  {
    does: 'tells errors above their place',
    world: 'unions and interfaces',
    inFaults: true,
    createEngine: withErrors(
      ({ message, path = [], extensions }) => new GraphQLError(message, { path: path.slice(0, -1), extensions }),
    ),
  },
  {
    does: 'tells errors of the first item',
    world: 'lists in lists',
    inFaults: true,
    createEngine: withErrors(({ message, path = [], extensions }) => {
      const first = path.map((key) => (typeof key === 'number' ? 0 : key));
      return new GraphQLError(message, { path: first, extensions });
    }),
  },
  {
    does: 'sends null where a variable was left out',
    world: 'inputs',
    createEngine: asking(({ query, variables, ...operation }) => ({
      ...operation,
      query,
      variables: { ...Object.fromEntries(declaredIn(query).map((name) => [name, null])), ...variables },
    })),
  },
  {
    does: 'leaves out variables that are null',
    world: 'inputs',
    createEngine: asking(({ variables = {}, ...operation }) => ({
      ...operation,
      variables: Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null)),
    })),
  },
  {
    does: 'sends a change twice',
    world: 'mutations in series',
    createEngine: withCalls((call) => async (subgraph, operation, request) => {
      if (!operation.isQuery) await call(subgraph, operation, request);
      return call(subgraph, operation, request);
    }),
  },
  {
    does: 'makes changes the other way round',
    world: 'mutations in series',
    createEngine: around((engine) => ({
      prepare: (document) =>
        engine.prepare(
          visit(document, {
            OperationDefinition: ({ selectionSet, ...operation }): OperationDefinitionNode => ({
              ...operation,
              selectionSet: { ...selectionSet, selections: selectionSet.selections.toReversed() },
            }),
          }),
        ),
    })),
  },
  {
    does: 'remembers what was left out the first time',
    world: 'shared values',
    createEngine: around((engine) => {
      const first = new WeakMap<object, Variables>();
      return {
        execute(plan, variables, request) {
          const known = first.get(plan as object) ?? variables;
          first.set(plan as object, known);
          return engine.execute(plan, known, request);
        },
      };
    }),
  },
  {
    does: 'has no field that is named like what every object has',
    world: 'odd names',
    createEngine: hearing(({ data, errors }) => ({
      data: data && (JSON.parse(JSON.stringify(data).replaceAll('"constructor":', '"__lost":')) as typeof data),
      errors,
    })),
  },
  {
    does: 'asks nothing of entities that lack what others have',
    world: 'interface objects that require much',
    createEngine: withCalls((call) => async (subgraph, operation, request) => {
      const entities = entitiesIn(written(operation));
      if (subgraph !== 'reviews' || !entities || entities.some(({ title }) => title !== undefined))
        return call(subgraph, operation, request);
      return { data: { _entities: entities.map(() => null) }, errors: [] };
    }),
  },
  {
    does: 'takes what one part of a divided call is answered for the other’s',
    world: 'interface objects that require much',
    createEngine: withCalls((call) => {
      let before: readonly unknown[] = [];
      return async (subgraph, operation, request) => {
        const { data, errors } = await call(subgraph, operation, request);
        const own = data?._entities;
        if (subgraph !== 'reviews' || !Array.isArray(own)) return { data, errors };
        const others = before;
        before = own;
        return { data: { ...data, _entities: own.map((entity, index) => others[index] ?? entity) }, errors };
      };
    }),
  },
  {
    does: 'asks for entities without the client’s variables',
    world: 'interface objects that require much',
    createEngine: asking((operation) => {
      const representations = entitiesIn(operation);
      return representations ? { ...operation, variables: { representations } } : operation;
    }),
  },
  {
    does: 'gives as text what is not as it is to be sent',
    world: 'several keys',
    takesText: true,
    createEngine: around((engine) => ({
      async execute(plan, variables, request) {
        const { data, errors } = await engine.execute(plan, variables, { ...request, asked: null });
        return request.asked ? { text: JSON.stringify({ data }), data: null, errors: [] } : { data, errors };
      },
    })),
  },
  {
    does: 'asks for no type name behind an interface',
    world: 'unions and interfaces',
    createEngine: asking(({ query, ...operation }) => ({
      ...operation,
      query: query.replaceAll('__typename ', ''),
    })),
  },
];
