/** The demo's clients have the committed operations to ask for, so that the README's examples by id work. */
import { readFileSync } from 'node:fs';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { readManifests } from '../operations/persisted/manifest.ts';
import { NotPublished, publishList } from './publish-lists.ts';

const CLIENTS = ['web', 'timetable-app'] as const;
const VERSION = '1.0.0';

/** Those that are published already stay as they are; a client that is retired, or a list, has none. */
export async function seedDemoOperations(adminUrl: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    for (const client of CLIENTS) {
      const path = `schema/operations/${client}/persisted-query-manifest.json`;
      const content = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
      const { operations } = readManifests([{ path, content }]);
      try {
        await publishList(admin, { client, version: VERSION, operations });
      } catch (error) {
        if (!(error instanceof NotPublished)) throw error;
      }
    }
  });
}
