/** Tests ask for more in a second than people do in a day: what is not about it is not held back by it. */
import type { ClientRates } from '../../gateway/policy/throttles/client-throttles.ts';

const MUCH = { signedIn: Number.MAX_SAFE_INTEGER, strangers: Number.MAX_SAFE_INTEGER };

export const UNTHROTTLED: ClientRates = { budget: MUCH, planning: MUCH };
