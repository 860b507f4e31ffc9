/** The hand-written backend, which calls its subgraphs over HTTP. */
import { Pool } from 'undici';
import { type Ask, serveBackend } from './backend.ts';

const urls = JSON.parse(process.env.SUBGRAPH_URLS ?? '{}') as Record<string, string>;
const pools = new Map(Object.entries(urls).map(([name, url]) => [name, new Pool(new URL(url).origin)]));

const ask: Ask = async (subgraph, query, variables) => {
  const { statusCode, body } = await (pools.get(subgraph) as Pool).request({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await body.json()) as { data?: Record<string, unknown>; errors?: unknown };
  if (statusCode !== 200 || answer.errors !== undefined || !answer.data) throw new Error(`${subgraph}: ${statusCode}`);
  return answer.data;
};

serveBackend(ask);
