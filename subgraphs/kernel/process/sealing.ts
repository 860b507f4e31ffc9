/** Seals the record of reading in this process, for as long as it runs. Of several processes one at a time does it. */
import { tenantUrl } from '../database/roles.ts';
import { newUuid } from '../ids.ts';
import { AUDIT } from '../record/audit-schema.ts';
import { sealKeyOf } from '../record/keys.ts';
import { startSealer } from '../record/sealer.ts';
import type { ReportError } from '../subgraph/mask-error.ts';
import type { SubgraphProcess } from './subgraphs.ts';

export function startSealing(
  { database: { adminUrl, secrets }, lifetime }: Pick<SubgraphProcess, 'database' | 'lifetime'>,
  reportError: ReportError,
): void {
  const url = tenantUrl(adminUrl, secrets.database, AUDIT);
  const sealer = startSealer({
    url,
    key: sealKeyOf(secrets.database),
    onProblem: (error) => reportError(newUuid(), error),
  });
  lifetime.started('The sealer of the record', sealer.stop);
}
