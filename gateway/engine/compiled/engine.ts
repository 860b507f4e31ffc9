/**
 * The engine that compiles: Apollo's planner plans an operation once, and from then on nothing is done for it but the
 * calls to subgraphs and the merging of what they say.
 */
import { buildASTSchema, type DocumentNode, parse } from 'graphql';
import { createAnswerShapes } from '../answer-shape.ts';
import type { Engine } from '../engine.ts';
import { createPlacedErrors } from '../placed-errors.ts';
import { mendSupergraph } from '../planner/mended-supergraph.ts';
import { planHere } from '../planner/plan-here.ts';
import type { StartPlanner } from '../planner/planner.ts';
import { withoutReservedVariables } from '../reserved-variables.ts';
import { withRootFieldsInOrder } from '../root-fields-in-order.ts';
import { everyRootKeyOf } from '../root-keys.ts';
import type { CallSubgraph } from '../signed-source.ts';
import { toldPlan } from '../told-plan.ts';
import { compileInTurn } from './changes-in-turn.ts';
import { compileFetch } from './compile-fetch.ts';
import { compileStep } from './compile-steps.ts';
import { readEntityKeys } from './entity-keys.ts';
import { graphNamesOf } from './graph-names.ts';
import { withoutLiteralConditions } from './literal-conditions.ts';
import type { Run, RunStep } from './run.ts';
import { stepsOf } from './steps.ts';
import { createUnanswerable } from './unanswerable.ts';

interface CompiledPlan {
  /** What was planned. */
  document: DocumentNode;
  run: RunStep;
  /** From the client's variables to those under the planned names. */
  rename(variables: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** Of a supergraph as the stock planner loads it: without `for: SECURITY` on links that are enforced above. */
export async function createCompiledEngine(
  plannerSdl: string,
  callSubgraph: CallSubgraph,
  startPlanner: StartPlanner = planHere,
): Promise<Engine<CompiledPlan>> {
  const { sdl, required, requiredSets } = mendSupergraph(plannerSdl);
  const planner = await startPlanner(sdl);
  const supergraph = parse(plannerSdl, { noLocation: true });
  const schema = buildASTSchema(supergraph, { assumeValid: true, assumeValidSDL: true });
  const graphNames = graphNamesOf(supergraph);
  const graphOf = (subgraph: string) => graphNames.get(subgraph) ?? '';
  const keys = readEntityKeys(supergraph, graphOf);
  const deps = {
    schema,
    required,
    requiredSets,
    graphOf,
    hasKey: keys.hasKey,
    keySetsOf: keys.keySetsOf,
    shapeOf: createAnswerShapes(schema),
    callSubgraph,
  };
  return {
    apiSdl: planner.apiSdl,
    async prepare(document) {
      const renamed = withoutReservedVariables(document);
      const planned = withoutLiteralConditions(renamed.document);
      const inTurn = compileInTurn(planned, (part) => compilePlan(part, false));
      return { document: planned, run: await (inTurn ?? compilePlan(planned, true)), rename: renamed.rename };
    },
    async execute({ run, rename }, variables, request) {
      const running: Run = { data: {}, variables: rename(variables), request, errors: createPlacedErrors() };
      await run(running);
      const { data, errors, text } = running;
      return { data, errors: errors.list(), ...(text !== undefined && { text }) };
    },
    describe: async ({ document }, shown) =>
      toldPlan(await planner.plan(withRootFieldsInOrder(document)), shown, document),
    close: planner.close,
  };

  async function compilePlan(document: DocumentNode, isAll: boolean): Promise<RunStep> {
    if (!asksForData(document)) return NOTHING;
    const { node } = await planner.plan(withRootFieldsInOrder(document));
    if (node?.kind === 'Subscription') throw new Error('Expected no subscription to be planned.');
    const unanswerable = createUnanswerable(document, node);
    if (!node) return unanswerable ?? NOTHING;
    const isWhole = isAll && node.kind === 'Fetch' && !unanswerable && !node.outputRewrites?.length;
    const step = compileStep(stepsOf(node), (each) => compileFetch({ ...each, isWhole }, deps));
    if (!unanswerable) return step;
    return async (run) => {
      await unanswerable(run);
      await step(run);
    };
  }
}

const NOTHING: RunStep = async () => {};

const asksForData = (document: DocumentNode): boolean =>
  everyRootKeyOf(document, (field) => field !== '__typename').length > 0;
