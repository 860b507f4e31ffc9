/** Tests ask for more in a second than people do in a day: what is not about it is not held back by it. */
import type { ClientRates } from '../../gateway/policy/throttles/client-throttles.ts';

const MUCH = { signedIn: 1_000_000_000, strangers: 1_000_000_000 };

export const UNTHROTTLED: ClientRates = { budget: MUCH, planning: MUCH };
