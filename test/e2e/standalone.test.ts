import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { chmod, chown } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataFolder, writePrivateFile } from '../../subgraphs/kernel/database/private-file.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { cloneDatabase } from '../kit/database.ts';
import { npm, processesOn, type RunOptions, type Started } from './npm-start.ts';

const READY = /^Schoolgraph is ready: http:\/\/localhost:(?<port>\d+)\/graphql$/m;
const LEAD = 'data-lead@birchwood.example';
const GUESTS = '{ viewer { name } guestProfiles(first: 3) { nodes { id displayName } } }';

let dataDir: string;
const folders: string[] = [];
const started: Started[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `schoolgraph-test-${process.pid}-e2e-`));
  folders.push(folder);
  return folder;
}

const start = (options: RunOptions): Started => {
  const graph = npm(['start'], { ...options, env: { PORT: '0', ...options.env } });
  started.push(graph);
  return graph;
};

beforeAll(async () => {
  dataDir = newFolder();
  await chmod(dataDir, 0o711);
});

afterAll(async () => {
  for (const { npm: child, ended } of started) {
    child.kill('SIGTERM');
    await ended;
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const runFile = (folder: string): string => join(folder, 'graph/run.json');
const pidOf = (folder: string): number => JSON.parse(readFileSync(runFile(folder), 'utf8')).pid;

async function token(options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await npm(['run', '--silent', 'token', '--', LEAD], options).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  return stdout.trim();
}

async function ask(port: string | undefined, bearer: string, query = GUESTS): Promise<unknown> {
  const response = await fetch(`http://localhost:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

async function nothingLeftOn(folder: string): Promise<void> {
  for (let tries = 0; tries < 50 && processesOn(folder).length > 0; tries++) await sleep(100);
  expect(processesOn(folder)).toEqual([]);
  expect(existsSync(runFile(folder))).toBe(false);
}

describe('npm start', () => {
  let guests: unknown;
  let earlier: string;

  it('serves the demo until SIGTERM, and takes its database with it', async () => {
    const graph = start({ dataDir });
    const port = (await graph.says(READY)).groups?.port;
    expect(graph.stdout()).toMatch(/^Schoolgraph on Node v24\./m);
    expect(graph.stdout().trimEnd().split('\n').at(-1)).toMatch(READY);
    expect(await (await fetch(`http://localhost:${port}/health/live`)).json()).toEqual({ status: 'live' });
    expect(await (await fetch(`http://localhost:${port}/health/ready`)).json()).toEqual({ status: 'ready' });

    earlier = await token({ dataDir });
    guests = await ask(port, earlier);
    expect(guests).toMatchObject({
      data: { viewer: { name: 'Bea Birchall' }, guestProfiles: { nodes: { length: 3 } } },
    });
    for (const file of ['run.json', 'secrets.json'])
      expect(statSync(join(dataDir, 'graph', file)).mode & 0o777).toBe(0o600);
    expect(processesOn(dataDir)).not.toEqual([]);

    process.kill(pidOf(dataDir), 'SIGTERM');
    expect(await graph.ended).toMatchObject({ code: 0, signal: null });
    await nothingLeftOn(dataDir);
  }, 90_000);

  it('gives a token while it does not run, which it takes when it does', async () => {
    earlier = await token({ dataDir });
    await nothingLeftOn(dataDir);
  }, 60_000);

  it('keeps its data from one start to the next, and ends with npm', async () => {
    const graph = start({ dataDir });
    const port = (await graph.says(READY)).groups?.port;
    expect(await ask(port, earlier)).toEqual(guests);

    const second = await start({ dataDir }).ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/^Schoolgraph did not start\. It runs already on .*, as process \d+\./m);
    const other = newFolder();
    const onSamePort = await start({ dataDir: other, env: { PORT: port ?? '' } }).ended;
    expect(onSamePort.code).toBe(1);
    expect(onSamePort.stderr).toContain(
      `Schoolgraph did not start. Port ${port} is in use: stop what uses it, or set PORT`,
    );
    expect(existsSync(join(other, 'graph'))).toBe(false);
    expect(await ask(port, earlier)).toEqual(guests);

    graph.npm.kill('SIGTERM');
    expect(await graph.ended).toMatchObject({ code: 0, signal: null });
    await nothingLeftOn(dataDir);
  }, 90_000);

  it('asked to stop while it starts, leaves nothing running', async () => {
    const folder = newFolder();
    await chmod(folder, 0o711);
    const graph = start({ dataDir: folder });
    await graph.says(/Making a new PostgreSQL cluster/);
    while (!existsSync(runFile(folder))) await sleep(25);
    process.kill(pidOf(folder), 'SIGTERM');
    expect(await graph.ended).toMatchObject({ code: 0, signal: null });
    expect(graph.stdout()).not.toMatch(READY);
    await nothingLeftOn(folder);
  }, 90_000);

  const stranger = { uid: 65_534, gid: 65_534 };
  const isRoot = process.getuid?.() === 0;
  const canReach =
    isRoot && spawnSync('test', ['-r', join(import.meta.dirname, 'standalone.test.ts')], stranger).status === 0;
  const why = isRoot ? 'skipped: it may not read the project’s folder' : 'skipped: the other tests run as one';
  it.skipIf(!canReach)(
    `runs as an ordinary user, too${canReach ? '' : ` (${why})`}`,
    async () => {
      const folder = newFolder();
      await chown(folder, stranger.uid, stranger.gid);
      const graph = start({ dataDir: folder, user: stranger });
      const port = (await graph.says(READY)).groups?.port;
      expect(await ask(port, await token({ dataDir: folder, user: stranger }))).toMatchObject({
        data: { viewer: { name: 'Bea Birchall' } },
      });
      process.kill(pidOf(folder), 'SIGTERM');
      expect(await graph.ended).toMatchObject({ code: 0, signal: null });
      await nothingLeftOn(folder);
    },
    90_000,
  );
});

