/** What a prepared operation of our own graph passes before it may run, as both lanes call it. */
import { readFileSync } from 'node:fs';
import { getOperationAST, parse } from 'graphql';
import type { Engine } from '../../../gateway/engine/engine.ts';
import { createAdmitOperation } from '../../../gateway/operations/admit-operation.ts';
import { createKnowOperation } from '../../../gateway/operations/known-operation.ts';
import { createPreparedOperations } from '../../../gateway/operations/prepared-operations.ts';
import { createCostOf } from '../../../gateway/policy/cost/operation-cost.ts';
import { DEFAULT_FRONT, introspectionOf, limitModeOf } from '../../../gateway/policy/front-settings.ts';
import { createLimiter } from '../../../gateway/policy/limits/limiter.ts';
import { readRules } from '../../../gateway/policy/rules.ts';
import { createSchemaViews } from '../../../gateway/policy/schema-views.ts';
import { createClientThrottles } from '../../../gateway/policy/throttles/client-throttles.ts';
import { payerOf } from '../../../gateway/policy/throttles/payer.ts';
import { callerOf } from '../../kit/callers.ts';
import { openSupergraph } from '../../kit/supergraph.ts';
import { UNTHROTTLED } from '../../kit/unthrottled.ts';
import type { Subject } from './subjects.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** Nothing is planned or run: that comes after. */
const NO_ENGINE: Engine<object> = {
  apiSdl: '',
  prepare: async () => ({}),
  async execute() {
    throw new Error('Nothing is to be run here.');
  },
  async close() {},
};

export function admissionSubjects(): Subject[] {
  const { apiSchema, document } = openSupergraph(read('schema/supergraph.graphql'));
  const rules = readRules(document);
  const settings = DEFAULT_FRONT;
  const limits = { limits: settings.limits, mode: limitModeOf(settings, rules.isOurs), observe: undefined };
  const costOf = createCostOf(apiSchema, rules.costs, { assumed: settings.assumedListSize, refuses: true });
  const schemas = createSchemaViews(apiSchema, rules);
  const admission = { ...schemas, limiter: createLimiter(limits), costOf, introspection: introspectionOf(settings) };
  const { authorisation } = settings;
  const throttles = createClientThrottles(UNTHROTTLED, () => performance.now())('enforce');
  const prepared = createPreparedOperations({ apiSchema, rules, engine: NO_ENGINE, authorisation, throttles });
  const admit = createAdmitOperation({ ...admission, throttles }, prepared);
  const know = createKnowOperation(admission);

  const caller = callerOf('data-lead@birchwood.example');
  const admitted = (source: string, variables: Readonly<Record<string, unknown>>) => {
    const operation = parse(source);
    const known = know('whole', source, operation, getOperationAST(operation) ?? undefined, false);
    return () =>
      admit(caller, known, { variables, payer: payerOf(caller, '127.0.0.1'), isFree: false, charged: () => {} });
  };
  return [
    {
      name: 'admission of a query of 70 fields, two variables',
      most: 20,
      work: admitted(read('gateway/pages/sandbox/examples/guests.graphql'), { first: 20, after: 'eyJhZnRlciI6MTB9' }),
    },
    {
      name: 'admission of a mutation with an input object',
      most: 20,
      work: admitted(WRITE, {
        input: { guestProfileId: 'gst_AAAAAAAAAAAAAAAAAAAAAA', date: '2026-11-27', text: 'Late' },
      }),
    },
  ];
}

const WRITE = `mutation Write($input: AddAbsenceNoteInput!) {
  addAbsenceNote(input: $input) { absenceNote { id text } userErrors { message } }
}`;
