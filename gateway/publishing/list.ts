/** What is published: clients, their versions, and when each operation was last asked for. */
import type pg from 'pg';
import { listsOf, publishingClients, type StoredList } from '../store/publish-lists.ts';
import { clientNamed } from './named-client.ts';
import type { Outcome } from './outcome.ts';
import type { ListTask } from './task.ts';

/** Throws NotPublished. */
export async function list({ client: only }: ListTask, admin: pg.Client): Promise<Outcome> {
  const clients = only === undefined ? await publishingClients(admin) : [await clientNamed(admin, only)];
  const told: string[] = [];
  for (const { name, mode, isPartner, isApp } of clients) {
    told.push(`${name}  ${mode}${isPartner ? ', a partner' : isApp ? ', an app' : ''}`);
    for (const each of await listsOf(admin, name)) told.push(...describe(each).map((line) => `  ${line}`));
  }
  return { told, problems: [] };
}

const describe = ({ version, publishedAt, retiredAt, operations }: StoredList): string[] => [
  `${version}  published ${dayOf(publishedAt)}${retiredAt ? `, retired ${dayOf(retiredAt)}` : ''}`,
  ...operations.map(
    ({ id, name, lastUsedAt }) => `  ${id}  ${name}  ${lastUsedAt ? `last used ${dayOf(lastUsedAt)}` : 'not used yet'}`,
  ),
];

export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
