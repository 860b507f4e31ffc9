/** A world opened: composed once, and behind as many engines as are compared, each asked as the gateway asks it. */
import {
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';
import { createSubgraphCaller } from '../../../gateway/engine/signed-source.ts';
import { type CreateEngine, createGraph } from '../../../gateway/graph.ts';
import { DEFAULT_FRONT } from '../../../gateway/policy/front-settings.ts';
import { compose } from '../../../schema/compose.ts';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { openSupergraph } from '../../kit/supergraph.ts';
import { BY_KEY, type Fault } from './faults.ts';
import { type Outcome, toOutcome } from './outcome.ts';
import { type RunContext, type SubgraphSchema, sdlOf, subgraphOfWorld } from './subgraph-of-world.ts';
import { type Call, type CurrentRun, createSubgraphTransport } from './subgraph-transport.ts';
import { createWhole } from './whole.ts';
import type { World } from './world.ts';

export interface AskedOperation {
  query: string;
  operationName?: string;
  variables?: Readonly<Record<string, unknown>>;
}

interface Runner {
  /** One at a time. */
  run(asked: AskedOperation, faults?: readonly Fault[]): Promise<Outcome>;
}

export interface EngineRunner extends Runner {
  /** To the subgraphs, of the last run. */
  calls(): readonly Call[];
}

export interface OpenWorld {
  world: World;
  supergraph: string;
  apiSchema: GraphQLSchema;
  subgraphs: ReadonlyMap<string, SubgraphSchema>;
  /** By which its things are asked for. */
  ids: readonly string[];
  /** Names of fields that subgraphs ask each other for: of keys, `@requires` and `@provides`, and how things are found. */
  sharedFields: ReadonlySet<string>;
  /** Names of fields that have no selection on any type. */
  leaves: ReadonlySet<string>;
  /** The same of some types, and composite fields of others: a fault is of every field of a name. */
  leavesSomewhere: ReadonlySet<string>;
  /** What is right by the specification. */
  whole: Runner;
  /** `takesText`: whether an answer is taken as the subgraph's text, where that is as it is to be sent. */
  behind(createEngine: CreateEngine, takesText?: boolean): Promise<EngineRunner>;
}

/** `alter`: what is done to the composed supergraph, for one that composition would not let through. */
export function openWorld(world: World, alter = (supergraph: string) => supergraph): OpenWorld {
  const subgraphs = new Map(world.subgraphs.map((each) => [each.name, subgraphOfWorld(world, each)]));
  const supergraph = alter(compose(world.subgraphs.map((each) => ({ name: each.name, sdl: sdlOf(each) }))).supergraph);
  const { apiSchema } = openSupergraph(supergraph);
  return {
    world,
    supergraph,
    apiSchema,
    subgraphs,
    ids: idsOf(world),
    sharedFields: sharedFieldsOf(world),
    ...leavesOf(apiSchema),
    whole: openWhole(world, apiSchema),
    behind: (createEngine, takesText = false) =>
      openEngine(supergraph, subgraphs, { caller: world.caller ?? null, takesText }, createEngine),
  };
}

const idsOf = ({ things }: World): string[] => [
  ...new Set(things.flatMap(({ id, code, number }) => [id, code, number].filter((each) => typeof each === 'string'))),
];

function sharedFieldsOf({ subgraphs }: World): Set<string> {
  const names = new Set<string>([BY_KEY]);
  for (const subgraph of subgraphs)
    for (const [, fields = ''] of sdlOf(subgraph).matchAll(/\bfields: "([^"]*)"/g))
      for (const name of fields.match(/\w+/g) ?? []) names.add(name);
  return names;
}

function leavesOf(schema: GraphQLSchema): Pick<OpenWorld, 'leaves' | 'leavesSomewhere'> {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const isComposite = ({ type }: (typeof fields)[number]): boolean => isCompositeType(getNamedType(type));
  const composite = new Set(fields.filter(isComposite).map(({ name }) => name));
  const leavesSomewhere = new Set(fields.filter((field) => !isComposite(field)).map(({ name }) => name));
  return { leaves: new Set([...leavesSomewhere].filter((name) => !composite.has(name))), leavesSomewhere };
}

function openWhole(world: World, apiSchema: GraphQLSchema): Runner {
  const ask = createWhole(world, apiSchema);
  return {
    async run({ query, operationName, variables = {} }, faults = []) {
      const context: RunContext = { done: [], faults };
      return toOutcome(await ask({ document: parse(query), operationName, variables }, context), context.done);
    },
  };
}

async function openEngine(
  supergraph: string,
  subgraphs: OpenWorld['subgraphs'],
  as: { caller: Caller | null; takesText: boolean },
  createEngine: CreateEngine,
): Promise<EngineRunner> {
  let current: CurrentRun = { done: [], faults: [], calls: [] };
  const transport = createSubgraphTransport(subgraphs, () => current);
  const call = createSubgraphCaller(null, transport, () => undefined);
  const { execute } = await createGraph(supergraph, () => ({ call, async close() {} }), {
    createEngine,
    settings: { ...DEFAULT_FRONT, limitMode: 'measure' },
  });
  return {
    calls: () => current.calls,
    async run({ query, operationName, variables = {} }, faults = []) {
      const run: CurrentRun = { done: [], faults, calls: [] };
      current = run;
      const document = parse(query);
      const operation = getOperationAST(document, operationName) ?? undefined;
      const { signal } = new AbortController();
      const answer = await execute({ source: query, document, operation, variables, signal, ...as });
      if (answer.text !== undefined) return toOutcome(JSON.parse(answer.text), run.done);
      if (!('data' in answer)) throw new Error(`The operation was refused: ${answer.errors[0]?.message}\n${query}`);
      return toOutcome(answer, run.done);
    },
  };
}
