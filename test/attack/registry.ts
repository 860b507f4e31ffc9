/** Every attack, in the order in which they run. */
import type { Attack } from './attack.ts';
import { mutatedRequests } from './attacks/mutated-requests.ts';

export const ATTACKS: readonly Attack[] = [mutatedRequests];
