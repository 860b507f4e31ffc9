import { chmodSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivateFile } from './private-file.ts';
import { asAdmin } from './roles.ts';
import { announceRunning, findRunning, retractRunning } from './run-file.ts';
import { openStandaloneDatabase } from './standalone-database.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'standalone-'));
  chmodSync(dataDir, 0o711);
});

afterEach(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));

describe('a standalone graph’s database', () => {
  it('is an embedded one where nothing else is said; its data and secrets stay', async () => {
    const first = await openStandaloneDatabase({ dataDir });
    await asAdmin(first.adminUrl, (client) => client.query('create table kept as select 1 as one'));
    await first.close();
    const second = await openStandaloneDatabase({ dataDir });
    try {
      const { rows } = await asAdmin(second.adminUrl, (client) => client.query('select one from kept'));
      expect(rows).toEqual([{ one: 1 }]);
      expect(second.secrets).toEqual(first.secrets);
      expect(new URL(second.adminUrl).pathname).toBe('/schoolgraph');
    } finally {
      await second.close();
    }
  });

  it('is that of the graph that runs on the same data folder, which goes on', async () => {
    const running = await openStandaloneDatabase({ dataDir });
    try {
      announceRunning(dataDir, { databaseUrl: running.adminUrl, port: 4000 });
      const beside = await openStandaloneDatabase({ dataDir, databaseUrl: 'postgres://elsewhere.invalid/x' });
      expect(beside.adminUrl).toBe(running.adminUrl);
      await beside.close();
      await asAdmin(running.adminUrl, (client) => client.query('select 1'));
    } finally {
      await running.close();
    }
  });

  it('refuses an address where no server is, without telling the password', async () => {
    const databaseUrl = `postgres://someone:hunter2@127.0.0.1:${await freePort()}/x`;
    const refusal = await openStandaloneDatabase({ dataDir, databaseUrl }).catch((error: Error) => error.message);
    expect(refusal).toMatch(/^No PostgreSQL server lets us in at DATABASE_URL: .*ECONNREFUSED/);
    expect(refusal).not.toContain('hunter2');
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });
});

describe('run.json', () => {
  it('is its owner’s alone, and goes when the graph stops', () => {
    announceRunning(dataDir, { databaseUrl: 'postgres://x', port: null });
    announceRunning(dataDir, { databaseUrl: 'postgres://x', port: 4000 });
    expect(statSync(join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
    expect(findRunning(dataDir)).toEqual({ pid: process.pid, databaseUrl: 'postgres://x', port: 4000 });
    retractRunning(dataDir);
    expect(findRunning(dataDir)).toBeNull();
  });

  it.each([
    ['of a process that has ended', { pid: 2 ** 22 + 1, started: null, databaseUrl: 'postgres://x', port: 4000 }],
    ['of an earlier process of the same number', { pid: process.pid, started: 'long ago', databaseUrl: 'x', port: 1 }],
    ['that holds something else', { hello: 'there' }],
  ])('%s does not count', (_case, content) => {
    const file = join(dataDir, 'run.json');
    writePrivateFile(file, JSON.stringify(content));
    expect(findRunning(dataDir)).toBeNull();
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
