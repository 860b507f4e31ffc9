/** Calls to subgraphs, as a plan has them: the text once, and for each request its variables and entities. */
import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, isAbstractType, parse } from 'graphql';
import type { AnswerShape } from '../answer-shape.ts';
import type { EngineRequest } from '../engine.ts';
import { fewPlaces } from '../few-places.ts';
import type { Path } from '../placed-errors.ts';
import type { RequiredArguments } from '../planner/required-arguments.ts';
import { rootKeysOf } from '../root-keys.ts';
import type { CallSubgraph } from '../signed-source.ts';
import type { SubgraphResult } from '../subgraph-answer.ts';
import { requestHead } from '../subgraph-operation.ts';
import type { EntityKeys } from './entity-keys.ts';
import { mergeInto } from './merge.ts';
import { type AnswerObject, compileGather, isObject, placesAt } from './places.ts';
import { compileRepresentation } from './representations.ts';
import { type SentOperation, sentOperations } from './required-fields.ts';
import { compileRewrites } from './rewrites.ts';
import type { Run, RunStep } from './run.ts';
import type { FetchStep } from './steps.ts';

export interface FetchDeps {
  /** Of the supergraph, as subgraphs name its types. */
  schema: GraphQLSchema;
  required: RequiredArguments;
  /** The `join__Graph` value of a subgraph's name. */
  graphOf(subgraph: string): string;
  hasKey: EntityKeys['hasKey'];
  shapeOf(document: ReturnType<typeof parse>): AnswerShape;
  callSubgraph: CallSubgraph;
}

export function compileFetch(step: FetchStep, deps: FetchDeps): RunStep {
  const { fetch, paths } = step;
  const sent = sentOperations(fetch, deps.required, deps.graphOf(fetch.serviceName));
  const calls = sent.map((operation) =>
    fetch.requires ? compileEntityCall(fetch, paths, operation, deps) : compileRootCall(step, operation, deps),
  );
  const [only] = calls;
  if (only && calls.length === 1) return only;
  return async (run) => {
    await Promise.all(calls.map((call) => call(run)));
  };
}

/** What is the same of a call in every request. */
function compileCall(fetch: FetchNode, { text }: SentOperation, { shapeOf, callSubgraph }: FetchDeps) {
  const document = parse(text, { noLocation: true });
  const { serviceName: subgraph, operationName, operationKind, variableUsages = [] } = fetch;
  const head = requestHead(text, operationName);
  const fixed = { isQuery: operationKind === 'query', shape: shapeOf(document) };
  return {
    subgraph,
    document,
    /** `representations`: each as JSON text; null where it begins at the root. */
    send(
      { variables, request }: Run,
      representations: readonly string[] | null,
      passes: EngineRequest['passes'] = null,
    ): Promise<SubgraphResult> {
      const members = representations ? [`"representations":[${representations.join(',')}]`] : [];
      for (const name of variableUsages) {
        // its own: a client may name one like what every object has, and leave it out
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
      }
      const entities = representations?.length ?? null;
      const text = `${head}{${members.join(',')}}`;
      return callSubgraph(subgraph, { ...fixed, request: text, entities, passes }, request);
    },
  };
}

function compileRootCall(
  { fetch, paths, isWhole = false }: FetchStep,
  operation: SentOperation,
  deps: FetchDeps,
): RunStep {
  const { subgraph, document, send } = compileCall(fetch, operation, deps);
  const gathers = paths.map(compileGather);
  const rewrite = compileRewrites(deps.schema, fetch.outputRewrites);
  return async (run) => {
    const targets: AnswerObject[] = [];
    for (const gather of gathers) gather(run.data, targets);
    if (targets.length === 0) return;
    const { data, errors, text } = await send(run, null, isWhole ? run.request.passes : null);
    if (text !== undefined) {
      run.text = text;
      return;
    }
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

function compileEntityCall(
  fetch: FetchNode,
  paths: FetchStep['paths'],
  operation: SentOperation,
  deps: FetchDeps,
): RunStep {
  const { schema, hasKey } = deps;
  const { subgraph, send } = compileCall(fetch, operation, deps);
  const gathers = paths.map(compileGather);
  const represent = compileRepresentation(schema, fetch.requires ?? [], operation.sentAs);
  const [rewriteInput, rewriteOutput] = [
    compileRewrites(schema, fetch.inputRewrites),
    compileRewrites(schema, fetch.outputRewrites),
  ];
  // of several fragments one may hold what is required, and only another, of another type, the key
  const mayLackKey = (fetch.requires?.length ?? 0) > 1;
  return async (run) => {
    const targets: AnswerObject[] = [];
    for (const gather of gathers) gather(run.data, targets);
    const { representations, askedFor } = askedEntities(targets, (target) => {
      const representation = represent(target);
      if (!representation) return null;
      rewriteInput?.(representation);
      return mayLackKey && !hasKey(subgraph, representation) ? null : representation;
    });
    if (representations.length === 0) return;
    const { data, errors } = await send(run, representations);
    const entities = (data?._entities ?? []) as unknown[];
    const given = new Set<number>();
    for (const [index, target] of targets.entries()) {
      const asked = askedFor[index] ?? -1;
      const entity = entities[asked];
      if (!isObject(entity)) continue;
      if (!given.has(asked)) {
        entity.__typename ??= target.__typename;
        rewriteOutput?.(entity);
        // who knows an interface as an object says its name; the type behind it is known already
        if (entity.__typename !== target.__typename && isAbstractType(schema.getType(String(entity.__typename))))
          entity.__typename = target.__typename;
      }
      // what two places share may not stay one object: a later step may ask each for something else
      mergeInto(target, entity, given.has(asked));
      given.add(asked);
    }
    if (errors.length > 0) placeErrors(run, { subgraph, paths, askedFor }, errors);
  };
}

interface AskedEntities {
  /** As JSON text. */
  representations: string[];
  /** For each target the number of its representation; -1 where it has none. */
  askedFor: number[];
}

/** Each entity once, however often it stands in the answer. */
function askedEntities(
  targets: readonly AnswerObject[],
  represent: (target: AnswerObject) => AnswerObject | null,
): AskedEntities {
  const representations: string[] = [];
  const known = new Map<string, number>();
  const askedFor = targets.map((target) => {
    const representation = represent(target);
    if (!representation) return -1;
    const key = JSON.stringify(representation);
    const number = known.get(key) ?? representations.push(key) - 1;
    known.set(key, number);
    return number;
  });
  return { representations, askedFor };
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
