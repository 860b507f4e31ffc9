/** What somebody does to the record who administers the server and knows no key: the verifier names the row each time. */
import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { type Head, headMac, NOTHING, type Seal, sealHash } from '../../subgraphs/kernel/record/chain.ts';
import { chainListMac } from '../../subgraphs/kernel/record/chain-list.ts';
import { sealKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import type { StoredRow } from '../../subgraphs/kernel/record/read-rows.ts';
import { headsOf, recordOf, sealAll, tamper, verify } from '../kit/record.ts';
import { arrangeRecord, BIRCH, restoreRecord, saveRecord } from './record-rows.ts';

const { database } = await arrangeRecord();
/** Birchwood's five rows, in the order of their chain. */
let rows: StoredRow[];
let heads: Head[];

beforeAll(async () => {
  await sealAll(database);
  rows = (await recordOf(database)).filter(({ school }) => school === BIRCH);
  heads = await headsOf(database);
  await saveRecord(database);
});

beforeEach(() => restoreRecord(database));

const rowAt = (position: number): StoredRow => {
  const row = rows[position - 1];
  if (!row) throw new Error('The test has no such row.');
  return row;
};

/** As a finding names it. */
const named = (position: number) => {
  const { id: reading, at } = rowAt(position);
  return { school: BIRCH, position, reading, at };
};

const sql = (text: string, values: unknown[] = []) =>
  tamper(database, async (client) => {
    const { rowCount } = await client.query(text, values);
    // a change that hits nothing would prove nothing
    expect(rowCount).toBeGreaterThan(0);
  });

const hashAt = (position: number): Promise<Buffer> =>
  asAdmin(database.adminUrl, async (client) => {
    const { rows: found } = await client.query<{ hash: Buffer }>(
      'select hash from audit.seal where school = $1 and position = $2',
      [BIRCH, position],
    );
    return found[0]?.hash ?? NOTHING;
  });

/** Another value of the same type. */
const OTHER: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => (column === 'outcome' ? `'WROTE'` : `coalesce(${column}, '') || 'x'`),
  'timestamp with time zone': (column) => `${column} + interval '1 microsecond'`,
  jsonb: (column) => `${column} || '[{}]'`,
  ARRAY: (column) => `array_append(${column}, gen_random_uuid())`,
  bytea: (column) => `set_byte(${column}, 5, (get_byte(${column}, 5) + 1) % 256)`,
  xid8: (column) => `(${column}::text::bigint + 1)::text::xid8`,
  bigint: (column) => `${column} + 1000`,
  boolean: (column) => `not ${column}`,
};

const columns = await asAdmin(database.adminUrl, async (client) => {
  const { rows: found } = await client.query<{ table: string; column: string; type: string }>(
    `select table_name as table, column_name as column, data_type as type from information_schema.columns
     where table_schema = 'audit' order by 1, 2`,
  );
  return found.map((each) => ({ ...each, other: OTHER[each.type]?.(each.column) ?? 'unknown' }));
});
const columnsOf = (name: string) => columns.filter(({ table }) => table === name);

describe('a record that nobody touched', () => {
  it('is whole', async () => {
    expect(await verify(database, heads)).toEqual({
      findings: [],
      verdict: { findings: 0, sealed: 12, unsealed: 0, late: 0, chains: 3 },
    });
  });
});

describe('a value that was flipped', () => {
  it.each(columnsOf('reading'))('in $column of a row is found', async ({ column, other }) => {
    await sql(`update audit.reading set ${column} = ${other} where id = $1`, [rowAt(3).id]);
    const what = column === 'id' ? 'DELETED' : 'FLIPPED';
    expect((await verify(database)).findings).toContainEqual({ ...named(3), what, detail: expect.any(String) });
  });

  it.each(columnsOf('seal'))('in $column of a seal is found', async ({ column, other }) => {
    await sql(`update audit.seal set ${column} = ${other} where reading = $1`, [rowAt(3).id]);
    const { findings } = await verify(database);
    expect(findings.filter(({ school, position }) => school === BIRCH && position === 3)).not.toEqual([]);
  });

  it.each(columnsOf('head'))('in $column of a head is found', async ({ column, other }) => {
    await sql(`update audit.head set ${column} = ${other} where school = $1`, [BIRCH]);
    expect((await verify(database)).findings.filter(({ school }) => school === BIRCH)).not.toEqual([]);
  });
});

