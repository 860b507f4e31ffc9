import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
import { readPostmaster } from './postmaster.ts';
import { isRunning, whenStarted } from './running-process.ts';

const asRoot = process.getuid?.() === 0;

let folder: string;
let data: string;

beforeAll(() => {
  folder = mkdtempSync('/tmp/embedded-postgres-test-');
  chmodSync(folder, 0o755);
  data = join(folder, 'postgres');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('starts on the loopback interface, answers as a superuser, and is gone after stop', async () => {
  const server = await start(data);
  expect(server.dataFolder).toBe(data);
  expect(server.notes).toEqual([]);
  expect(await query(server, 'select current_user::text, rolsuper from pg_roles where rolname = current_user')).toEqual(
    [{ current_user: 'schoolgraph', rolsuper: true }],
  );
  expect(await query(server, 'create table kept as select 42 as answer')).toEqual([]);
  expect(await setting(server, 'listen_addresses')).toBe('127.0.0.1');
  expect(await setting(server, 'unix_socket_directories')).toBe('');
  expect(await setting(server, 'fsync')).toBe('off');
  const pid = serverPid(data);
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(isRunning(pid)).toBe(false);
  await expect(query(server, 'select 1')).rejects.toThrow('ECONNREFUSED');
});

test('a start on the same folder finds the data again, and is durable unless told otherwise', async () => {
  const server = await startEmbeddedPostgres({ dataFolder: data, maxConnections: 20 });
  expect(await query(server, 'select answer from kept')).toEqual([{ answer: 42 }]);
  expect(await setting(server, 'max_connections')).toBe('20');
  expect(await setting(server, 'fsync')).toBe('on');
  expect(await setting(server, 'synchronous_commit')).toBe('on');
  await server.stop();
});

test('comes back on the port it had, for who waits for it there; on another where that is taken', async () => {
  const first = await start(data);
  await first.stop();
  const second = await start(data);
  await second.stop();
  expect(second.port).toBe(first.port);
  const taker = createServer().listen(first.port, '127.0.0.1');
  await once(taker, 'listening');
  const elsewhere = await start(data);
  expect(elsewhere.port).not.toBe(first.port);
  expect(await query(elsewhere, 'select 1 as one')).toEqual([{ one: 1 }]);
  await elsewhere.stop();
  taker.close();
});

test('letters beyond ASCII are known on every host', async () => {
  const server = await start(data);
  expect(await query(server, "select upper('élodie ł') as upper, current_setting('server_encoding') as is")).toEqual([
    { upper: 'ÉLODIE Ł', is: 'UTF8' },
  ]);
  await server.stop();
});

test('the password is random, asked for, and readable by the one who started it only', async () => {
  const server = await start(data);
  const { password } = new URL(server.url);
  expect(password).toMatch(/^[\w-]{43}$/);
  expect(readFileSync(join(data, 'password'), 'utf8').trim()).toBe(password);
  expect(statSync(join(data, 'password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(data, 'cluster')).mode & 0o777).toBe(0o700);
  expect(statSync(data).mode & 0o066).toBe(0);
  expect(readdirSync(data).filter((name) => name.includes('unfinished'))).toEqual([]);
  for (const wrong of ['password', '']) {
    await expect(query({ url: server.url.replace(password, wrong) }, 'select 1')).rejects.toThrow(/password/);
  }
  await server.stop();
});

test('a failing statement leaves neither itself nor its values in the log', async () => {
  const server = await start(data);
  await query(server, 'create table person (upn text primary key)');
  await query(server, "insert into person values ('A123456789012')");
  await expect(query(server, "insert into person values ('A123456789012')")).rejects.toThrow('duplicate key');
  await server.stop();
  const log = readFileSync(join(data, 'server.log'), 'utf8');
  expect(log).toContain('duplicate key');
  expect(log).not.toContain('A123456789012');
});

test('a second start on a folder that is in use is refused, and disturbs nobody', async () => {
  const server = await start(data);
  await expect(start(data)).rejects.toThrow(`already in use by process ${process.pid}; stop it, or choose another`);
  const other = startInChild(data);
  expect(await output(other)).toContain(`already in use by process ${process.pid}`);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  const next = await start(data);
  await server.stop();
  await expect(start(data), 'a late second stop gives nothing away').rejects.toThrow('already in use');
  await next.stop();
});

test('an owner file whose number now belongs to another process is stale', async () => {
  const started = `${whenStarted(process.pid)}0`;
  writeFileSync(join(data, 'owner.json'), JSON.stringify({ pid: process.pid, started }));
  await (await start(data)).stop();
  writeFileSync(join(data, 'owner.json'), '');
  await (await start(data)).stop();
});

test('a process id in postmaster.pid that now belongs to another program does not hinder a start', async () => {
  writeFileSync(join(data, 'cluster', 'postmaster.pid'), `${process.pid}\n${join(data, 'cluster')}\n`);
  await (await start(data)).stop();
});

test('the server of a process that was killed is stopped and its data taken over', async () => {
  const child = startInChild(data);
  await once(child.stdout ?? child, 'data');
  const orphan = serverPid(data);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isRunning(orphan)).toBe(true);
  const lines: string[] = [];
  const server = await startEmbeddedPostgres({ dataFolder: data, durable: false, log: (line) => lines.push(line) });
  expect(lines.join('\n')).toContain(`left behind (process ${orphan})`);
  expect(isRunning(orphan)).toBe(false);
  expect(await query(server, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await server.stop();
});

test('a process that exits without stopping takes its server with it; SIGINT to the terminal does not', async () => {
  const child = startInChild(data, 'process.on("SIGINT", () => {}); setTimeout(() => process.exit(3), 500)', true);
  await once(child.stdout ?? child, 'data');
  const pid = serverPid(data);
  process.kill(-(child.pid ?? 0), 'SIGINT'); // what Ctrl-C sends: to the whole group
  await sleep(200);
  expect(isRunning(pid)).toBe(true);
  expect(await once(child, 'exit')).toEqual([3, null]);
  await expect.poll(() => isRunning(pid), { timeout: 5_000 }).toBe(false);
});

test('a first start that was killed while it made the cluster is done again', async () => {
  const half = join(folder, 'half');
  const child = startInChild(half);
  const unfinished = () => existsSync(half) && readdirSync(half).find((name) => /unfinished-\w+$/.test(name));
  await expect
    .poll(() => unfinished() && existsSync(join(half, `${unfinished()}`, 'PG_VERSION')), {
      interval: 5,
      timeout: 10_000,
    })
    .toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(existsSync(join(half, 'cluster'))).toBe(false);
  const server = await start(half);
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
  // The killed start's initdb may have written on meanwhile: what it leaves goes with the next start at the latest.
  await (await start(half)).stop();
  expect(readdirSync(half).sort()).toEqual(['cluster', 'password', 'port', 'server.log', 'server.previous.log']);
});

test('as root, data wanted in a folder that only root may enter goes elsewhere, and a note says so', async ({
  skip,
}) => {
  skip(!asRoot, 'only root runs PostgreSQL as another user');
  const locked = mkdtempSync('/tmp/embedded-postgres-locked-');
  const wanted = join(locked, 'nested', 'postgres');
  const first = await start(wanted);
  const elsewhere = first.dataFolder;
  try {
    expect(elsewhere).toMatch(/\/schoolgraph-[0-9a-f]{16}$/);
    expect(first.notes).toEqual([expect.stringContaining(`can't enter ${wanted}: the data is in ${elsewhere}`)]);
    expect(existsSync(join(locked, 'nested'))).toBe(false);
    await query(first, 'create table kept as select 1 as one');
    await first.stop();
    const second = await start(wanted);
    expect(await query(second, 'select one from kept')).toEqual([{ one: 1 }]);
    await second.stop();
    chmodSync(elsewhere, 0o777);
    await expect(start(wanted)).rejects.toThrow("that others can't write to");
  } finally {
    await first.stop();
    for (const made of [elsewhere, locked]) rmSync(made, { recursive: true, force: true });
  }
});

test('a folder with something else in it is left alone', async () => {
  await expect(start(folder)).rejects.toThrow(`Expected ${folder} to be empty or to hold this server's data, found`);
});

test('a start that fails tells the last lines of the log and what to do', async () => {
  await expect(startEmbeddedPostgres({ dataFolder: data, maxConnections: -1 })).rejects.toThrow(
    /did not start[\s\S]*server\.log:\n[\s\S]*max_connections[\s\S]*DATABASE_URL/,
  );
  await (await start(data)).stop();
});

test('a cluster of another major version is named, not touched', async () => {
  const version = join(data, 'cluster', 'PG_VERSION');
  const installed = readFileSync(version, 'utf8');
  writeFileSync(version, '9\n');
  await expect(start(data)).rejects.toThrow('was made by PostgreSQL 9, installed is 18');
  writeFileSync(version, installed);
  await (await start(data)).stop();
});

test('other addresses of this machine do not reach it', async ({ skip }) => {
  skip(process.platform !== 'linux', 'only Linux answers on all of 127.0.0.0/8');
  const server = await start(data);
  const socket = connect({ host: '127.0.0.2', port: server.port });
  await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  await server.stop();
});

function start(dataFolder: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataFolder, durable: false });
}

async function query(server: { url: string }, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: server.url });
  try {
    await client.connect();
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function setting(server: EmbeddedPostgres, name: string): Promise<unknown> {
  const [row] = await query(server, `select current_setting('${name}') as value`);
  return (row as { value: string }).value;
}

function serverPid(home: string): number {
  const pid = readPostmaster(join(home, 'cluster'))?.pid;
  if (pid === undefined) throw new Error(`Expected a running server in ${home}`);
  return pid;
}

/** A plain Node process (no vitest, no build) that starts the server, says its port, and stays. */
function startInChild(dataFolder: string, then = 'setInterval(() => {}, 1000)', detached = false): ChildProcess {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)};
    const server = await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, durable: false });
    ${then};
    console.log(server.port);`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], { detached });
}

async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  await once(child, 'close');
  return text;
}
