/**
 * A query plan as steps that name the places they are for. What a planner writes as one branch for each alias of an
 * entity field is one step with several places, so that a subgraph is asked once for all of them.
 */
import type { FetchNode, PlanNode } from '@apollo/query-planner';

/** From the answer's root; `@` stands for every item of a list. */
export type PlanPath = readonly string[];

export interface FetchStep {
  kind: 'fetch';
  fetch: FetchNode;
  paths: readonly PlanPath[];
}

export type Step =
  | FetchStep
  | { kind: 'sequence' | 'parallel'; steps: readonly Step[] }
  | { kind: 'condition'; variable: string; taken: Step | null; otherwise: Step | null };

/** All calls of a plan, those under conditions, too. */
export function fetchesIn(step: Step | null): FetchStep[] {
  if (!step) return [];
  if (step.kind === 'fetch') return [step];
  return step.kind === 'condition' ? [step.taken, step.otherwise].flatMap(fetchesIn) : step.steps.flatMap(fetchesIn);
}

/** What becomes of each call. */
type Sent = (fetch: FetchNode) => FetchNode;
const AS_PLANNED: Sent = (fetch) => fetch;

/** Throws where the plan asks for what is not served here: subscriptions and `@defer`. */
export function stepsOf(node: PlanNode, sent: Sent = AS_PLANNED, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Fetch':
      return { kind: 'fetch', fetch: sent(node), paths: [path] };
    case 'Flatten':
      return stepsOf(node.node, sent, [...path, ...node.path.map(String)]);
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map((each) => stepsOf(each, sent, path)) };
    case 'Parallel':
      return { kind: 'parallel', steps: joinedWhereAlike(node.nodes.map((each) => stepsOf(each, sent, path))) };
    case 'Condition':
      return {
        kind: 'condition',
        variable: node.condition,
        taken: node.ifClause ? stepsOf(node.ifClause, sent, path) : null,
        otherwise: node.elseClause ? stepsOf(node.elseClause, sent, path) : null,
      };
    default:
      throw new Error(`Expected no ${node.kind} in a query plan.`);
  }
}

/** Of steps that run side by side, those that differ in nothing but their places become one. */
function joinedWhereAlike(steps: readonly Step[]): Step[] {
  const alike = new Map<string, Step>();
  for (const step of steps) {
    const key = JSON.stringify(signatureOf(step));
    const known = alike.get(key);
    alike.set(key, known ? joined(known, step) : step);
  }
  return [...alike.values()];
}

function joined(one: Step, other: Step): Step {
  if (one.kind === 'fetch' && other.kind === 'fetch') return { ...one, paths: [...one.paths, ...other.paths] };
  if (one.kind === 'condition' && other.kind === 'condition')
    return {
      ...one,
      taken: joinedOrNull(one.taken, other.taken),
      otherwise: joinedOrNull(one.otherwise, other.otherwise),
    };
  if ('steps' in one && 'steps' in other)
    return { ...one, steps: one.steps.map((step, index) => joinedOrNull(step, other.steps[index] ?? null) ?? step) };
  throw new Error('Expected steps that are alike.');
}

const joinedOrNull = (one: Step | null, other: Step | null): Step | null => (one && other ? joined(one, other) : one);

/** Everything of a step but its places. A call without representations answers for a place, and is never joined. */
function signatureOf(step: Step): unknown {
  if (step.kind === 'condition')
    return [step.variable, step.taken && signatureOf(step.taken), step.otherwise && signatureOf(step.otherwise)];
  if (step.kind !== 'fetch') return [step.kind, step.steps.map(signatureOf)];
  const { requires, serviceName, operation, variableUsages, inputRewrites, outputRewrites, contextRewrites } =
    step.fetch;
  if (!requires) return [step.paths, operation, serviceName];
  return [
    serviceName,
    withoutName(step.fetch),
    requires,
    variableUsages,
    inputRewrites,
    outputRewrites,
    contextRewrites,
  ];
}

/** The text of a call under no name: the planner numbers them. */
const withoutName = ({ operation, operationName }: FetchNode): string =>
  operationName ? operation.replace(operationName, '') : operation;
