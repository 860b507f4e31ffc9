/** `npm run gateway` as a person starts it: what it says, what it ends with, what it refuses to serve. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { writeOwnKeys } from '../../../gateway/keys/keys-file.ts';
import { ownKeysOf } from '../../../gateway/keys/own-keys.ts';
import { newSecrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { ROOT } from '../../contract/source-files.ts';
import { childEnvironment } from '../../kit/child-environment.ts';
import { type Ended, type GatewayOptions, runGateway, serveGateway } from '../../kit/gateway-process.ts';
import { ask } from './ask.ts';
import { compose, startSubgraphs } from './plain-subgraphs.ts';

const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OWN = join(ROOT, 'schema/supergraph.graphql');
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';

const hello = (name: string) => ({
  name,
  typeDefs: `${LINK} type Query { ${name}: String }`,
  resolvers: { Query: { [name]: () => name } },
});
const ended = (args: readonly string[], options?: GatewayOptions): Promise<Ended> => runGateway(args, options).ended;

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const withSecurity = (supergraph: string): string =>
  supergraph.replace('schema\n', 'schema\n  @link(url: "https://example.org/vault/v1.0", for: SECURITY)\n');

describe('the gateway’s command', () => {
  it('helps, and ends with 0', async () => {
    const { code, stdout, stderr } = await ended(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm run gateway/);
  });

  it('called wrongly says what was expected, and ends with 2', async () => {
    const { code, stdout, stderr } = await ended(['--colour']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: .*\n\nUnknown option '--colour'\.\n$/s);
  });

  it.each([
    ['a file that is not there', join(folder, 'none'), /Could not read .*none \(ENOENT\): expected a file/],
    ['what was not composed', fileOf('plain', 'type Query { a: Int }'), /a schema that was not composed/],
    ['rules of guest access without keys', OWN, /without the keys .* nothing may be served by it/],
  ])('does not serve %s', async (_what, file, reason) => {
    const dataDir = join(folder, 'no-data');
    const { code, stdout, stderr } = await ended(['--port', '0', '--supergraph', file], { env: { DATA_DIR: dataDir } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Schoolgraph did not start\. /);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('does not serve rules of guest access with keys and no database', async () => {
    writeOwnKeys(folder, ownKeysOf({ adminUrl: 'postgres://127.0.0.1:1/graph', secrets: newSecrets() }, true));
    const { code, stderr } = await ended(['--port', '0'], { env: { DATA_DIR: folder } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/The gateway’s part of the database is not there\. .* start the gateway when it says/);
  });

  it('says that its port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const file = fileOf(
      'ok',
      compose([hello('a')], () => 'http://127.0.0.1:1/'),
    );
    const { code, stderr } = await ended(['--port', String(port), '--supergraph', file]);
    taken.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(`Port ${port} is in use`);
  });

  it('B-12 serves the files of the folder that npm was called from, a subgraph that is down or not', async () => {
    const { urlOf } = await startSubgraphs([hello('near')]);
    const nobody = 'http://127.0.0.1:1/graphql';
    fileOf(
      'near.graphql',
      compose([hello('near'), hello('far')], (name) => (name === 'near' ? urlOf(name) : nobody)),
    );
    const id = 'a'.repeat(64);
    fileOf('near.json', JSON.stringify({ [id]: 'query Near { near }' }));
    const options = ['--supergraph', 'near.graphql', '--operations', 'near.json', '--port', '0'];
    const words = ['--prefix', ROOT, 'run', 'gateway', '--', ...options];
    const env = { ...childEnvironment(), HOME: folder, npm_config_update_notifier: 'false' };
    const npm = spawn('npm', words, { cwd: folder, env });
    let said = '';
    npm.stdout.on('data', (chunk) => (said += chunk));
    await expect
      .poll(() => said, { timeout: 20_000 })
      .toMatch(/^The gateway is ready: http:\/\/localhost:\d+\/graphql$/m);
    const [port] = /\d+(?=\/graphql)/.exec(said) ?? [];
    const answer = await ask(`http://127.0.0.1:${port}`, { query: '{ near far }' });
    expect(answer).toMatchObject({ data: { near: 'near', far: null }, errors: [{ path: ['far'] }] });
    expect(await ask(`http://127.0.0.1:${port}`, { documentId: `sha256:${id}` })).toMatchObject({
      data: { near: 'near' },
    });
    npm.kill('SIGTERM');
    await new Promise((resolve) => npm.once('close', resolve));
    await expect.poll(() => said).toMatch('requests in flight are answered first');
  });
});

describe('a supergraph’s file, while it is served', () => {
  it('is exchanged while requests run; what may not be served is told of in one line and left', async () => {
    const [{ supergraph: first }, { supergraph: second }] = [
      await startSubgraphs([hello('first')]),
      await startSubgraphs([hello('second')]),
    ];
    const file = fileOf('changing.graphql', first);
    const gateway = await serveGateway(['--supergraph', file], { env: { DATA_DIR: join(folder, 'no-data') } });
    const answers = new Set<string>();
    let isOver = false;
    const client = (async () => {
      while (!isOver) {
        const { status, text } = await ask(gateway.url, { query: '{ __typename }' });
        answers.add(`${status} ${text}`);
        await sleep(20);
      }
    })();

    writeFileSync(file, second);
    await gateway.says(/file changed, and is served from now on/);
    expect(await ask(gateway.url, { query: '{ second }' })).toMatchObject({ data: { second: 'second' } });

    for (const [text, reason] of [
      [second.slice(0, second.length / 2), /last good graph is served on .*expected what composition writes/],
      [compose([guestRules], () => 'http://127.0.0.1:1/'), /last good graph is served on .*rules of guest access/],
      [withSecurity(second), /last good graph is served on .*security features/],
    ] as const) {
      writeFileSync(file, text);
      await gateway.says(reason);
      expect(await ask(gateway.url, { query: '{ second }' })).toMatchObject({ data: { second: 'second' } });
    }

    writeFileSync(file, first);
    await gateway.says(/served from now on/, 2);
    expect(await ask(gateway.url, { query: '{ first }' })).toMatchObject({ data: { first: 'first' } });
    isOver = true;
    await client;
    expect([...answers].map((answer) => answer.trim())).toEqual(['200 {"data":{"__typename":"Query"}}']);
  });
});

const guestRules = {
  name: 'guests',
  typeDefs: `extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
      @link(url: "https://schoolgraph.example/guest-access/v1.0", import: ["@guestProfileId"])
      @composeDirective(name: "@guestProfileId")
    directive @guestProfileId on INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION
    type Query { second(id: ID @guestProfileId): String }`,
};
