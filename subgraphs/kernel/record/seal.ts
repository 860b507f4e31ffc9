/**
 * Seals what has been committed: appends rows to the chain of their caller's school. After their transactions, not in
 * them: a chain's end taken by each would have all readings of a school wait for each other.
 */
import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { madeAt } from '../ids.ts';
import { type Head, headMac, NOTHING, type Seal, sealHash } from './chain.ts';
import { type ChainLengths, saveChainList, storedChainList } from './chain-list.ts';
import { instant } from './read-rows.ts';

interface Sealed {
  /** Rows that were sealed. */
  count: number;
  /** Whether others wait already. */
  more: boolean;
  /** Schools whose chain does not end as it should: nothing is appended to it, so that it stays as it was found. */
  broken: readonly string[];
}

const MOST_ROWS = 1_000;

/**
 * One batch, in one transaction; null where another sealer is at it. `client`: of the role of `audit`; `leftOut`: schools
 * whose chain was found broken before.
 */
export async function sealBatch(
  client: pg.ClientBase,
  key: KeyObject,
  leftOut: Iterable<string> = [],
): Promise<Sealed | null> {
  await client.query('begin');
  try {
    const sealed = (await isAlone(client)) ? await append(client, key, [...leftOut]) : null;
    await client.query('commit');
    return sealed;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function isAlone(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext('schoolgraph record seals')) as alone`,
  );
  return rows[0]?.alone === true;
}

async function append(client: pg.ClientBase, key: KeyObject, leftOut: readonly string[]): Promise<Sealed> {
  const rows = await unsealedRows(client, leftOut);
  const heads = await headsOf(client, [...new Set(rows.map(({ school }) => school))]);
  const listed = await storedChainList(client, key);
  const broken = [...heads.values()].filter((head) => !isWhole(key, head, listed)).map(({ school }) => school);
  const seals: (Seal & { hash: Buffer })[] = [];
  const grown = new Map<string, Head>();
  for (const row of rows) {
    if (broken.includes(row.school)) continue;
    const { length, hash: previous } = grown.get(row.school) ?? heads.get(row.school) ?? { length: 0, hash: NOTHING };
    const seal = { ...row, position: length + 1 };
    const hash = sealHash(key, previous, seal);
    seals.push({ ...seal, hash });
    grown.set(row.school, { school: row.school, length: seal.position, hash });
  }
  await insertSeals(client, seals);
  await saveHeads(client, key, [...grown.values()]);
  if (listed) await saveChainList(client, key, listed, [...grown.values()]);
  return { count: seals.length, more: rows.length === MOST_ROWS, broken };
}

/** Of rows `r`; `$1`: the chains that are left out. What comes now is of no transaction before the last that is sealed. */
const UNSEALED = `r.xid >= coalesce((select xid from audit.seal order by xid desc limit 1), '0')
  and not exists (select from audit.seal s where s.reading = r.id)
  and coalesce(r.school, '') <> all ($1)`;

/**
 * In the order of their transactions. Only those below the oldest that still runs: nothing can come before them any more.
 * https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT
 */
async function unsealedRows(client: pg.ClientBase, leftOut: readonly string[]): Promise<Omit<Seal, 'position'>[]> {
  const { rows } = await client.query<Omit<Seal, 'position'>>(
    `select coalesce(r.school, '') as school, r.id as reading, r.xid::text, r.mac,
       ${instant('r.at')} as at
     from audit.reading r
     where r.xid < pg_snapshot_xmin(pg_current_snapshot()) and ${UNSEALED}
     order by r.xid, r.id limit ${MOST_ROWS}`,
    [leftOut],
  );
  return rows;
}

/**
 * When the row was written that waits longest for its seal, by the real time, which a demo's own is not; null where none
 * waits, or only in chains that are left out.
 */
export async function oldestUnsealed(client: pg.ClientBase, leftOut: Iterable<string>): Promise<number | null> {
  const { rows } = await client.query<{ id: string }>(
    `select r.id from audit.reading r where ${UNSEALED} order by r.xid, r.id limit 1`,
    [[...leftOut]],
  );
  return rows[0] ? madeAt(rows[0].id) : null;
}

interface FoundHead extends Head {
  mac: Buffer | null;
  lastPosition: number;
  lastHash: Buffer | null;
}

async function headsOf(client: pg.ClientBase, schools: readonly string[]): Promise<Map<string, FoundHead>> {
  const { rows } = await client.query<Record<'school' | 'length' | 'lastPosition', string> & FoundHead>(
    `select wanted.school, coalesce(h.length, 0) as length, h.hash, h.mac,
       coalesce(last.position, 0) as "lastPosition", last.hash as "lastHash"
     from unnest($1::text[]) as wanted (school)
     left join audit.head h on h.school = wanted.school
     left join lateral (
       select position, hash from audit.seal s where s.school = wanted.school order by position desc limit 1
     ) last on true`,
    [schools],
  );
  return new Map(
    rows.map(({ school, length, hash, mac, lastPosition, lastHash }) => [
      school,
      { school, length: Number(length), hash: hash ?? NOTHING, mac, lastPosition: Number(lastPosition), lastHash },
    ]),
  );
}

/** Without the list of chains none is: it is not made anew, which would hide what it had. */
function isWhole(key: KeyObject, head: FoundHead, listed: ChainLengths | null): boolean {
  if (head.length !== head.lastPosition || listed === null || head.length !== (listed.get(head.school) ?? 0))
    return false;
  if (head.length === 0) return true;
  return head.mac?.equals(headMac(key, head)) === true && head.lastHash?.equals(head.hash) === true;
}

async function insertSeals(client: pg.ClientBase, seals: readonly (Seal & { hash: Buffer })[]): Promise<void> {
  if (seals.length === 0) return;
  await client.query(
    `insert into audit.seal (school, position, reading, at, xid, mac, hash)
     select * from unnest($1::text[], $2::bigint[], $3::uuid[], $4::timestamptz[], $5::xid8[], $6::bytea[], $7::bytea[])`,
    (['school', 'position', 'reading', 'at', 'xid', 'mac', 'hash'] as const).map((column) =>
      seals.map((seal) => seal[column]),
    ),
  );
}

async function saveHeads(client: pg.ClientBase, key: KeyObject, heads: readonly Head[]): Promise<void> {
  if (heads.length === 0) return;
  await client.query(
    `insert into audit.head (school, length, hash, mac)
     select * from unnest($1::text[], $2::bigint[], $3::bytea[], $4::bytea[])
     on conflict (school) do update set length = excluded.length, hash = excluded.hash, mac = excluded.mac`,
    [
      heads.map(({ school }) => school),
      heads.map(({ length }) => length),
      heads.map(({ hash }) => hash),
      heads.map((head) => headMac(key, head)),
    ],
  );
}
