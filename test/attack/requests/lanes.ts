/**
 * The ways by which an operation comes to the gateway: a text that nobody has sent before, one that somebody has, and the id
 * of a persisted operation. What must hold of an answer holds by each of them, so an attack takes them by chance.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { canonicalHash } from '../../../gateway/operations/persisted/canonical-text.ts';
import { sha256Of } from '../../../gateway/operations/persisted/operation-id.ts';
import { onlyOperationOf, parsedText } from '../../../gateway/operations/persisted/operation-text.ts';
import { publishList } from '../../../gateway/store/publish-lists.ts';
import type { CallerClient } from '../../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import type { AttackedGraph } from '../graph/attacked-graph.ts';
import type { Random } from '../random.ts';
import type { AskOptions, Client, GraphqlRequest, Reply } from './client.ts';

const LANES = ['as a new text', 'as a known text', 'by id'] as const;

/** A list of an attack's own, of the client of persons that the demo has: there is none of this version yet. */
export const newList = (): CallerClient => ({ name: 'web', version: `attack-${randomUUID()}` });

export type AskByLane = (
  token: string | null,
  request: GraphqlRequest,
  random: Random,
  options?: AskOptions,
) => Promise<Reply>;

/** Publishes the texts, and asks for them by the lane that chance takes. `token`: of somebody who comes by the list's client. */
export async function openLanes(
  graph: AttackedGraph,
  client: Client,
  { list, token, texts }: { list: CallerClient; token: string | null; texts: Iterable<string> },
): Promise<AskByLane> {
  const ids = await publish(graph, list, texts);
  await untilHeardOf(client, token, [...ids.values()].at(-1));
  let newTexts = 0;
  return async (asking, request, random, options) => {
    const { query, ...others } = request;
    const lane = random.pick(LANES);
    const id = asking === null ? undefined : ids.get(query);
    if (lane === 'by id' && id !== undefined) return client.askById(asking, { documentId: id, ...others }, options);
    if (lane === 'as a known text') await client.ask(asking, request, options);
    if (lane !== 'as a new text') return client.ask(asking, request, options);
    newTexts += 1;
    return client.ask(asking, { query: `${query} # ${newTexts}`, ...others }, options);
  };
}

/** By text; what is not one operation cannot be published. */
async function publish(
  { adminUrl }: AttackedGraph,
  { name: client, version }: CallerClient,
  texts: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const operations = [...new Set(texts)].flatMap((text) => {
    const document = parsedText(text);
    const operation = document instanceof Error ? null : onlyOperationOf(document);
    if (document instanceof Error || !operation) return [];
    return [{ id: sha256Of(text), name: operation.name?.value ?? 'Unnamed', text, hash: canonicalHash(document) }];
  });
  await asAdmin(adminUrl, (admin) => publishList(admin, { client, version: version ?? '', operations }));
  return new Map(operations.map(({ text, id }) => [text, id]));
}

/** Every gateway hears of a list within five seconds. */
async function untilHeardOf(client: Client, token: string | null, documentId: string | undefined): Promise<void> {
  if (documentId === undefined) return;
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
    const { body } = await client.askById(token, { documentId });
    if (!body.errors?.some(({ extensions }) => extensions?.code === 'PERSISTED_QUERY_NOT_IN_LIST')) return;
  }
  throw new Error('Expected the gateway to hear of a list that was published.');
}
