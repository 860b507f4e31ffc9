/**
 * The list of all chains and how long each is: one row, signed as heads are. A head shows a chain that was cut; only what
 * stands outside the chain shows one that was taken away with its head.
 */
import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { type Head, hmacOf } from './chain.ts';

/** Lengths by chain: a school's URN, or `''`. */
export type ChainLengths = ReadonlyMap<string, number>;

/** Takes the key, so that a list of before, or one that a chain was left out of, cannot be made. */
export const chainListMac = (key: KeyObject, lengths: ChainLengths): Buffer =>
  hmacOf(key, ['chains', ...[...lengths].sort(([one], [other]) => (one < other ? -1 : 1)).flat()]);

/** Null where the list is gone, or not as it was signed: then nothing can be said by it. */
export async function storedChainList(client: pg.ClientBase, key: KeyObject): Promise<ChainLengths | null> {
  const { rows } = await client
    .query<{ lengths: Record<string, number> | null; mac: Buffer }>('select lengths, mac from audit.chains')
    .catch(refuseOlder);
  const [stored] = rows;
  if (!stored) return null;
  const lengths = new Map(Object.entries(stored.lengths ?? {}));
  return chainListMac(key, lengths).equals(stored.mac) ? lengths : null;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: no such table, no such column. */
const NOT_THERE_YET: ReadonlySet<unknown> = new Set(['42P01', '42703']);

/** Throws on what was thrown, in our words where the record lacks what this release has added to it. */
export function refuseOlder(error: unknown): never {
  if (!(error instanceof Error && 'code' in error && NOT_THERE_YET.has(error.code))) throw error;
  throw new Error('The record was made by an older release: start the graph of this release on it first.');
}

/** The list that is there, with the chains that have grown. */
export async function saveChainList(
  client: pg.ClientBase,
  key: KeyObject,
  listed: ChainLengths,
  grown: readonly Head[],
): Promise<void> {
  if (grown.length === 0) return;
  const lengths = new Map([...listed, ...grown.map(({ school, length }) => [school, length] as const)]);
  const { rowCount } = await client.query('update audit.chains set lengths = $1, mac = $2', textOf(key, lengths));
  if (rowCount !== 1) throw new Error('Expected the list of the record’s chains: run "npm run audit -- verify".');
}

/** Makes the list, of the heads that are there. The transaction is the caller's. */
export async function makeChainList(client: pg.ClientBase, key: KeyObject): Promise<void> {
  const { rows } = await client.query<{ school: string; length: string }>('select school, length from audit.head');
  const lengths = new Map(rows.map(({ school, length }) => [school, Number(length)]));
  await client.query('insert into audit.chains (lengths, mac) values ($1, $2)', textOf(key, lengths));
}

const textOf = (key: KeyObject, lengths: ChainLengths) => [Object.fromEntries(lengths), chainListMac(key, lengths)];
