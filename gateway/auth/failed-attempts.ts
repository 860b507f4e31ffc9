/** How often somebody may fail to sign an app in, before they are told to wait. */
import { createHmac, randomBytes } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { networkOf } from './network.ts';

/** Of one client from one address, and from one address whatever the client. */
const MOST_OF_CLIENT = 10;
const MOST_OF_ADDRESS = 100;
const SECONDS = 60;

/**
 * Whoever fails chooses what is counted, and could fill our memory with it: so it is counted in so many places at the
 * most. Which of them, nobody outside can tell, and so nobody can fail in another's name.
 */
const PLACES = 16_384;

/** Counts a failure. Resolves with the seconds to wait where there were too many, else null. */
type CountFailure = (client: string, address: string) => Promise<number | null>;

export function createFailedAttempts(): CountFailure {
  const key = randomBytes(32);
  const placeOf = (...of: string[]): string =>
    String(createHmac('sha256', key).update(JSON.stringify(of)).digest().readUInt32BE() % PLACES);
  const ofClient = new RateLimiterMemory({ points: MOST_OF_CLIENT, duration: SECONDS });
  const ofAddress = new RateLimiterMemory({ points: MOST_OF_ADDRESS, duration: SECONDS });
  return async (client, address) => {
    const network = networkOf(address);
    const waits = [await consume(ofClient, placeOf(client, network)), await consume(ofAddress, placeOf(network))];
    const longest = Math.max(...waits);
    return longest > 0 ? Math.ceil(longest / 1000) : null;
  };
}

/** Milliseconds to wait; 0 where there is something left. */
async function consume(limiter: RateLimiterAbstract, place: string): Promise<number> {
  try {
    await limiter.consume(place);
    return 0;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, error.msBeforeNext);
    throw error;
  }
}
