/** The subgraphs' own doors, as somebody finds them who is on their network. */
import { Pool } from 'undici';
import type { SubgraphDoor } from './attacked-graph.ts';

interface SubgraphDoors {
  subgraphs: readonly SubgraphDoor[];
  close(): Promise<void>;
}

/** `urls`: by name, without a path. */
export function openSubgraphDoors(urls: Readonly<Record<string, string>>): SubgraphDoors {
  const pools = Object.entries(urls).map(([name, url]) => ({
    name,
    pool: new Pool(new URL(url).origin, { connections: 8 }),
  }));
  return {
    subgraphs: pools.map(({ name, pool }) => ({
      name,
      async send({ method, path, headers, body }) {
        const answer = await pool.request({ method, path, headers, body });
        return { status: answer.statusCode, body: await answer.body.text() };
      },
    })),
    async close() {
      for (const { pool } of pools) await pool.close();
    },
  };
}
