import { hasSecrets } from '../database/secrets.ts';
import { NotDone } from './not-done.ts';

/** For commands beside a graph, which make none. Throws where its folder holds none. */
export function expectGraph({ dataDir }: { dataDir: string }): void {
  if (!hasSecrets(dataDir))
    throw new NotDone(`There is no graph in this folder: ${dataDir}. Run "npm start" first, or set DATA_DIR.`);
}
