/** GraphiQL's script, style and workers as files of this origin; the package itself would put all 9 MB into the page. */
import { readFileSync } from 'node:fs';
import type { AssetFolder } from './assets.ts';

/** Read when somebody opens the sandbox first, and not at boot. */
const parts = () => import('@graphql-yoga/render-graphiql/graphiql');

export const graphiqlAssets = (): AssetFolder => ({
  version: `graphiql-${versionOfPackage()}`,
  files: new Map([
    ['graphiql.js', async () => (await parts()).js],
    ['graphiql.css', async () => (await parts()).css],
    ['editor-worker.js', async () => (await parts()).editorWorkerService],
    ['graphql-worker.js', async () => (await parts()).graphqlWorker],
    ['json-worker.js', async () => (await parts()).jsonWorker],
  ]),
});

function versionOfPackage(): string {
  const file = new URL(import.meta.resolve('@graphql-yoga/render-graphiql/package.json'));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
