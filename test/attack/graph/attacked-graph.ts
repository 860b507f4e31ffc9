/** A running graph as an attack sees it: its door, the keys to compare by, and what it lets out beside its answers. */
import type { TokenAccount } from '../../../gateway/auth/access-token.ts';
import type { EnvelopeKey, SealedRequest } from '../../../subgraphs/kernel/envelope.ts';

/** A subgraph's own door, which only the gateway should get through. */
export interface SubgraphDoor {
  name: string;
  send(request: SealedRequest): Promise<{ status: number; body: string }>;
}

export interface AttackedGraph {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** An access token of anybody's, made up or of the demo, good from now on. */
  tokenFor(account: TokenAccount): Promise<string>;
  /** The administrator's, past row-level security: to plant, and to look. */
  adminUrl: string;
  subgraphs: readonly SubgraphDoor[];
  envelopeKeys: readonly EnvelopeKey[];
  /** The graph's own time. */
  now(): Date;
  /** All that it has written to its log so far. */
  log(): string;
  /** Memory that its process holds, in bytes. */
  memory(): number;
  isAlive(): boolean;
}
