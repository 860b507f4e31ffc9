/** `npm run subgraphs` and `npm run gateway` beside it, as a person runs them: two processes, and HTTP between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npm, processesOn, type Started } from './npm-start.ts';

const READY = /^The subgraphs are ready: SUBGRAPH_URLS=(?<urls>\S+)$/m;
const GATEWAY_READY = /^The gateway is ready: http:\/\/localhost:(?<port>\d+)\/graphql$/m;
const QUERY = '{ viewer { name } guestProfiles(first: 2) { nodes { id displayName } } }';

let dataDir: string;
const started: Started[] = [];

const run = (words: readonly string[], env: Record<string, string> = {}): Started => {
  const child = npm(words, { dataDir, env });
  started.push(child);
  return child;
};
const subgraphs = (ports = 'students=0,shared-teaching=0'): Started =>
  run(['run', 'subgraphs'], { SUBGRAPH_PORTS: ports });

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), `schoolgraph-test-${process.pid}-e2e-`));
  await chmod(dataDir, 0o711);
});

afterAll(async () => {
  for (const { npm: child, ended } of started.reverse()) {
    child.kill('SIGTERM');
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

async function ask(port: string | undefined, bearer: string) {
  const response = await fetch(`http://localhost:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
    body: JSON.stringify({ query: QUERY }),
  });
  return (await response.json()) as { data: object | null; errors?: { message: string; path: string[] }[] };
}

describe('npm run subgraphs', () => {
  it('serves the demo to a gateway in a process of its own, which outlives it', async () => {
    const first = subgraphs();
    const urls = (await first.says(READY)).groups?.urls ?? '';
    const second = await subgraphs().ended;
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Schoolgraph did not start\. It runs already on /m),
    });

    const gateway = run(['run', 'gateway', '--', '--port', '0'], { SUBGRAPH_URLS: urls });
    const port = (await gateway.says(GATEWAY_READY)).groups?.port;
    const words = ['run', '--silent', 'token', '--', 'data-lead@birchwood.example'];
    const bearer = (await run(words).ended).stdout.trim();
    const whole = await ask(port, bearer);
    expect(whole).toMatchObject({
      data: { viewer: { name: 'Bea Birchall' }, guestProfiles: { nodes: { length: 2 } } },
    });

    first.npm.kill('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0, signal: null });
    for (let tries = 0; tries < 50 && processesOn(dataDir).length > 0; tries++) await sleep(100);
    expect(processesOn(dataDir)).toEqual([]);
    const without = await ask(port, bearer);
    expect(without.errors?.map(({ message }) => message)).toEqual(['Internal error', 'Internal error']);
    expect(await (await fetch(`http://localhost:${port}/health/live`)).json()).toEqual({ status: 'live' });

    const ports = urls.replaceAll(/http:\/\/127\.0\.0\.1:/g, '');
    await subgraphs(ports).says(READY);
    for (let tries = 0; tries < 50 && (await ask(port, bearer)).errors; tries++) await sleep(200);
    expect(await ask(port, bearer)).toEqual(whole);
    expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200);
  }, 240_000);

  it('of one machine among several is refused without the keys of the others', async () => {
    const words = ['run', 'subgraphs', '--', 'students'];
    const { code, stderr } = await run(words, { DATA_DIR: join(dataDir, 'other'), SUBGRAPH_PORTS: 'students=0' }).ended;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('copy secrets.json') });
  }, 30_000);

  it('called wrongly says how, and asked for help too', async () => {
    const wrong = await run(['run', '--silent', 'subgraphs', '--', 'pupils']).ended;
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('students, shared-teaching') });
    const help = await run(['run', '--silent', 'subgraphs', '--', '--help']).ended;
    expect(help).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Usage: npm run subgraphs') });
  }, 30_000);
});