describe('the list of chains', () => {
  const LIST = { school: null, position: null, reading: null, at: null, what: 'REWRITTEN', detail: expect.any(String) };

  it.each([
    ['flipped', `update audit.chains set lengths = jsonb_set(lengths, '{900002}', '4')`],
    ['made to leave a chain out', `update audit.chains set lengths = lengths - '900002'`],
    ['flipped in its signature', `update audit.chains set mac = set_byte(mac, 5, (get_byte(mac, 5) + 1) % 256)`],
    ['emptied', `update audit.chains set lengths = 'null'`],
    ['deleted', 'delete from audit.chains'],
  ])('that was %s is found', async (_how, text) => {
    await sql(text);
    expect((await verify(database)).findings).toEqual([LIST]);
  });

  it('that was set back alone is found', async () => {
    const earlier = new Map(heads.map(({ school, length }) => [school, school === BIRCH ? 3 : length]));
    await setList(earlier, sealKeyOf(database.secret));
    expect((await verify(database)).findings).toEqual([
      { what: 'REWRITTEN', school: BIRCH, position: 4, reading: null, at: null, detail: expect.any(String) },
    ]);
  });
});

/** As the sealer wrote it when the chains were so long. */
const setList = (lengths: ReadonlyMap<string, number>, key: KeyObject) =>
  sql('update audit.chains set lengths = $1, mac = $2', [Object.fromEntries(lengths), chainListMac(key, lengths)]);

describe('what was deleted is found', () => {
  it.each([
    ['the first', 1],
    ['a middle', 3],
    ['the last', 5],
  ])('%s row', async (_which, position) => {
    await sql('delete from audit.reading where id = $1', [rowAt(position).id]);
    expect((await verify(database)).findings).toEqual([
      { ...named(position), what: 'DELETED', detail: 'the row is gone; its seal is there.' },
    ]);
  });

  it.each([
    ['the first', 1],
    ['a middle', 3],
  ])('%s row with its seal', async (_which, position) => {
    await sql('delete from audit.seal where reading = $1', [rowAt(position).id]);
    await sql('delete from audit.reading where id = $1', [rowAt(position).id]);
    const { findings } = await verify(database);
    expect(findings).toEqual([
      { what: 'DELETED', school: BIRCH, position, reading: null, at: null, detail: expect.stringContaining('gone') },
    ]);
    // what is left says between which rows it stood
    expect(findings[0]?.detail).toContain(rowAt(position + 1).id);
  });

  it('the last row with its seal, by the chain’s head', async () => {
    await sql('delete from audit.seal where reading = $1', [rowAt(5).id]);
    await sql('delete from audit.reading where id = $1', [rowAt(5).id]);
    expect((await verify(database)).findings).toEqual([
      { what: 'TRUNCATED', school: BIRCH, position: 5, reading: null, at: null, detail: expect.any(String) },
    ]);
  });

  it('a row with its seal, the later ones moved up', async () => {
    await tamper(database, async (client) => {
      await client.query('delete from audit.seal where reading = $1', [rowAt(2).id]);
      await client.query('delete from audit.reading where id = $1', [rowAt(2).id]);
      for (const position of [3, 4, 5])
        await client.query('update audit.seal set position = position - 1 where school = $1 and position = $2', [
          BIRCH,
          position,
        ]);
    });
    expect((await verify(database)).findings).toContainEqual({
      ...named(3),
      position: 2,
      what: 'REWRITTEN',
      detail: expect.any(String),
    });
  });

  it('the seal of a row alone', async () => {
    await sql('delete from audit.seal where reading = $1', [rowAt(3).id]);
    expect((await verify(database)).findings.map(({ what, reading }) => [what, reading])).toEqual([
      ['DELETED', null],
      ['REWRITTEN', rowAt(3).id],
    ]);
  });
});

describe('two that were swapped are found', () => {
  it('where the rows changed places', async () => {
    await tamper(database, async (client) => {
      const spare = '00000000-0000-4000-8000-000000000000';
      for (const [to, from] of [
        [spare, rowAt(2).id],
        [rowAt(2).id, rowAt(4).id],
        [rowAt(4).id, spare],
      ])
        await client.query('update audit.reading set id = $1 where id = $2', [to, from]);
    });
    expect((await verify(database)).findings).toEqual([
      { ...named(2), what: 'SWAPPED', detail: 'what stands here is the row of position 4.' },
      { ...named(4), what: 'SWAPPED', detail: 'what stands here is the row of position 2.' },
    ]);
  });

  it('where their seals did', async () => {
    await tamper(database, async (client) => {
      for (const [to, from] of [
        [99, 2],
        [2, 4],
        [4, 99],
      ])
        await client.query('update audit.seal set position = $1 where school = $2 and position = $3', [
          to,
          BIRCH,
          from,
        ]);
    });
    expect((await verify(database)).findings.filter(({ what }) => what === 'SWAPPED')).toEqual([
      { ...named(4), position: 2, what: 'SWAPPED', detail: 'the order of rows puts it at position 4.' },
      { ...named(2), position: 4, what: 'SWAPPED', detail: 'the order of rows puts it at position 2.' },
    ]);
  });
});

