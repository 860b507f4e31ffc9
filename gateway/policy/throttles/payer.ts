/** Whose share a request is taken from: what is limited in time is limited for each of them. */
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { networkOf } from '../../auth/network.ts';

/** One object for each request. */
export interface Payer {
  key: string;
  isSignedIn: boolean;
}

/** A person pays alone, whatever client he or she uses; an app for each school; strangers with whoever shares their address. */
export function payerOf(caller: Caller | null, address: string): Payer {
  if (!caller) return { key: `address ${networkOf(address)}`, isSignedIn: false };
  if (caller.kind === 'app') return { key: `app ${caller.school} ${caller.client.name}`, isSignedIn: true };
  return { key: `person ${caller.subject}`, isSignedIn: true };
}

/** Whoever it is: a request whose way in does not say is no better off than a stranger. */
export const unknownPayer = (): Payer => ({ key: 'unknown', isSignedIn: false });
