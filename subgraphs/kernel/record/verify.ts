/** Looks through the whole record: whether each row says what was written, and each chain is whole. */
import type pg from 'pg';
import { madeAt } from '../ids.ts';
import type { Head } from './chain.ts';
import { refuseOlder, storedChainList } from './chain-list.ts';
import type { Finding } from './finding.ts';
import { LONGEST_UNSEALED_MS } from './observe-sealing.ts';
import { inBatches, instant, rowColumns, type StoredRow } from './read-rows.ts';
import { macOf } from './row.ts';
import { type ChainKeys, type PlaceFinder, type SealedRow, type StoredSeal, verifyChains } from './verify-chains.ts';

interface Verification extends ChainKeys {
  /** Heads that were kept outside; without any, the record is taken at its own word. */
  kept?: readonly Head[];
  /** Real time, in milliseconds. */
  now?: () => number;
  /** Told of each finding as it is found. */
  tell(finding: Finding): void;
}

export interface Verdict {
  findings: number;
  /** Rows in a chain. */
  sealed: number;
  /** Rows in none yet: they could be taken away unseen. */
  unsealed: number;
  /** How many of those should be in one by now: something holds the sealing up. */
  late: number;
  chains: number;
}

/** `client`: of the role of `audit`, in no transaction. */
export async function verifyRecord(client: pg.ClientBase, options: Verification): Promise<Verdict> {
  const { kept = [], sealKey, rowKeyOf } = options;
  let findings = 0;
  const tell = (finding: Finding) => {
    findings += 1;
    options.tell(finding);
  };
  await client.query('begin isolation level repeatable read, read only');
  try {
    const stored = await storedHeads(client);
    const places = createPlaceFinder(client);
    const listed = await storedChainList(client, sealKey);
    const walk = { sealKey, rowKeyOf, stored, kept, listed, places, tell };
    const { sealed, chains, latest } = await verifyChains(sealedRows(client), walk);
    if (!listed) tell(NO_LIST);
    const { unsealed, late } = await verifyUnsealed(client, options, latest, tell);
    return { findings, sealed, unsealed, late, chains };
  } catch (error) {
    return refuseOlder(error);
  } finally {
    await client.query('rollback');
  }
}

const NO_LIST: Finding = {
  what: 'REWRITTEN',
  detail: 'it is gone, or not the one that was signed: a whole chain may be gone.',
  school: null,
  position: null,
  reading: null,
  at: null,
};

export async function storedHeads(client: pg.ClientBase): Promise<(Head & { mac: Buffer })[]> {
  const { rows } = await client.query<{ school: string; length: string; hash: Buffer; mac: Buffer }>(
    'select school, length, hash, mac from audit.head order by school',
  );
  return rows.map(({ length, ...head }) => ({ ...head, length: Number(length) }));
}

const SEALED = `
  select s.school as "seal.school", s.position::text as "seal.position", s.reading as "seal.reading",
    ${instant('s.at')} as "seal.at", s.xid::text as "seal.xid", s.mac as "seal.mac", s.hash as "seal.hash",
    ${rowColumns('row.')}
  from audit.seal s left join audit.reading r on r.id = s.reading order by s.school, s.position`;

async function* sealedRows(client: pg.ClientBase): AsyncGenerator<SealedRow> {
  for await (const columns of inBatches<Record<string, unknown>>(client, SEALED)) {
    const seal = { ...under('seal.', columns), position: Number(columns['seal.position']) } as StoredSeal;
    const id = columns['row.id'] as string | null;
    yield { seal, row: id === null ? null : ({ ...under('row.', columns), id } as StoredRow) };
  }
}

const under = (prefix: string, columns: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

/** A look through all seals each time: what is found out of place is rare. */
const createPlaceFinder = (client: pg.ClientBase): PlaceFinder => ({
  async positionOf({ school, xid, reading }) {
    const { rows } = await client.query<{ position: string }>(
      'select count(*) + 1 as position from audit.seal where school = $1 and (xid, reading) < ($2::xid8, $3::uuid)',
      [school, xid, reading],
    );
    return Number(rows[0]?.position);
  },
  async placeOfMac(mac) {
    const { rows } = await client.query<{ school: string; position: string }>(
      'select school, position from audit.seal where mac = $1 limit 1',
      [mac],
    );
    return rows[0] ? { school: rows[0].school, position: Number(rows[0].position) } : null;
  },
});

/** Rows that stand in no chain: too new, or put there by another hand. */
async function verifyUnsealed(
  client: pg.ClientBase,
  { rowKeyOf, now = Date.now }: Verification,
  latest: bigint,
  tell: (finding: Finding) => void,
): Promise<Pick<Verdict, 'unsealed' | 'late'>> {
  let [unsealed, late] = [0, 0];
  const query = `select ${rowColumns()} from audit.reading r
    where not exists (select from audit.seal s where s.reading = r.id) order by r.xid, r.id`;
  for await (const row of inBatches<StoredRow>(client, query)) {
    const place = { school: row.school ?? '', position: null, reading: row.id, at: row.at };
    if (!macOf(rowKeyOf(row.writer), row).equals(row.mac))
      tell({ ...place, what: 'INSERTED', detail: 'no part of the graph wrote this row as it stands.' });
    else if (BigInt(row.xid) < latest)
      tell({ ...place, what: 'REWRITTEN', detail: 'the row has no seal, and later ones have.' });
    else {
      unsealed += 1;
      if (now() - madeAt(row.id) > LONGEST_UNSEALED_MS) late += 1;
    }
  }
  return { unsealed, late };
}
