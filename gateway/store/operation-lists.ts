/** The lists of published operations as the database has them: those of clients and versions that are not retired. */
import type { ClientMode } from '../auth/clients.ts';
import type { ClientLists, OperationLists, PublishedOperation } from '../operations/persisted/lists.ts';
import type { Store } from './store.ts';

/**
 * Reads them whole, and only where they have changed: operations are never changed and entries only added, so that how
 * many there are says whether there are others. Gives back what it has read before as it is: lists where nothing has
 * changed, and operations.
 */
export function createReadLists(store: Store): () => Promise<OperationLists> {
  let last: { state: string; lists: OperationLists } = { state: '-', lists: new Map() };
  return async () => {
    const em = store.em.fork();
    const [{ state } = { state: '' }] = await em.execute<{ state: string }[]>(STATE);
    if (last.state === state) return last.lists;
    const rows = await em.execute<ListRow[]>(LISTS);
    last = { state, lists: listsOf(rows, last.lists) };
    return last.lists;
  };
}

const STATE = `
  select md5(coalesce(string_agg(concat_ws(' ', c.name, c.mode, l.version, l.entries), e'\\n'
    order by c.name, l.version), '')) as state
  from gateway.client c left join (
    select client, version, count(operation_id) as entries
    from gateway.persisted_list left join gateway.persisted_list_entry using (client, version)
    where retired_at is null group by client, version
  ) l on l.client = c.name
  where c.retired_at is null`;

const LISTS = `
  select c.name as client, c.mode, l.version, o.id, o.name, o.text, o.hash
  from gateway.client c
    left join gateway.persisted_list l on l.client = c.name and l.retired_at is null
    left join gateway.persisted_list_entry e on e.client = l.client and e.version = l.version
    left join gateway.persisted_operation o on o.client = e.client and o.id = e.operation_id
  where c.retired_at is null
  order by c.name, l.version, o.id`;

/** A client without a list has a row without a version, a list without an operation one without an id. */
interface ListRow {
  client: string;
  mode: ClientMode;
  version: string | null;
  id: string | null;
  name: string;
  text: string;
  hash: string;
}

function listsOf(rows: readonly ListRow[], before: OperationLists): OperationLists {
  const known = operationsIn(before);
  const clients = new Map<string, ClientLists & { versions: Map<string, PublishedOperation[]> }>();
  for (const { client, mode, version, id, ...operation } of rows) {
    const lists = clients.get(client) ?? { mode, versions: new Map<string, PublishedOperation[]>() };
    clients.set(client, lists);
    if (version === null) continue;
    const list = lists.versions.get(version) ?? [];
    lists.versions.set(version, list);
    if (id === null) continue;
    const key = `${client}\n${id}`;
    const published = known.get(key) ?? { client, id, ...operation };
    known.set(key, published);
    list.push(published);
  }
  return clients;
}

function operationsIn(lists: OperationLists): Map<string, PublishedOperation> {
  const known = new Map<string, PublishedOperation>();
  for (const { versions } of lists.values())
    for (const operations of versions.values())
      for (const operation of operations) known.set(`${operation.client}\n${operation.id}`, operation);
  return known;
}
