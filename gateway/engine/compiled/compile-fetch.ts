/** Calls to subgraphs, as a plan has them: what they are asked of, and what becomes of what they answer. */
import { type GraphQLSchema, isAbstractType } from 'graphql';
import { fewPlaces } from '../few-places.ts';
import type { Path } from '../placed-errors.ts';
import type { RequiredArguments } from '../planner/required-arguments.ts';
import type { RequiredSets } from '../planner/required-sets.ts';
import { rootKeysOf } from '../root-keys.ts';
import type { SubgraphResult } from '../subgraph-answer.ts';
import { askedEntities } from './asked-entities.ts';
import type { CompileCall } from './compile-call.ts';
import { compileInContexts, type EntityStep } from './contexts.ts';
import { compileDividedCall, divideCall, type EntityCall } from './divided-calls.ts';
import type { EntityKeys } from './entity-keys.ts';
import { mergeInto } from './merge.ts';
import { type AnswerObject, compileGather, isObject, placesAt } from './places.ts';
import { createPlainEntities, type PlainEntity } from './plain-entities.ts';
import { compileRepresentation, type Represent } from './representations.ts';
import { type SentOperation, sentOperations } from './required-fields.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run, RunStep } from './run.ts';
import type { FetchStep } from './steps.ts';

interface FetchDeps {
  /** Of the supergraph, as subgraphs name its types. */
  schema: GraphQLSchema;
  required: RequiredArguments;
  requiredSets: RequiredSets;
  /** The `join__Graph` value of a subgraph's name. */
  graphOf(subgraph: string): string;
  hasKey: EntityKeys['hasKey'];
  keySetsOf: EntityKeys['keySetsOf'];
  compileCall: CompileCall;
}

/** Whether it is one call, for all of its entities the same, and whether what is sent and answered is as it was planned. */
export function isSentAsPlanned({ fetch }: FetchStep, deps: FetchDeps): boolean {
  const [only, ...more] = sentOperations(fetch, deps.required, deps.graphOf(fetch.serviceName));
  const { inputRewrites = [], outputRewrites = [], contextRewrites = [] } = fetch;
  const isChanged = inputRewrites.length + outputRewrites.length + contextRewrites.length > 0;
  if (!only || more.length > 0 || only.text !== fetch.operation || isChanged) return false;
  return !fetch.requires || divideCall(fetch, only, deps) === null;
}

export function compileFetch(step: FetchStep, deps: FetchDeps): RunStep {
  const { fetch, paths } = step;
  const sent = sentOperations(fetch, deps.required, deps.graphOf(fetch.serviceName));
  const calls = sent.map((operation) => {
    if (!fetch.requires) return compileRootCall(step, operation, deps);
    const compile = (call: EntityCall): RunStep => {
      const entityStep = compileEntityCall(call, paths, deps);
      const { contextRewrites } = fetch;
      return contextRewrites ? compileInContexts(deps.schema, contextRewrites, paths, entityStep) : entityStep;
    };
    const divided = divideCall(fetch, operation, deps);
    return divided ? compileDividedCall(divided, paths, compile) : compile({ fetch, operation });
  });
  const [only] = calls;
  if (only && calls.length === 1) return only;
  return async (run) => {
    await Promise.all(calls.map((call) => call(run)));
  };
}

function compileRootCall({ fetch, paths }: FetchStep, { text }: SentOperation, deps: FetchDeps): RunStep {
  const { subgraph, document, send } = deps.compileCall(fetch, text);
  const gathers = paths.map(compileGather);
  const rewrite = compileRewrites(deps.schema, fetch.outputRewrites);
  return async (run) => {
    const targets: AnswerObject[] = [];
    for (const gather of gathers) gather(run.data, targets);
    if (targets.length === 0) return;
    const { data, errors } = await send(run, null);
    if (data) {
      rewrite?.(data);
      for (const [index, target] of targets.entries()) mergeInto(target, data, index > 0);
    }
    if (errors.length === 0) return;
    const places = paths.flatMap((path) => placesAt(run.data, path));
    const roots = (place: Path): Path[] => rootKeysOf(document, run.variables).map((key) => [...place, key]);
    for (const error of errors)
      for (const place of places)
        for (const path of error.path ? [[...place, ...error.path]] : fewPlaces(roots(place)))
          run.errors.add(path, error, subgraph);
  };
}

