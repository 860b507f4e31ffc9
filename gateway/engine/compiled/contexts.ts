/**
 * Arguments that a field has from around its entity (`@fromContext`,
 * https://www.apollographql.com/docs/graphos/schema-design/guides/entities/use-contexts). A call has them as variables, of
 * which each has one value: so entities that have other things around them are asked for in calls of their own.
 */
import type { FetchDataKeyRenamer } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type AnswerObject, chainsAt, isObject } from './places.ts';
import type { Run, RunStep } from './run.ts';
import type { PlanPath } from './steps.ts';
import { createIsOfType } from './types-in-answers.ts';

/** A call for entities: for all that stand at its places, or for these. */
export type EntityStep = (run: Run, only?: ReadonlySet<AnswerObject>) => Promise<void>;

/** `rewrites`: as the plan has them, from an entity up to where something is, and the name of the variable that it is for. */
export function compileInContexts(
  schema: GraphQLSchema,
  rewrites: readonly FetchDataKeyRenamer[],
  paths: readonly PlanPath[],
  step: EntityStep,
): RunStep {
  const finders = rewrites.map(({ path, renameKeyTo }) => ({ name: renameKeyTo, find: compileFind(schema, path) }));
  const valuesOf = (chain: readonly AnswerObject[]): Record<string, unknown> => {
    const values: Record<string, unknown> = {};
    for (const { name, find } of finders) values[name] ??= find(chain);
    return values;
  };
  return async (run) => {
    const groups = new Map<string, { values: Record<string, unknown>; members: Set<AnswerObject> }>();
    for (const chain of paths.flatMap((path) => chainsAt(run.data, path))) {
      const values = valuesOf(chain);
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, members: new Set() };
      for (const member of chain.slice(-1)) group.members.add(member);
      groups.set(key, group);
    }
    await Promise.all(
      [...groups.values()].map(({ values, members }) =>
        step({ ...run, variables: { ...run.variables, ...values } }, members),
      ),
    );
  };
}

/** What there is around an entity, by the objects that it is in and itself; undefined where there is nothing. */
type Find = (chain: readonly AnswerObject[]) => unknown;

const [UP, FRAGMENT] = ['..', '... on '];

function compileFind(schema: GraphQLSchema, path: readonly string[]): Find {
  const levels = path.filter((each) => each === UP).length;
  const read = path.slice(levels).reduceRight<(value: unknown) => unknown>(
    (next, each) => compileRead(schema, each, next),
    (value) => value,
  );
  return (chain) => read(chain.at(-1 - levels));
}

function compileRead(schema: GraphQLSchema, element: string, next: (value: unknown) => unknown) {
  if (!element.startsWith(FRAGMENT))
    return (value: unknown) => (isObject(value) && Object.hasOwn(value, element) ? next(value[element]) : undefined);
  const isOfType = createIsOfType(schema, element.slice(FRAGMENT.length), true);
  return (value: unknown) => (isObject(value) && isOfType(value) ? next(value) : undefined);
}
