/** Whose share a request is taken from: what is limited in time is limited for each of them. */
import { isIPv6 } from 'node:net';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';

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

const MAPPED = /^::ffff:(?<ipv4>\d+\.\d+\.\d+\.\d+)$/i;

/** Who has one address of IPv6 has its whole /64 (RFC 6177). */
function networkOf(address: string): string {
  const ipv4 = MAPPED.exec(address)?.groups?.ipv4;
  if (ipv4 || !isIPv6(address)) return ipv4 ?? address;
  const [before = [], after] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = after ? 8 - before.length - after.length : 0;
  const groups = [...before, ...Array<string>(Math.max(missing, 0)).fill('0'), ...(after ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
