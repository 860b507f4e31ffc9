/**
 * The engine that compiles: Apollo's planner plans an operation once, and from then on nothing is done for it but the
 * calls to subgraphs and the merging of what they say.
 */
import { buildASTSchema, type DocumentNode, parse } from 'graphql';
import { createAnswerShapes } from '../answer-shape.ts';
import type { AskedObject } from '../asked-answer.ts';
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
import { withoutRootNames } from './bare-root.ts';
import { compileInTurn } from './changes-in-turn.ts';
import { createCompileCall } from './compile-call.ts';
import { compileFetch, isSentAsPlanned } from './compile-fetch.ts';
import { compileStep } from './compile-steps.ts';
import { readEntityKeys } from './entity-keys.ts';
import { graphNamesOf } from './graph-names.ts';
import { withoutLiteralConditions } from './literal-conditions.ts';
import type { Run, RunStep } from './run.ts';
import { fetchesIn, type Step, stepsOf } from './steps.ts';
import { compileInTexts, type RunInTexts } from './texts/answer-in-texts.ts';
import { seldomInVain } from './texts/seldom-in-vain.ts';
import { createUnanswerable } from './unanswerable.ts';

interface CompiledPlan {
  /** What was planned. */
  document: DocumentNode;
  run: RunStep;
  /** The quicker way to the answer to what was asked; null where there is none. */
  inTexts(asked: AskedObject): RunInTexts | null;
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
  const sent = withoutRootNames(schema);
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
    compileCall: createCompileCall({ shapeOf: createAnswerShapes(schema), callSubgraph }),
  };
  return {
    apiSdl: planner.apiSdl,
    async prepare(document) {
      const renamed = withoutReservedVariables(document);
      const planned = withoutLiteralConditions(renamed.document);
      const inTurn = await compileInTurn(planned, async (part) => (await compilePlan(part)).run);
      const compiled = inTurn ? { run: inTurn, inTexts: () => null } : await compilePlan(planned);
      return { document: planned, ...compiled, rename: renamed.rename };
    },
    async execute({ run, inTexts, rename }, variables, request) {
      const errors = createPlacedErrors();
      const running: Run = { data: {}, variables: rename(variables), request, errors, asked: new Map() };
      const text = request.asked ? await inTexts(request.asked)?.(running) : null;
      if (typeof text === 'string') return { data: null, errors: [], text };
      await run(running);
      return { data: running.data, errors: errors.list() };
    },
    describe: async ({ document }, shown) =>
      toldPlan(await planner.plan(withRootFieldsInOrder(document)), shown, document),
    close: planner.close,
  };

  async function compilePlan(document: DocumentNode): Promise<Pick<CompiledPlan, 'run' | 'inTexts'>> {
    if (!asksForData(document)) return NOTHING;
    const { node } = await planner.plan(withRootFieldsInOrder(document));
    if (node?.kind === 'Subscription') throw new Error('Expected no subscription to be planned.');
    const unanswerable = createUnanswerable(document, node);
    if (!node) return unanswerable ? { ...NOTHING, run: unanswerable } : NOTHING;
    const plan = stepsOf(node, sent);
    const run = compileStep(plan, (step) => compileFetch(step, deps));
    if (!unanswerable) return { run, inTexts: compileTexts(plan) };
    return {
      ...NOTHING,
      async run(running) {
        await unanswerable(running);
        await run(running);
      },
    };
  }

  /** For each set of what is asked, as that follows from conditions, when it is first wanted. */
  function compileTexts(plan: Step): CompiledPlan['inTexts'] {
    const known = new WeakMap<AskedObject, RunInTexts | null>();
    return (asked) => {
      const before = known.get(asked);
      if (before !== undefined) return before;
      const isAsPlanned = fetchesIn(plan).every((step) => isSentAsPlanned(step, deps));
      const compiled = isAsPlanned ? compileInTexts(plan, asked, deps.compileCall) : null;
      const made = compiled && seldomInVain(compiled);
      known.set(asked, made);
      return made;
    };
  }
}

const NOTHING: Pick<CompiledPlan, 'run' | 'inTexts'> = { run: async () => {}, inTexts: () => null };

const asksForData = (document: DocumentNode): boolean =>
  everyRootKeyOf(document, (field) => field !== '__typename').length > 0;
