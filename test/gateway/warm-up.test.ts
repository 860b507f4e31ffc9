/** Before another graph is served: what is made ready for it, and that nothing of that keeps it from being served. */
import { getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { createKnowOperation } from '../../gateway/operations/known-operation.ts';
import { type WarmedGraph, warmUp } from '../../gateway/operations/warm-up.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { readGraph } from '../../gateway/read-graph.ts';
import { openSupergraph } from '../kit/supergraph.ts';
import { composed } from './small-graph.ts';

const supergraph = composed([{ name: 'first', typeDefs: 'type Query { value: Int }', resolvers: {} }]);
const know = createKnowOperation(readGraph(openSupergraph(supergraph), DEFAULT_FRONT).admission);

const used = ['one', 'two', 'three'].map((name) => {
  const source = `query ${name} { value }`;
  const document = parse(source);
  return { caller: null, known: know('whole', source, document, getOperationAST(document) ?? undefined, false) };
});

/** `prepare`: of an operation by its name. */
function graphThat(prepare: (name: string) => Promise<void>) {
  const asked: string[] = [];
  const graph: WarmedGraph = {
    catalogue: { known: () => expect.unreachable() },
    know,
    prepare(_caller, { operation }) {
      const name = operation.name?.value ?? '';
      asked.push(name);
      return prepare(name);
    },
  };
  return { asked, graph };
}

it('what cannot be prepared keeps neither the others nor the change from being served', async () => {
  const { asked, graph } = graphThat(async (name) => {
    if (name !== 'three') throw new Error('The thread that plans ended.');
  });
  await warmUp(used, graph);
  expect(asked).toEqual(['one', 'two', 'three']);
});

it('what takes longer than there is time is not waited for, and nothing is begun after it', async () => {
  const slow = Promise.withResolvers<void>();
  const { asked, graph } = graphThat(() => slow.promise);
  await warmUp(used, graph, { operations: 500, ms: 1 });
  slow.resolve();
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(asked).toEqual(['one']);
});

it('no more are prepared than there may be', async () => {
  const { asked, graph } = graphThat(async () => {});
  await warmUp(used, graph, { operations: 2, ms: 5_000 });
  expect(asked).toEqual(['one', 'two']);
});
