/** Whose an address is, as far as it tells: who shares a network is counted as one. */

const MAPPED = /^::ffff:(?<ipv4>\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Of IPv6 a household or a rented machine has 2^64 addresses (RFC 6177): the network is their /64, in one spelling. Of IPv4,
 * however a socket writes it, it is the address itself.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const ipv4 = MAPPED.exec(address)?.groups?.ipv4;
  if (ipv4) return ipv4;
  const [before = [], after = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array<string>(missing).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
