/** Commands called wrongly, or for help: nothing is started, and nothing written. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '../kit/child-environment.ts';
import { runGateway } from '../kit/gateway-process.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(file: string, ...words: string[]) {
  const env = { ...childEnvironment(), DATA_DIR: join(folder, 'graph'), PORT: '0' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, file), ...words], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

describe('a command', () => {
  const commands = [
    'gateway/standalone.ts',
    'schema/generate.ts',
    'subgraphs/main.ts',
    'gateway/main.ts',
    'gateway/clients.ts',
    'gateway/publish.ts',
  ];

  it.each(commands)('called with an option that is none does nothing: %s', (file) => {
    const { status, stdout, stderr } = run(file, '--foo');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: npm .*\n\n(Expected no option but --help\.|Unknown option '--foo'\.)\n$/s);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(commands)('called for help does nothing else: %s', (file) => {
    expect(run(file, '--help')).toEqual({ status: 0, stdout: expect.stringMatching(/^Usage: npm /), stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a command beside a graph', () => {
  it.each([
    ['gateway/token.ts', 'data-lead@birchwood.example'],
    ['gateway/clients.ts', 'list'],
    ['gateway/publish.ts', 'list'],
    ['gateway/publish.ts', 'retire', '--client', 'web', '--version', '1'],
    ['subgraphs/audit.ts', 'verify'],
  ])('makes none where there is none, and says so: %s %s', (file, ...words) => {
    const { status, stdout, stderr } = run(file, ...words);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^There is no graph in this folder: .*\. Run "npm start" first, or set DATA_DIR\.\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a port that is taken', () => {
  it.each([
    ['--port', (port: string) => runGateway(['--port', port])],
    ['PORT', (port: string) => runGateway([], { env: { PORT: port } })],
  ])('is told with what it was chosen by: %s', async (by, start) => {
    const taken = createServer();
    await new Promise<void>((listening) => taken.listen(0, '127.0.0.1', listening));
    const address = taken.address();
    const { code, stderr } = await start(String(typeof address === 'object' && address?.port)).ended;
    await new Promise((closed) => taken.close(closed));
    expect(code).toBe(1);
    expect(stderr).toContain(`is in use: stop what uses it, or set ${by} to another.`);
  });
});
