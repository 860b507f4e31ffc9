/** What of a supergraph decides which operations are admitted, without anything that runs them. */
import type { Admission } from './operations/admit-document.ts';
import { createCostOf } from './policy/cost/operation-cost.ts';
import { type FrontSettings, introspectionOf, limitModeOf } from './policy/front-settings.ts';
import { createLimiter, type LimitMode, type ObserveCounts } from './policy/limits/limiter.ts';
import { createRuleNotes } from './policy/rule-notes.ts';
import { type GraphRules, readRules } from './policy/rules.ts';
import { createSchemaViews, type IsPartner } from './policy/schema-views.ts';
import { documentSchema } from './supergraph/documented-schema.ts';
import { printDefaultsAsStated } from './supergraph/printed-defaults.ts';
import type { Supergraph } from './supergraph/supergraph.ts';

interface ReadGraph {
  rules: GraphRules;
  limitMode: LimitMode;
  admission: Admission;
}

interface ReadGraphFront {
  observeCounts?: ObserveCounts | undefined;
  isPartner?: IsPartner | undefined;
}

/** Throws where the supergraph has rules that do not hold. */
export function readGraph(
  supergraph: Supergraph,
  settings: FrontSettings,
  { observeCounts: observe, isPartner }: ReadGraphFront = {},
): ReadGraph {
  const { apiSchema, document } = supergraph;
  const rules = readRules(document);
  documentSchema(apiSchema, createRuleNotes(rules));
  printDefaultsAsStated();
  const schemas = createSchemaViews(apiSchema, rules, isPartner);
  const introspection = introspectionOf(settings);
  const limitMode = limitModeOf(settings, rules.isOurs);
  const limiter = createLimiter({ limits: settings.limits, mode: limitMode, observe });
  const sizes = { assumed: settings.assumedListSize, refuses: limitMode === 'enforce' };
  const costOf = createCostOf(apiSchema, rules.costs, sizes);
  return { rules, limitMode, admission: { ...schemas, limiter, costOf, introspection } };
}