function compileEntityCall(call: EntityCall, paths: FetchStep['paths'], deps: FetchDeps): EntityStep {
  const { fetch, operation } = call;
  const { schema } = deps;
  const { subgraph, send } = deps.compileCall(fetch, operation.text);
  const gathers = paths.map(compileGather);
  const { represent, plainOf } = compileRepresentations(call, deps);
  const rewriteOutput = compileRewrites(schema, fetch.outputRewrites);
  /** What is answered of an entity says its type as its place in the answer does. */
  const named = (entity: AnswerObject, { __typename: type }: AnswerObject): void => {
    if (rewriteOutput) {
      entity.__typename ??= type;
      rewriteOutput(entity);
    }
    // who knows an interface as an object says its name; the type behind it is known already
    const { __typename: said } = entity;
    if (said !== undefined && said !== type && isAbstractType(schema.getType(String(said)))) entity.__typename = type;
  };
  return async (run, only) => {
    const targets: AnswerObject[] = [];
    for (const gather of gathers) gather(run.data, targets);
    const { representations, askedFor } = only
      ? askedEntities(targets, NOT_PLAIN, (target) => (only.has(target) ? represent(target) : null))
      : askedEntities(targets, plainOf, represent);
    if (representations.length === 0) return;
    const { data, errors } = await send(run, representations);
    const entities = (data?._entities ?? []) as unknown[];
    let given = 0;
    for (let index = 0; index < targets.length; index += 1) {
      const [target, asked] = [targets[index], askedFor[index] ?? -1];
      // its number is one more than any before
      const isFirst = asked === given;
      if (isFirst) given += 1;
      const entity = entities[asked];
      if (!target || !isObject(entity)) continue;
      if (isFirst) named(entity, target);
      // what two places share may not stay one object: a later step may ask each for something else
      mergeInto(target, entity, !isFirst);
    }
    if (errors.length > 0) placeErrors(run, { subgraph, paths, askedFor }, errors);
  };
}

const NOT_PLAIN = () => null;

/** What a subgraph is told of an entity. */
function compileRepresentations(
  { fetch, operation: { sentAs }, isFor }: EntityCall,
  { schema, hasKey }: FetchDeps,
): { represent: Represent; plainOf: (typeName: string) => PlainEntity | null } {
  const { serviceName: subgraph, requires = [], inputRewrites = [] } = fetch;
  const represented = compileRepresentation(schema, requires, sentAs);
  const rewrite = compileRewrites(schema, inputRewrites);
  // of several fragments one may hold what is required, and only another, of another type, the key
  const isAskable = (representation: AnswerObject) => requires.length < 2 || hasKey(subgraph, representation);
  return {
    represent(object) {
      const representation = isFor?.(object) === false ? null : represented(object);
      if (!representation) return null;
      rewrite?.(representation);
      return isAskable(representation) ? representation : null;
    },
    plainOf: rewrite || isFor ? () => null : createPlainEntities({ schema, selections: requires, sentAs, isAskable }),
  };
}

/**
 * An entity's error is told at every place of the entity; one that is about the whole call where the call was for
 * (https://www.apollographql.com/docs/federation/subgraph-spec#query_entities).
 */
function placeErrors(
  run: Run,
  { subgraph, paths, askedFor }: { subgraph: string; paths: FetchStep['paths']; askedFor: readonly number[] },
  errors: SubgraphResult['errors'],
): void {
  const places = paths
    .flatMap((path) => placesAt(run.data, path))
    .map((place, index) => ({ place, asked: askedFor[index] }));
  const all = fewPlaces(places.flatMap(({ place, asked }) => (asked === -1 ? [] : [place])));
  for (const error of errors) {
    const [root, number, ...rest] = error.path ?? [];
    const own = places
      .filter(({ asked }) => root === '_entities' && asked === number)
      .map(({ place }) => [...place, ...rest]);
    for (const path of own.length > 0 ? own : all) run.errors.add(path, error, subgraph);
  }
}
