/** What `npm run gateway` has loaded of packages, for a supergraph that is not ours, when it serves. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runGateway } from '../../kit/gateway-process.ts';
import { ask } from './ask.ts';
import { compose } from './plain-subgraphs.ts';

const folder = mkdtempSync(join(tmpdir(), 'loaded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Told at the end, of the thread that serves. */
const TELLS_LOADED = `
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) {
  const names = new Set();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      const [, name] = /.*\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(found.url) ?? [];
      if (name) names.add(name);
      return found;
    },
  });
  process.on('exit', () => console.log('loaded ' + JSON.stringify([...names])));
}`;

it('holds neither what plans nor what a database takes, also when it has answered', async () => {
  const file = join(folder, 'supergraph.graphql');
  const supergraph = compose([{ name: 'a', typeDefs: 'type Query { a: Int }' }], () => 'http://127.0.0.1:1/');
  writeFileSync(file, supergraph);
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELLS_LOADED)}` };
  const { says, process: child, ended } = runGateway(['--port', '0', '--supergraph', file], { env });
  const [, url = ''] = /(http:\S+)\/graphql/.exec(await says(/is ready/)) ?? [];
  expect(await ask(url, { query: '{ a }' })).toMatchObject({ data: { a: null } });
  child.kill('SIGTERM');
  const { stdout } = await ended;
  const [, list = ''] = /^loaded (.*)$/m.exec(stdout) ?? [];
  const loaded = JSON.parse(list) as string[];
  expect(loaded).toContain('graphql');
  const heavy =
    /^(@apollo\/(composition|federation-internals|gateway|query-graphs|query-planner)|@mikro-orm\/.*|kysely|pg)$/;
  expect(loaded.filter((name) => heavy.test(name))).toEqual([]);
});
