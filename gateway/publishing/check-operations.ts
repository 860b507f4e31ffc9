/** Whether operations hold in a supergraph, what a caller needs for them, and whether an app grant gives it. */
import { randomUUID } from 'node:crypto';
import { GraphQLError, type OperationDefinitionNode, valueFromASTUntyped } from 'graphql';
import type { AppCaller } from '../../subgraphs/kernel/caller.ts';
import { type Choice, meets, type Requirement } from '../../subgraphs/kernel/scopes.ts';
import { apiSdlOf } from '../engine/planner/apollo-planner.ts';
import { createKnowPublished } from '../operations/persisted/know-published.ts';
import type { ManifestOperation } from '../operations/persisted/manifest.ts';
import { RequestRefused } from '../operations/request-refused.ts';
import { requirementsOf } from '../policy/authorisation-shape.ts';
import type { OperationCost } from '../policy/cost/operation-cost.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import type { ViewName } from '../policy/schema-views.ts';
import { readGraph } from '../read-graph.ts';
import { readSupergraph, withApiSchema } from '../supergraph/supergraph.ts';

export interface CheckedOperation {
  /** Sentences; empty where it holds. */
  problems: readonly string[];
  needs: readonly Requirement[];
  /** At the most, with the variables' defaults; null where a variable without one decides it. */
  cost: number | null;
  /** Whether that is more than may be: it runs only with other variables. */
  isTooDear: boolean;
}

/** `view`: what there is for its client. */
type CheckOperation = (
  operation: Pick<ManifestOperation, 'document' | 'text' | 'path' | 'name'>,
  view: ViewName,
) => CheckedOperation;

/** As a gateway with these settings would take it. Throws where the supergraph does not hold. */
export function createCheck(sdl: string, front: FrontSettings): CheckOperation {
  const file = readSupergraph(sdl);
  const supergraph = withApiSchema(file, apiSdlOf(file.plannerSdl));
  const { rules, admission } = readGraph(supergraph, front);
  const { mostCost } = admission.limiter;
  const know = createKnowPublished(admission);
  return ({ document, text, path, name }, view) => {
    const notKept = whyNotKept(text);
    if (notKept) return { ...NOTHING, problems: [`${path}, operation "${name}": ${notKept}`] };
    try {
      const { operation, cost: costOf } = know(view, text, document);
      const needs = [...requirementsOf(supergraph.apiSchema, rules, document, operation)];
      const cost = costWithDefaults(operation, costOf);
      return { problems: [], needs, cost, isTooDear: cost !== null && cost > mostCost };
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      return { ...NOTHING, problems: error.errors.map((each) => `${path}, operation "${name}": ${told(each, path)}`) };
    }
  };
}

const NOTHING: CheckedOperation = { problems: [], needs: [], cost: null, isTooDear: false };

/** As the database has texts (`gateway.persisted_operation`): it counts characters, not halves of them. */
const LONGEST_TEXT = 100_000;

function whyNotKept(text: string): string | null {
  if (text.includes('\0')) return 'expected a text without the character U+0000.';
  return [...text].length > LONGEST_TEXT ? `expected a text of ${LONGEST_TEXT} characters at the most.` : null;
}

function costWithDefaults({ variableDefinitions = [] }: OperationDefinitionNode, cost: OperationCost): number | null {
  const defaults = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  try {
    return cost(Object.fromEntries(defaults));
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** An operation's text is the publisher's own: what is wrong with it is told as it is. It may be in a fragment's file. */
function told({ message, nodes, locations }: GraphQLError, path: string): string {
  const [place] = locations ?? [];
  if (!place) return message;
  const file = nodes?.[0]?.loc?.source.name ?? path;
  return `${message} (${file === path ? '' : `${file}, `}line ${place.line}, column ${place.column})`;
}

/** Every scope and policy that one of its fields asks for, as `students:read` or `policy kind:app`; "or" between choices. */
export function describeNeeds(needs: readonly Requirement[]): string[] {
  const choices = needs.flatMap((requirement) => requirement.map(describeChoice));
  return [...new Set(choices)].filter((each) => each !== '').sort();
}

const describeChoice = ({ of, anyOf }: Choice): string =>
  anyOf.map((all) => all.map((name) => (of === 'policies' ? `policy ${name}` : name)).join(' + ')).join(' or ');

/** What an app grant gives, whatever the day. */
interface GivenGrant {
  purpose: string;
  /** URN. */
  school: string;
  operations: readonly string[];
  /** Those that an app may have. */
  scopes: readonly string[];
}

/** Why none of the app grants covers an operation: a sentence; null where one does. */
export function notCovered(
  { name, path }: Pick<ManifestOperation, 'name' | 'path'>,
  needs: readonly Requirement[],
  client: string,
  grants: readonly GivenGrant[],
): string | null {
  const naming = grants.filter(({ operations }) => operations.includes(name));
  const about = `${path}, operation "${name}"`;
  if (naming.length === 0) return `${about}: no app grant of ${client} names it.`;
  const missing = naming.map((grant) => needs.filter((requirement) => !meets(appWith(client, grant), requirement)));
  if (missing.some((lacking) => lacking.length === 0)) return null;
  const least = missing.reduce((one, other) => (other.length < one.length ? other : one));
  return `${about}: no app grant of ${client} that names it gives ${describeNeeds(least).join(', ')}.`;
}

const appWith = (client: string, { purpose, school, scopes }: GivenGrant): AppCaller => ({
  kind: 'app',
  subject: randomUUID(),
  name: client,
  role: 'APP',
  school,
  scopes,
  client: { name: client, version: null },
  grant: { id: randomUUID(), purpose },
});
