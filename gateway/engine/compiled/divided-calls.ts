/**
 * A planner joins what is asked of several types behind one interface, and tells a subgraph of each what a field of one
 * of them requires (`@requires`), which it has fetched for that one alone. So an entity is asked for those fields of which
 * it has all that is required: whoever lacks something, be it that it could not be had or that it was fetched under a
 * condition for another field's sake, is asked for the others.
 */
import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind, print } from 'graphql';
import type { RequiredSets } from '../planner/required-sets.ts';
import type { EntityKeys } from './entity-keys.ts';
import { entitiesOf, type Leaf, leavesOf, readOperation, withEntities } from './entity-selections.ts';
import { type AnswerObject, compileGather } from './places.ts';
import type { SentOperation } from './required-fields.ts';
import type { RunStep } from './run.ts';
import type { PlanPath } from './steps.ts';
import { compileHasAll, toldOf, type Wanted, wantedOf } from './wanted-fields.ts';

export interface EntityCall {
  fetch: FetchNode;
  operation: SentOperation;
  /** Of the objects that stand at its places, those that it is for; without it all that can be represented. */
  isFor?: ((object: AnswerObject) => boolean) | undefined;
}

interface DividedCall {
  /** Names the part of the call that an object is asked. */
  partFor(object: AnswerObject): string;
  /** Null where nothing is left to be asked. */
  callOf(part: string): EntityCall | null;
}

interface DivideDeps {
  schema: GraphQLSchema;
  requiredSets: RequiredSets;
  keySetsOf: EntityKeys['keySetsOf'];
  graphOf(subgraph: string): string;
}

/** The fields of one type that require the same. */
interface Group {
  leaves: Leaf[];
  wanted: readonly Wanted[];
  hasAll(object: AnswerObject): boolean;
}

/** Null where nothing is required, or every field requires the same and an entity that lacks it is asked for none. */
export function divideCall(
  fetch: FetchNode,
  { text, sentAs }: SentOperation,
  { schema, requiredSets, keySetsOf, graphOf }: DivideDeps,
): DividedCall | null {
  const { serviceName: subgraph, requires = [] } = fetch;
  if (requiredSets.size === 0) return null;
  const operation = readOperation(text);
  const entities = entitiesOf(operation);
  const leaves = leavesOf(entities?.selectionSet?.selections ?? [], '_Entity');
  const groups = groupsOf(schema, leaves, ({ type, field }) =>
    requiredSets.get(`${graphOf(subgraph)}.${type}.${field}`),
  );
  const required = groups.flatMap(({ wanted }) => wanted);
  if (required.length === 0 || (groups.length === 1 && requires.length === 1)) return null;
  const keys = requires.flatMap((each) =>
    each.kind === 'InlineFragment' && each.typeCondition !== undefined
      ? keyAmong(keySetsOf(subgraph, each.typeCondition), each.typeCondition, required)
      : [],
  );
  const partFor = (object: AnswerObject): string =>
    groups.map(({ hasAll }) => (hasAll(object) ? ASKED : LEFT_OUT)).join('');
  return {
    partFor,
    callOf(part) {
      const isFor = (object: AnswerObject) => partFor(object) === part;
      const asked = groups.filter((_, index) => part[index] === ASKED);
      const selections = leaves.filter((leaf) => asked.some((group) => group.leaves.includes(leaf)));
      if (selections.length === 0) return null;
      // who lacks something of the only fragment cannot be represented by it
      if (asked.length === groups.length)
        return { fetch, operation: { text, sentAs }, isFor: requires.length > 1 ? isFor : undefined };
      const present = [...keys, ...asked.flatMap(({ wanted }) => wanted)];
      const set = { kind: Kind.SELECTION_SET, selections: selections.map(({ selection }) => selection) } as const;
      return {
        fetch: { ...fetch, requires: toldOf(schema, requires, { all: [...required, ...keys], present }) },
        operation: { text: print(withEntities(operation, set)), sentAs },
        isFor,
      };
    },
  };
}

/** Each part is compiled when there is somebody to ask it of. */
export function compileDividedCall(
  { partFor, callOf }: DividedCall,
  paths: readonly PlanPath[],
  compileCall: (call: EntityCall) => RunStep,
): RunStep {
  const gathers = paths.map(compileGather);
  const steps = new Map<string, RunStep | null>();
  const stepOf = (part: string): RunStep | null => {
    const known = steps.get(part);
    if (known !== undefined) return known;
    const call = callOf(part);
    const step = call && compileCall(call);
    steps.set(part, step);
    return step;
  };
  return async (run) => {
    const targets: AnswerObject[] = [];
    for (const gather of gathers) gather(run.data, targets);
    await Promise.all([...new Set(targets.map(partFor))].map((part) => stepOf(part)?.(run)));
  };
}

const ASKED = '1';
const LEFT_OUT = '0';

function groupsOf(
  schema: GraphQLSchema,
  leaves: readonly Leaf[],
  requiredOf: (leaf: Leaf) => ReturnType<RequiredSets['get']>,
): Group[] {
  const groups = new Map<string, Group>();
  for (const leaf of leaves) {
    const required = requiredOf(leaf);
    const key = required ? `${leaf.type} ${print(required)}` : '';
    const group = groups.get(key) ?? groupOf(schema, required ? wantedOf(required, leaf.type) : []);
    group.leaves.push(leaf);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const groupOf = (schema: GraphQLSchema, wanted: readonly Wanted[]): Group => ({
  leaves: [],
  wanted,
  hasAll: compileHasAll(schema, wanted),
});

/** Of an entity's keys the one that has least to do with what is required. */
function keyAmong(keySets: ReturnType<EntityKeys['keySetsOf']>, type: string, required: readonly Wanted[]): Wanted[] {
  const keys = keySets.map((set) => wantedOf(set, type));
  const shared = (key: readonly Wanted[]): number =>
    key.filter(({ field }) => required.some((each) => each.field === field)).length;
  return keys.toSorted((one, other) => shared(one) - shared(other))[0] ?? [];
}
