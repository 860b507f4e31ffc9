/** The second wall: with the gateway's checks taken out, the subgraphs still refuse. */
import { readFileSync } from 'node:fs';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCompiledEngine } from '../../gateway/engine/compiled/engine.ts';
import type { CallSubgraph } from '../../gateway/engine/signed-source.ts';
import { executeByText } from '../../gateway/operations/execute-operation.ts';
import { createKnowOperation } from '../../gateway/operations/known-operation.ts';
import { createCatalogue } from '../../gateway/operations/persisted/catalogue.ts';
import { createKnowPublished } from '../../gateway/operations/persisted/know-published.ts';
import { createPreparedOperations } from '../../gateway/operations/prepared-operations.ts';
import { createRunOperation } from '../../gateway/operations/run-operation.ts';
import { createCostOf } from '../../gateway/policy/cost/operation-cost.ts';
import { createGuestWall, type GuestWall } from '../../gateway/policy/guest-wall.ts';
import { createLimiter } from '../../gateway/policy/limits/limiter.ts';
import { DEFAULT_LIMITS } from '../../gateway/policy/limits/limits.ts';
import { readRules } from '../../gateway/policy/rules.ts';
import { createSchemaViews } from '../../gateway/policy/schema-views.ts';
import { createClientThrottles } from '../../gateway/policy/throttles/client-throttles.ts';
import { callerOf } from '../kit/callers.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { startGraph } from '../kit/graph.ts';
import { runByEveryLane } from '../kit/operation-lanes.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { UNTHROTTLED } from '../kit/unthrottled.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';
import { ALLOWED, GUEST, REFUSED } from './operations.ts';

const graph = await startGraph();
const sdl = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
/** Which subgraphs were called, in order. */
const called: string[] = [];
const callSubgraph: CallSubgraph = (subgraph, operation, request) => {
  called.push(subgraph);
  return graph.callSubgraph(subgraph, operation, request);
};
const guest = profileAt(
  '900002',
  (await studentsOfAlder(graph)).find(({ guestProfiles }) => guestProfiles.length === 1),
);

/** An execution path like the gateway's, over a supergraph and a wall of the test's choice. */
async function pathWith(supergraphSdl: string, wallOf: (wall: GuestWall) => GuestWall) {
  const supergraph = openSupergraph(supergraphSdl);
  const { apiSchema } = supergraph;
  const rules = readRules(supergraph.document);
  const engine = await createCompiledEngine(supergraph.plannerSdl, callSubgraph);
  const guestWall = wallOf(createGuestWall(apiSchema, rules, callSubgraph));
  const limiter = createLimiter({ limits: DEFAULT_LIMITS, mode: 'enforce' });
  const costOf = createCostOf(apiSchema, rules.costs, { assumed: 10, refuses: true });
  const steps = {
    ...createSchemaViews(apiSchema, rules),
    apiSchema,
    rules,
    guestWall,
    engine,
    limiter,
    costOf,
    throttles: createClientThrottles(UNTHROTTLED, () => 0)('enforce'),
    introspection: 'nobody',
    authorisation: 'filter',
  } as const;
  const know = createKnowOperation(steps);
  const run = createRunOperation(steps, createPreparedOperations(steps));
  const catalogue = createCatalogue(createKnowPublished(steps), steps.viewOf);
  const path = { execute: executeByText(steps, know, run), run, catalogue };
  return async (email: string, source: string, variables: Record<string, unknown>) => {
    const document = parse(source);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('The test names no operation.');
    const { signal } = new AbortController();
    const asked = { source, document, operation, variables, caller: callerOf(email), signal };
    const { result } = await runByEveryLane(path, asked, async (runOne) => {
      called.length = 0;
      return { result: await runOne(), seen: [...called] };
    });
    return result;
  };
}

/** The supergraph as it would be without the scopes that the gateway enforces. */
const withoutScopes = sdl
  .replaceAll(/@requiresScopes\(scopes: \[\["[^)]*\)/g, '')
  .replaceAll(/^ *@authenticated$/gm, '');

describe('the gateway’s check of writes', () => {
  const OWN_ARRANGEMENT = `mutation ($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, accessArrangements: [
    { arrangement: EXTRA_TIME, text: "Uses it in lessons" }] }) { userErrors { code } } }`;

  it.each([
    ['by ceiling calls no subgraph', REFUSED, 'emergencyContacts', []],
    ['by grant calls for the grants alone', OWN_ARRANGEMENT, 'accessArrangements', ['shared-teaching']],
  ])('a refusal %s', async (_by, mutation, field, subgraphs) => {
    const run = await pathWith(sdl, (wall) => wall);
    const { data, errors } = await run('data-lead@birchwood.example', mutation, { id: guest });
    expect(data).toBeNull();
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'GUEST_FIELD_VIEW_ONLY', fields: [expect.objectContaining({ field, access: 'VIEW' })] },
    ]);
    expect(called).toEqual(subgraphs);
  });
});

describe('without the gateway’s check of writes', () => {
  it('and without grants, a write to a guest needs one', async () => {
    const run = await pathWith(sdl, () => ({ admit: async () => [] }));
    for (const mutation of [REFUSED, ALLOWED]) {
      const { data, errors } = await run('data-lead@birchwood.example', mutation, { id: guest, on: TEST_TODAY });
      expect(data).toBeNull();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['GRANT_REQUIRED']);
    }
  });

  it('but with the grants it would have fetched, a write of what is view-only is refused by field', async () => {
    const harmless = parse(ALLOWED);
    const operation = getOperationAST(harmless);
    const run = await pathWith(sdl, (wall) => ({
      // the grants are fetched for a write that is allowed, and sent along with the one that is not
      admit: (_refused, variables, request) => {
        if (!operation) throw new Error('The test names no operation.');
        return wall.admit({ document: harmless, operation }, { ...variables, on: TEST_TODAY }, request);
      },
    }));
    const { data, errors } = await run('data-lead@birchwood.example', REFUSED, { id: guest });
    expect(data).toBeNull();
    expect(errors.map(({ extensions: { code, fields } }) => ({ code, fields }))).toEqual([
      {
        code: 'GUEST_FIELD_VIEW_ONLY',
        fields: [{ field: 'emergencyContacts', access: 'VIEW', reason: 'SAFETY_FLOOR' }],
      },
    ]);
  });
});

describe('without the gateway’s scopes', () => {
  it('a field that the caller lacks the scope of is refused by its subgraph', async () => {
    const run = await pathWith(withoutScopes, (wall) => wall);
    const { data, errors } = await run(
      'teacher@alder.example',
      '{ students(first: 1) { nodes { displayName upn address { postcode } } } }',
      {},
    );
    expect(data).toMatchObject({
      students: { nodes: [{ displayName: expect.any(String), upn: null, address: null }] },
    });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
  });

  it('another school’s guest is still not there', async () => {
    const run = await pathWith(withoutScopes, () => ({ admit: async () => [] }));
    expect(await run('data-lead@cedar.example', GUEST, { id: guest })).toEqual({
      data: { guestProfile: null },
      errors: [],
    });
  });
});
