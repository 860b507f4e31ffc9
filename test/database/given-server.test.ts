import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../subgraphs/kernel/database/embedded/embedded-postgres.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { openStandaloneDatabase } from '../../subgraphs/kernel/database/standalone-database.ts';
import { atEnd } from '../kit/at-end.ts';

/** One of its own: roles, and what they log, are the whole server's. */
const { url: server, stop } = await startEmbeddedPostgres({
  dataFolder: join(newFolder(), 'postgres'),
  durable: false,
});
afterAll(stop);

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `schoolgraph-test-${process.pid}-given-`));
  chmodSync(folder, 0o711);
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const open = (databaseUrl: string) => openStandaloneDatabase({ dataDir: newFolder(), databaseUrl });

/** A database of its own for a user of these rights, as an administrator of a shared server would make it. */
async function givenTo(rights: string, { owns }: { owns: boolean }): Promise<string> {
  const name = `given_${randomUUID().slice(0, 8)}`;
  await asAdmin(server, async (client) => {
    await client.query(`create role ${name} login ${rights} password 'x'`);
    await client.query(`create database ${name} ${owns ? `owner ${name}` : ''}`);
  });
  const url = new URL(server);
  [url.username, url.password, url.pathname] = [name, 'x', `/${name}`];
  return url.href;
}

describe('a PostgreSQL server that is named', () => {
  it('is taken from a superuser without a word', async () => {
    expect((await open(server)).notes).toEqual([]);
  });

  it('is taken from who owns the database and makes roles; a server that logs statements is told of', async () => {
    const url = await givenTo('createrole', { owns: true });
    await asAdmin(server, (client) => client.query(`alter role ${new URL(url).username} set log_statement = 'all'`));
    const { notes, source } = await open(url);
    expect(source).toBe('given');
    expect(notes).toEqual([expect.stringContaining('logs statements, and with them details of pupils')]);
  });

  it.each([
    ['who makes no roles', '', true],
    ['who does not own the database', 'createrole', false],
  ])('is refused from a user %s', async (_who, rights, owns) => {
    await expect(open(await givenTo(rights, { owns }))).rejects.toThrow('needs CREATEROLE and must own its database');
  });
});
