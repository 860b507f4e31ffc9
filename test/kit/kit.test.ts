import { expect, it } from 'vitest';
import { startGraph } from './graph.ts';
import { statementsOf } from './statements.ts';
import { openSubgraphs } from './subgraphs.ts';

it('opens every subgraph on a database of its own', async () => {
  const { all, settle, internalErrors } = await openSubgraphs();
  await settle();
  expect(all.map(({ name }) => name)).toEqual(['students', 'shared-teaching']);
  expect(internalErrors).toEqual([]);
});

it('starts the whole graph with its demo', async () => {
  const graph = await startGraph();
  const viewer = '{ viewer { name role school { urn } } }';
  const { status, body } = await graph.as('data-lead@birchwood.example').query(viewer);
  expect(status).toBe(200);
  expect(body).toEqual({ data: { viewer: { name: 'Bea Birchall', role: 'DATA_LEAD', school: { urn: '900002' } } } });
  expect((await graph.as(null).query(viewer)).body.data).toEqual({ viewer: null });
});

it('counts statements', async () => {
  const subgraphs = await openSubgraphs();
  const { statements } = await statementsOf(() => subgraphs.call('students', null, '{ __typename }'));
  expect(statements.map(({ role }) => role)).toEqual(['schoolgraph_students']);
  expect(statements[0]?.text).toContain('set_config');
});