/** A row like another, under an id of its own. */
const forge = (client: pg.Client, like: StoredRow, changes: Record<string, string>) => {
  const names = columnsOf('reading').map(({ column }) => column);
  const values = names.map((name) => changes[name] ?? name);
  return client.query(
    `insert into audit.reading (${names.join()}) select ${values.join()} from audit.reading where id = $1 returning id`,
    [like.id],
  );
};

describe('what was inserted is found', () => {
  it.each([
    ['beside the chains', { id: 'gen_random_uuid()' }],
    ['with a signature that was made up', { id: 'gen_random_uuid()', mac: `sha256('made up')` }],
    ['as the newest', { id: 'gen_random_uuid()', xid: 'pg_current_xact_id()' }],
  ])('%s', async (_how, changes) => {
    let id = '';
    await tamper(database, async (client) => {
      id = (await forge(client, rowAt(3), changes)).rows[0]?.id;
    });
    expect((await verify(database)).findings).toEqual([
      { ...named(3), position: null, reading: id, what: 'INSERTED', detail: expect.any(String) },
    ]);
  });

  it('with a seal at the end of the chain', async () => {
    let id = '';
    await tamper(database, async (client) => {
      id = (await forge(client, rowAt(3), { id: 'gen_random_uuid()', xid: 'pg_current_xact_id()' })).rows[0]?.id;
      await client.query(
        `insert into audit.seal select school, 6, id, at, xid, mac, sha256('made up') from audit.reading where id = $1`,
        [id],
      );
      await client.query(`update audit.head set length = 6, hash = sha256('made up') where school = $1`, [BIRCH]);
    });
    const found = (await verify(database)).findings.filter(({ position }) => position === 6);
    expect(found.map(({ what, reading }) => [what, reading])).toEqual([
      ['REWRITTEN', id],
      ['FLIPPED', id],
      // its head, and the list of chains
      ['REWRITTEN', null],
      ['REWRITTEN', null],
    ]);
  });
});

describe('a chain that was cut', () => {
  it('after its second row is found by its head', async () => {
    await sql('delete from audit.seal where school = $1 and position > 2', [BIRCH]);
    await sql('delete from audit.reading where id = any($1)', [rows.slice(2).map(({ id }) => id)]);
    expect((await verify(database)).findings).toEqual([
      { what: 'TRUNCATED', school: BIRCH, position: 3, reading: null, at: null, detail: expect.any(String) },
    ]);
  });

  it('and whose head was set back, too, is found: a head takes the key', async () => {
    await sql('delete from audit.seal where school = $1 and position > 2', [BIRCH]);
    await sql('delete from audit.reading where id = any($1)', [rows.slice(2).map(({ id }) => id)]);
    await sql(
      `update audit.head set length = 2, hash = (select hash from audit.seal where school = $1 and position = 2)
       where school = $1`,
      [BIRCH],
    );
    const place = { school: BIRCH, reading: null, at: null, detail: expect.any(String) };
    expect((await verify(database)).findings).toEqual([
      { ...place, what: 'REWRITTEN', position: 2 },
      { ...place, what: 'TRUNCATED', position: 3 },
    ]);
  });

  it('and whose head was set back to one that was kept, too, is found by the list of chains', async () => {
    const head = { school: BIRCH, length: 2, hash: await hashAt(2) };
    await sql('delete from audit.seal where school = $1 and position > 2', [BIRCH]);
    await sql('delete from audit.reading where id = any($1)', [rows.slice(2).map(({ id }) => id)]);
    await sql('update audit.head set length = 2, hash = $2, mac = $3 where school = $1', [
      BIRCH,
      head.hash,
      headMac(sealKeyOf(database.secret), head),
    ]);
    expect((await verify(database)).findings).toEqual([
      { what: 'TRUNCATED', school: BIRCH, position: 3, reading: null, at: null, detail: expect.any(String) },
    ]);
  });

  it('off with its head, so that nothing is left of the school, is found by the list of chains', async () => {
    await sql('delete from audit.seal where school = $1', [BIRCH]);
    await sql('delete from audit.reading where school = $1', [BIRCH]);
    await sql('delete from audit.head where school = $1', [BIRCH]);
    expect((await verify(database)).findings).toEqual([
      {
        what: 'TRUNCATED',
        school: BIRCH,
        position: 1,
        reading: null,
        at: null,
        detail: 'the whole chain is gone, with its head; by the list of chains it has 5 rows.',
      },
    ]);
  });

  it('and whose head alone is gone is found', async () => {
    await sql('delete from audit.head where school = $1', [BIRCH]);
    expect((await verify(database)).findings.map(({ what, school }) => [what, school])).toEqual([
      ['REWRITTEN', BIRCH],
      ['TRUNCATED', BIRCH],
    ]);
  });

  it('of which all rows are gone is found by its head', async () => {
    await sql('delete from audit.seal where school = $1', [BIRCH]);
    await sql('delete from audit.reading where school = $1', [BIRCH]);
    expect((await verify(database)).findings).toEqual([
      { what: 'TRUNCATED', school: BIRCH, position: 1, reading: null, at: null, detail: expect.any(String) },
    ]);
  });

  it('with all others, their heads and the list is found', async () => {
    await tamper(database, async (client) => {
      for (const table of ['reading', 'seal', 'head', 'chains']) await client.query(`truncate audit.${table}`);
    });
    expect((await verify(database)).findings).toMatchObject([{ what: 'REWRITTEN', school: null }]);
  });

  it('with all others, the list set back to its beginning, is found by the heads that were kept outside', async () => {
    await tamper(database, async (client) => {
      for (const table of ['reading', 'seal', 'head']) await client.query(`truncate audit.${table}`);
    });
    await setList(new Map(), sealKeyOf(database.secret));
    expect((await verify(database)).findings).toEqual([]);
    const { findings } = await verify(database, heads);
    expect(findings.map(({ what, school }) => [what, school]).sort()).toEqual([
      ['TRUNCATED', ''],
      ['TRUNCATED', '900001'],
      ['TRUNCATED', BIRCH],
    ]);
  });
});

