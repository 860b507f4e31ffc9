/** Walks the chains from their first seal to their last, and says where one is not as it was sealed. */
import type { KeyObject } from 'node:crypto';
import { type Head, headMac, NOTHING, type Seal, sealHash } from './chain.ts';
import type { ChainLengths } from './chain-list.ts';
import type { Finding, What } from './finding.ts';
import type { StoredRow } from './read-rows.ts';
import { macOf } from './row.ts';

export interface ChainKeys {
  sealKey: KeyObject;
  /** By the name of a row's writer. */
  rowKeyOf(writer: string): KeyObject;
}

export interface StoredSeal extends Seal {
  hash: Buffer;
}

/** A seal, and its row where it is still there. */
export interface SealedRow {
  seal: StoredSeal;
  row: StoredRow | null;
}

/** Where a row or a seal that is out of place belongs, for the sentence that says so. */
export interface PlaceFinder {
  /** The position that the order of rows gives a seal in its chain. */
  positionOf(seal: StoredSeal): Promise<number>;
  /** The place of the seal that was made of this row. */
  placeOfMac(mac: Buffer): Promise<{ school: string; position: number } | null>;
}

interface ChainWalk extends ChainKeys {
  stored: readonly (Head & { mac: Buffer })[];
  kept: readonly Head[];
  /** Null: the list of chains is gone, or not as it was signed. */
  listed: ChainLengths | null;
  places: PlaceFinder;
  tell(finding: Finding): void;
}

interface Walked {
  sealed: number;
  chains: number;
  /** Of the last transaction of which a row is sealed. */
  latest: bigint;
}

/** `rows`: ordered by school and position. */
export async function verifyChains(rows: AsyncIterable<SealedRow>, walk: ChainWalk): Promise<Walked> {
  const seen = new Set<string>();
  let chain = null as Chain | null;
  let [sealed, latest] = [0, 0n];
  for await (const each of rows) {
    const { school, xid } = each.seal;
    if (chain?.school !== school) {
      if (chain) endChain(chain, walk);
      chain = { school, length: 0, hash: NOTHING, isCertain: true };
      seen.add(school);
    }
    await verifySeal(chain, each.seal, walk);
    await verifyRow(each, walk);
    sealed += 1;
    if (BigInt(xid) > latest) latest = BigInt(xid);
  }
  if (chain) endChain(chain, walk);
  const listed = [...(walk.listed ?? [])].map(([school]) => ({ school }));
  for (const { school } of [...walk.stored, ...walk.kept, ...listed])
    if (!seen.has(school)) {
      seen.add(school);
      endChain({ school, length: 0, hash: NOTHING, isCertain: true }, walk);
    }
  return { sealed, chains: seen.size, latest };
}

/** As far as it has been walked. */
interface Chain extends Head {
  /** Whether `hash` is what the next seal was made with: not after a seal that is wrong itself. */
  isCertain: boolean;
}

async function verifySeal(chain: Chain, seal: StoredSeal, { sealKey, places, kept, tell }: ChainWalk): Promise<void> {
  const found = (what: What, detail: string) => tell({ what, detail, ...placeOf(seal) });
  const missing = seal.position - chain.length - 1;
  if (missing > 0) {
    const until = missing === 1 ? '' : ` (up to position ${seal.position - 1})`;
    const gone = { school: chain.school, position: chain.length + 1, reading: null, at: null };
    tell({ ...gone, what: 'DELETED', detail: `the row and its seal are gone${until}, before row ${seal.reading}.` });
  }
  const isRight = sealHash(sealKey, chain.hash, seal).equals(seal.hash);
  const isWrong = !isRight && missing === 0 && chain.isCertain;
  if (isWrong) {
    const position = await places.positionOf(seal);
    if (position !== seal.position) found('SWAPPED', `the order of rows puts it at position ${position}.`);
    else found('REWRITTEN', 'its seal is not the one that was made for it.');
  }
  chain.length = seal.position;
  chain.hash = seal.hash;
  chain.isCertain = !isWrong;
  const outside = kept.find(({ school, length }) => school === chain.school && length === chain.length);
  if (outside && !outside.hash.equals(seal.hash))
    found('REWRITTEN', 'the head that was kept outside is of another chain.');
}

async function verifyRow({ seal, row }: SealedRow, { rowKeyOf, places, tell }: ChainWalk): Promise<void> {
  const found = (what: What, detail: string) => tell({ what, detail, ...placeOf(seal) });
  if (!row) return found('DELETED', 'the row is gone; its seal is there.');
  if (!row.mac.equals(seal.mac)) {
    const place = await places.placeOfMac(row.mac);
    if (!place) return found('FLIPPED', 'the row is not the one that was sealed.');
    return found('SWAPPED', `what stands here is the row of position ${place.position}.`);
  }
  const isSame = row.xid === seal.xid && row.at === seal.at && (row.school ?? '') === seal.school;
  if (!isSame || !macOf(rowKeyOf(row.writer), row).equals(row.mac))
    found('FLIPPED', 'the row does not say what was written.');
}

/** Compares where a chain ends with what its head, and the head that was kept outside, say of it. */
function endChain(chain: Chain, { sealKey, stored, kept, listed, tell }: ChainWalk): void {
  const found = (what: What, position: number, detail: string) =>
    tell({ what, detail, school: chain.school, position, reading: null, at: null });
  const head = stored.find(({ school }) => school === chain.school);
  if (!head && chain.length > 0) found('REWRITTEN', chain.length, 'the chain has no head any more.');
  if (head) {
    if (!headMac(sealKey, head).equals(head.mac))
      found('REWRITTEN', head.length, 'its head is not the one that was made for it.');
    if (head.length > chain.length)
      found('TRUNCATED', chain.length + 1, `the chain ends before it; by its head it has ${head.length} rows.`);
    else if (head.length < chain.length) found('INSERTED', head.length + 1, 'the chain goes on past its head.');
    else if (!head.hash.equals(chain.hash)) found('REWRITTEN', head.length, 'the chain does not end in its head.');
  }
  if (listed) verifyListed(head?.length ?? 0, listed.get(chain.school) ?? 0, chain, found);
  const longest = Math.max(0, ...kept.filter(({ school }) => school === chain.school).map(({ length }) => length));
  if (longest > chain.length)
    found(
      'TRUNCATED',
      chain.length + 1,
      `the chain ends before it; the head that was kept outside says ${longest} rows.`,
    );
}

/** The list is signed with the head, so that neither is ahead of the other. */
function verifyListed(
  headLength: number,
  listedLength: number,
  chain: Chain,
  found: (what: What, position: number, detail: string) => void,
): void {
  if (headLength > listedLength)
    found('REWRITTEN', listedLength + 1, `the list of chains was set back: it has ${listedLength} rows of it.`);
  if (headLength >= listedLength) return;
  const isGone = chain.length === 0 && headLength === 0;
  const detail = isGone ? 'the whole chain is gone, with its head' : 'the chain ends before it';
  found('TRUNCATED', chain.length + 1, `${detail}; by the list of chains it has ${listedLength} rows.`);
}

const placeOf = ({ school, position, reading, at }: StoredSeal) => ({ school, position, reading, at });
