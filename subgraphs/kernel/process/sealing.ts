/** Seals the record of reading in this process, for as long as it runs. Of several processes one at a time does it. */
import { tenantUrl } from '../database/roles.ts';
import { AUDIT } from '../record/audit-schema.ts';
import { sealKeyOf } from '../record/keys.ts';
import { observeSealing } from '../record/observe-sealing.ts';
import { startSealer } from '../record/sealer.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { SubgraphProcess } from './subgraphs.ts';

export function startSealing(
  { database: { adminUrl, secrets }, lifetime }: Pick<SubgraphProcess, 'database' | 'lifetime'>,
  telemetry: Pick<Telemetry, 'log' | 'metering'>,
): void {
  const url = tenantUrl(adminUrl, secrets.database, AUDIT);
  const sealer = startSealer({
    url,
    key: sealKeyOf(secrets.database),
    observer: observeSealing(telemetry),
  });
  lifetime.started('The sealer of the record', sealer.stop);
}
