/** Whether what is published holds in a supergraph that is to be served: to be asked before it is. */
import { parse, Source } from 'graphql';
import type pg from 'pg';
import { PARTNER } from '../policy/contract-rules.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import { listsOf, publishingClients } from '../store/publish-lists.ts';
import { createCheck } from './check-operations.ts';
import { readSupergraphFile } from './files.ts';
import { dayOf } from './list.ts';
import type { Outcome } from './outcome.ts';
import type { CheckPublishedTask } from './task.ts';

interface PublishedCheck {
  admin: pg.Client;
  front: FrontSettings;
  calledFrom: string;
}

/** Of each client the lists that are not retired; an operation that several have is told of once. */
export async function checkPublished(
  { supergraph }: CheckPublishedTask,
  { admin, front, calledFrom }: PublishedCheck,
): Promise<Outcome> {
  const checkOne = createCheck(readSupergraphFile(supergraph, calledFrom), front);
  const [told, problems]: [string[], string[]] = [[], []];
  for (const { name: client, isPartner } of await publishingClients(admin)) {
    const lists = (await listsOf(admin, client)).filter(({ retiredAt }) => retiredAt === null);
    const all = lists.flatMap(({ version, operations }) => operations.map((operation) => ({ ...operation, version })));
    const byId = Map.groupBy(all, ({ id }) => id);
    for (const [operation, ...others] of byId.values()) {
      if (!operation) continue;
      const { text, name } = operation;
      const listed = [operation, ...others];
      const used = Math.max(...listed.map(({ lastUsedAt }) => lastUsedAt?.getTime() ?? 0));
      const where = `${client} ${listed.map(({ version }) => version).join(', ')}`;
      const { problems: its } = checkOne(
        { name, text, path: where, document: parse(new Source(text, where)) },
        isPartner ? PARTNER : 'whole',
      );
      const last = used > 0 ? `last asked for ${dayOf(new Date(used))}` : 'never asked for';
      problems.push(...its.map((problem) => `${problem} (${last})`));
    }
    told.push(`Published operations of ${client}: ${byId.size}.`);
  }
  return { told, problems };
}
