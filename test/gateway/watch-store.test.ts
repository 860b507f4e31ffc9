import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { watchStore } from '../../gateway/store/watch-store.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { atEnd } from '../kit/at-end.ts';
import { cloneDatabase } from '../kit/database.ts';

const database = await cloneDatabase();
const admin = (sql: string) => asAdmin(database.adminUrl, (client) => client.query(sql));

const addClient = (name: string) =>
  admin(`insert into gateway.client (name, id, title, mode, is_partner)
    values ('${name}', gen_random_uuid(), 'A client', 'open', false)`);

const isThereIn = async (name: string, names: readonly string[]) =>
  vi.waitFor(() => expect(names).toContain(name), { timeout: 4_000, interval: 10 });

/** Keeps the clients' names in mind. */
function watch(url: string, { lookEveryMs = 60_000 } = {}) {
  const names: string[] = [];
  const errors: unknown[] = [];
  const onChange = vi.fn(async () => {
    const { rows } = await asAdmin(database.urlOf('gateway'), (client) =>
      client.query<{ name: string }>('select name from gateway.client'),
    );
    names.splice(0, names.length, ...rows.map(({ name }) => name));
  });
  const watched = watchStore(url, { onChange, reportError: (error) => errors.push(error), lookEveryMs });
  atEnd(watched.close);
  return { names, errors, onChange, close: watched.close };
}

const endListeners = () =>
  admin(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'`);

it('a change is heard at once, and what was there before it listened', async () => {
  await addClient('before');
  const { names } = watch(database.urlOf('gateway'));
  await isThereIn('before', names);
  await addClient('after');
  await isThereIn('after', names);
});

it('a change is seen without a notice, too', async () => {
  const { names } = watch(database.urlOf('gateway'), { lookEveryMs: 50 });
  await isThereIn('before', names);
  await admin('alter table gateway.client disable trigger tell_change');
  await addClient('unheard');
  await admin('alter table gateway.client enable trigger tell_change');
  await isThereIn('unheard', names);
});

it('a connection that breaks is made anew, and what changed meanwhile is seen', async () => {
  const { names, errors } = watch(database.urlOf('gateway'));
  await isThereIn('before', names);
  await endListeners();
  await addClient('meanwhile');
  await isThereIn('meanwhile', names);
  await addClient('again');
  await isThereIn('again', names);
  expect(errors.length).toBeGreaterThan(0);
});

it('a database that is away is tried again, and told of', async () => {
  const url = new URL(database.urlOf('gateway'));
  url.port = '1';
  const { errors, close } = watch(url.href);
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(1), { timeout: 4_000 });
  await close();
  const told = errors.length;
  await sleep(1_200);
  expect(errors).toHaveLength(told);
});

it('notices that come while it reads are one, and what fails is told and tried again', async () => {
  const errors: unknown[] = [];
  let [running, most] = [0, 0];
  const onChange = vi.fn(async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(100);
    running -= 1;
    if (onChange.mock.calls.length === 1) throw new Error('the first fails');
  });
  const { close } = watchStore(database.urlOf('gateway'), { onChange, reportError: (error) => errors.push(error) });
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
  for (const name of ['one', 'two', 'three']) await addClient(name);
  await vi.waitFor(() => expect(running).toBe(0));
  await close();
  expect(most).toBe(1);
  expect(onChange.mock.calls.length).toBeLessThanOrEqual(4);
  expect(errors).toEqual([new Error('the first fails')]);
});
