import type pg from 'pg';
import { NotPublished, publishingClients } from '../store/publish-lists.ts';

/** Throws NotPublished where there is none. */
export async function clientNamed(admin: pg.Client, name: string) {
  const clients = await publishingClients(admin);
  const client = clients.find((each) => each.name === name);
  if (client) return client;
  const names = clients.map((each) => each.name);
  throw new NotPublished(
    `There is no client "${name}". ${names.length === 0 ? 'There are none.' : `There are: ${names.join(', ')}.`}`,
  );
}
