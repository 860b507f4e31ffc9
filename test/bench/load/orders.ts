/** What the generator of load is told to do, and what it answers. */

/** To a server of this machine. */
interface Target {
  port: number;
  /** Whole HTTP messages, sent in rotation. */
  requests: readonly string[];
}

/** Each of them once, to look at the answers. */
export interface CollectOrder extends Target {
  kind: 'collect';
}

export interface LoadOrder extends Target {
  kind: 'load';
  /** Bytes of the body that answers each request: whatever has another length counts as failed, as what is no 200; null: any. */
  lengths: readonly number[] | null;
  connections: number;
  /** The connections of the order before are gone on with, and kept for the one after: a client that has been there for long. */
  isKept?: boolean;
  /** As long as that, and until at least so many requests are answered, but not longer than a minute. */
  seconds: number;
  least?: number;
  /** Requests in a second, whether or not those before them are answered; null: on each connection the next at once. */
  rate: number | null;
}

export interface Collected {
  status: number;
  body: string;
}

/** Every request that was begun is waited for. Milliseconds; at a fixed rate from when a request was due. */
export interface LoadResult {
  requests: number;
  failed: number;
  /** How many were answered with each status. */
  statuses: Readonly<Record<string, number>>;
  seconds: number;
  p50: number;
  p99: number;
  most: number;
}
