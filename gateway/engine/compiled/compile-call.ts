/** A call of a plan: what is the same of it in every request, and how it is made. */
import type { FetchNode } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse } from 'graphql';
import type { AnswerShape } from '../answer-shape.ts';
import type { CallSubgraph } from '../signed-source.ts';
import type { SubgraphResult } from '../subgraph-answer.ts';
import { type ReadyOperation, requestTexts } from '../subgraph-operation.ts';
import type { Run } from './run.ts';

interface CallDeps {
  shapeOf(document: DocumentNode): AnswerShape;
  callSubgraph: CallSubgraph;
}

type CompiledCall = ReturnType<typeof compileCall>;

/** `text`: what the subgraph is asked. */
export type CompileCall = (fetch: FetchNode, text: string) => CompiledCall;

/** One that is sent as it was planned is compiled once, however its answer is read. */
export function createCompileCall(deps: CallDeps): CompileCall {
  const planned = new WeakMap<FetchNode, CompiledCall>();
  return (fetch, text) => {
    const known = planned.get(fetch);
    if (known && text === fetch.operation) return known;
    const made = compileCall(fetch, text, deps);
    if (text === fetch.operation) planned.set(fetch, made);
    return made;
  };
}

function compileCall(fetch: FetchNode, text: string, { shapeOf, callSubgraph }: CallDeps) {
  const document = parse(text, { noLocation: true });
  const { serviceName: subgraph, operationName, operationKind } = fetch;
  const variableUsages = (fetch.variableUsages ?? []).filter((name) => declares(document, name));
  const fixed = { ...requestTexts(text, operationName), isQuery: operationKind === 'query', shape: shapeOf(document) };
  return {
    subgraph,
    document,
    /**
     * `representations`: each as JSON text; null where it begins at the root. `passes`: left out where the answer is to be
     * read; then what has been answered to the same is not asked again.
     */
    send(
      { variables, request, asked }: Run,
      representations: readonly string[] | null,
      passes: ReadyOperation['passes'] = null,
    ): Promise<SubgraphResult> {
      const members = representations ? [`"representations":[${representations.join(',')}]`] : [];
      for (const name of variableUsages) {
        // its own: a client may name one like what every object has, and leave it out
        const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
        if (value !== undefined) members.push(`${JSON.stringify(name)}:${JSON.stringify(value)}`);
      }
      const given = `{${members.join(',')}}`;
      const before = asked.get(fetch);
      if (before?.given === given) return before.result.then(read);
      const entities = representations?.length ?? null;
      const result = callSubgraph(subgraph, { ...fixed, variables: given, entities, passes }, request);
      if (passes) asked.set(fetch, { given, result });
      return result;
    },
  };
}

/** A part of a call may do without some. */
const declares = ({ definitions }: DocumentNode, name: string): boolean =>
  definitions.some(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION &&
      node.variableDefinitions?.some(({ variable }) => variable.name.value === name),
  );

/** A text that was passed has data alone. */
const read = (result: SubgraphResult): SubgraphResult =>
  result.text === undefined ? result : { ...(JSON.parse(result.text) as Pick<SubgraphResult, 'data'>), errors: [] };
