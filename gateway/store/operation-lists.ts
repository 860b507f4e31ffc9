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
    const known = operationsIn(last.lists);
    const added = rows.filter(({ client, id }) => id !== null && !known.has(keyOf(client, id)));
    if (added.length > 0)
      for (const operation of await em.execute<PublishedOperation[]>(OPERATIONS, [JSON.stringify(added)]))
        known.set(keyOf(operation.client, operation.id), operation);
    last = { state, lists: listsOf(rows, known) };
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
  select c.name as client, c.mode, l.version, e.operation_id as id
  from gateway.client c
    left join gateway.persisted_list l on l.client = c.name and l.retired_at is null
    left join gateway.persisted_list_entry e on e.client = l.client and e.version = l.version
  where c.retired_at is null
  order by c.name, l.version, e.operation_id`;

/** Of a list of `{ client, id }` as JSON. What is known already is not read again: there may be very many. */
const OPERATIONS = `
  select distinct o.client, o.id, o.name, o.text, o.hash
  from jsonb_to_recordset(?::jsonb) as added (client text, id text)
    join gateway.persisted_operation o on o.client = added.client and o.id = added.id`;

/** A client without a list has a row without a version, a list without an operation one without an id. */
interface ListRow {
  client: string;
  mode: ClientMode;
  version: string | null;
  id: string | null;
}

function listsOf(rows: readonly ListRow[], known: ReadonlyMap<string, PublishedOperation>): OperationLists {
  const clients = new Map<string, ClientLists & { versions: Map<string, PublishedOperation[]> }>();
  for (const { client, mode, version, id } of rows) {
    const lists = clients.get(client) ?? { mode, versions: new Map<string, PublishedOperation[]>() };
    clients.set(client, lists);
    if (version === null) continue;
    const list = lists.versions.get(version) ?? [];
    lists.versions.set(version, list);
    const operation = id === null ? undefined : known.get(keyOf(client, id));
    if (operation) list.push(operation);
  }
  return clients;
}

const keyOf = (client: string, id: string): string => `${client}\n${id}`;

function operationsIn(lists: OperationLists): Map<string, PublishedOperation> {
  const known = new Map<string, PublishedOperation>();
  for (const { versions } of lists.values())
    for (const operations of versions.values())
      for (const operation of operations) known.set(keyOf(operation.client, operation.id), operation);
  return known;
}