describe('a database of real people', () => {
  it('at DATABASE_URL is served as it is: no demo comes into it, and no token out of it', async () => {
    const database = await cloneDatabase();
    const folder = newFolder();
    makeDataFolder(join(folder, 'graph'));
    const secrets = { ...newSecrets(), database: database.secret };
    writePrivateFile(join(folder, 'graph/secrets.json'), JSON.stringify(secrets));
    const [insert, count] = [
      `insert into gateway.account (id, email, name, role, school_urn)
         values (gen_random_uuid(), 'una@school.example', 'Una', 'DATA_LEAD', '123456')`,
      'select (select count(*) from students.student) + (select count(*) from gateway.account) as persons',
    ];
    await asAdmin(database.adminUrl, (client) => client.query(insert));
    const options = { dataDir: folder, env: { DATABASE_URL: database.adminUrl } };

    const graph = start(options);
    await graph.says(READY);
    expect(graph.stdout()).toContain('no demo data, and no tokens for the asking');
    const { code, stdout, stderr } = await npm(['run', '--silent', 'token', '--', 'una@school.example'], options).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Tokens for the asking are for demos only');
    process.kill(pidOf(folder), 'SIGTERM');
    expect((await graph.ended).code).toBe(0);
    const { rows } = await asAdmin(database.adminUrl, (client) => client.query(count));
    expect(rows).toEqual([{ persons: '1' }]);
  }, 60_000);
});

describe('npm run token', () => {
  it('asked wrongly says how', async () => {
    const { code, stdout, stderr } = await npm(['run', '--silent', 'token'], { dataDir }).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: npm run --silent token -- ADDRESS');
    const help = await npm(['run', '--silent', 'token', '--', '--help'], { dataDir }).ended;
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Usage:') });
  });

  it('asked of a folder without a graph says so, and makes none', async () => {
    const folder = newFolder();
    const { code, stdout, stderr } = await npm(['run', '--silent', 'token', '--', LEAD], { dataDir: folder }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no graph in this folder: .*\. Run "npm start" first, or set DATA_DIR\.$/m);
    expect(existsSync(join(folder, 'graph'))).toBe(false);
  });

  it('asked for nobody it knows names the demo’s people', async () => {
    const { code, stdout, stderr } = await npm(['run', '--silent', 'token', '--', 'x@y'], { dataDir }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(LEAD);
  });
});
