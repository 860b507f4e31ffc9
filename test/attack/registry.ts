/** Every attack, in the order in which they run. */
import type { Attack } from './attack.ts';
import { canaries } from './attacks/canaries.ts';
import { envelope } from './attacks/envelope.ts';
import { mutatedRequests } from './attacks/mutated-requests.ts';

export const ATTACKS: readonly Attack[] = [mutatedRequests, envelope, canaries];