/** Seals the rows of a chain anew from a position on, with the key given. */
async function reseal(client: pg.Client, key: KeyObject, from: number): Promise<void> {
  const { rows: seals } = await client.query<Seal & { position: string; hash: Buffer }>(
    `select s.school, s.position, s.reading, r.mac, r.xid::text,
       to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, s.hash
     from audit.seal s join audit.reading r on r.id = s.reading where s.school = $1 order by s.position`,
    [BIRCH],
  );
  let hash: Buffer = NOTHING;
  let position = 0;
  for (const seal of seals) {
    position += 1;
    hash = position < from ? seal.hash : sealHash(key, hash, { ...seal, position });
    await client.query('update audit.seal set hash = $1, mac = $2, position = $3 where reading = $4', [
      hash,
      seal.mac,
      position,
      seal.reading,
    ]);
  }
  const head = { school: BIRCH, length: position, hash };
  await client.query('update audit.head set length = $2, hash = $3, mac = $4 where school = $1', [
    BIRCH,
    position,
    hash,
    headMac(key, head),
  ]);
  const lengths = new Map(heads.map(({ school, length }) => [school, school === BIRCH ? position : length]));
  await client.query('update audit.chains set lengths = $1, mac = $2', [
    Object.fromEntries(lengths),
    chainListMac(key, lengths),
  ]);
}

describe('a tail that was sealed anew', () => {
  const withoutThird = async (client: pg.Client) => {
    await client.query('delete from audit.seal where reading = $1', [rowAt(3).id]);
    await client.query('delete from audit.reading where id = $1', [rowAt(3).id]);
  };

  it('by somebody without the key is found where it begins', async () => {
    await tamper(database, async (client) => {
      await withoutThird(client);
      await reseal(client, sealKeyOf('another secret'), 3);
    });
    expect((await verify(database)).findings[0]).toEqual({
      ...named(4),
      position: 3,
      what: 'REWRITTEN',
      detail: expect.any(String),
    });
  });

  it('by somebody who has the key is found by the heads that were kept outside, and by nothing else', async () => {
    await tamper(database, async (client) => {
      await withoutThird(client);
      await reseal(client, sealKeyOf(database.secret), 3);
    });
    expect((await verify(database)).findings).toEqual([]);
    expect((await verify(database, heads)).findings).toEqual([
      { what: 'TRUNCATED', school: BIRCH, position: 5, reading: null, at: null, detail: expect.any(String) },
    ]);
    const early = { school: BIRCH, length: 4, hash: Buffer.alloc(32, 7) };
    expect((await verify(database, [early])).findings).toEqual([
      { ...named(5), position: 4, what: 'REWRITTEN', detail: expect.stringContaining('kept outside') },
    ]);
  });
});
