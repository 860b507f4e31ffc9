/** Every attack, in the order in which they run. */
import type { Attack } from './attack.ts';
import { canaries } from './attacks/canaries.ts';
import { engines } from './attacks/engines.ts';
import { envelope } from './attacks/envelope.ts';
import { foreignIds } from './attacks/foreign-ids.ts';
import { forgedGrants } from './attacks/forged-grants.ts';
import { guardedFields } from './attacks/guarded-fields.ts';
import { interleaved } from './attacks/interleaved.ts';
import { mutatedRequests } from './attacks/mutated-requests.ts';
import { otherSites } from './attacks/other-sites.ts';
import { slowClients } from './attacks/slow-clients.ts';
import { tokenEndpoint } from './attacks/token-endpoint.ts';

export const ATTACKS: readonly Attack[] = [
  mutatedRequests,
  envelope,
  canaries,
  forgedGrants,
  guardedFields,
  foreignIds,
  interleaved,
  otherSites,
  tokenEndpoint,
  slowClients,
  engines,
];
