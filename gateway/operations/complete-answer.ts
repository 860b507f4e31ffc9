/** Makes of an engine's answer what its client gets: completed, with every null explained and what was withheld. */
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { EngineAnswer } from '../engine/engine.ts';
import { createHiddenReport } from '../policy/hidden-report.ts';
import type { GraphRules } from '../policy/rules.ts';
import { asSubgraphMaySay } from '../policy/subgraph-errors.ts';
import { completeData } from './completion.ts';
import { atClientPlaces, notYetTold } from './error-places.ts';
import { createNullReach } from './null-reach.ts';
import type { PreparedOperation } from './prepare-operation.ts';

export interface OperationResult {
  /** Absent where the operation was not executed. */
  data?: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
  extensions?: Record<string, unknown>;
  /** The whole answer as JSON text, where it came so and nothing of it was read: then there is nothing else. */
  text?: string;
}

export function completeAnswer(
  apiSchema: GraphQLSchema,
  rules: GraphRules,
  prepared: PreparedOperation<unknown>,
  variables: Readonly<Record<string, unknown>>,
  answer: EngineAnswer,
  withheld: readonly HiddenField[],
): OperationResult {
  const { restricted, dryRun } = prepared;
  // where nothing was withheld, and nothing has to be explained
  const projected =
    answer.data && withheld.length === 0 ? prepared.projectionFor(variables).project(answer.data) : null;
  const told = answer.errors.length + restricted.errors.length + dryRun.errors.length;
  if (projected && told === 0) return { data: projected, errors: [] };
  const { isLeftOut } = restricted;
  const { neededFields } = rules;
  const asked = { ...prepared, schema: apiSchema, variables, isLeftOut, neededFields, data: answer.data };
  const errors = atClientPlaces(asked, answer.errors).map((error) => asSubgraphMaySay(error, rules.isOurs));
  const report = createHiddenReport(rules, withheld);
  const completed = projected
    ? { data: projected, errors: [] }
    : answer.data && completeData(rules, prepared, variables, answer.data, report.visit);
  const hidden = report.entries();
  return {
    data: completed?.data ?? null,
    errors: [
      ...errors,
      ...notYetTold(completed?.errors ?? [], errors, createNullReach(apiSchema, prepared)),
      ...restricted.errors,
    ],
    ...extensionsOf({
      ...(hidden.length > 0 && { guestAccess: { hidden } }),
      // as Apollo Router calls them
      ...(dryRun.errors.length > 0 && { authorizationErrors: dryRun.errors.map((error) => error.toJSON()) }),
    }),
  };
}

const extensionsOf = (extensions: Record<string, unknown>): Pick<OperationResult, 'extensions'> =>
  Object.keys(extensions).length > 0 ? { extensions } : {};
