/** The list of chains comes to a record that was made before it, and is not made anew where it is gone. */
import { beforeAll, describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { AUDIT, prepareAudit, writesRecordSql } from '../../subgraphs/kernel/record/audit-schema.ts';
import { sealKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import { sealBatch } from '../../subgraphs/kernel/record/seal.ts';
import { appAt, callerAs } from '../kit/callers.ts';
import { sealAll, tamper, verify } from '../kit/record.ts';
import { ALDER, arrangeRecord, BIRCH, restoreRecord, saveRecord, writeRow } from './record-rows.ts';

const subgraphs = await arrangeRecord();
const { database } = subgraphs;
const WHOLE = { findings: [], verdict: { unsealed: 0, chains: 3 } };

beforeAll(async () => {
  await sealAll(database);
  await saveRecord(database);
});

const asOwner = (text: string) => asAdmin(database.adminUrl, (client) => client.query(text));
const prepare = () => asAdmin(database.adminUrl, (client) => prepareAudit(client, database.secret));

async function sealedOf(school: string): Promise<number> {
  const { rows } = await asOwner(`select count(*)::int as count from audit.seal where school = '${school}'`);
  return rows[0].count;
}

const sealBoth = async () => {
  await writeRow(subgraphs, callerAs('SENCO', BIRCH), 6);
  await writeRow(subgraphs, callerAs('SENCO', ALDER), 6);
  const batch = () => asAdmin(database.urlOf(AUDIT), (client) => sealBatch(client, sealKeyOf(database.secret)));
  // transactions of others on the same server may hold it up
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const sealed = await batch();
    if (sealed && sealed.count + sealed.broken.length > 0 && !sealed.more) return sealed;
  }
  throw new Error('Nothing was sealed within 20 s.');
};

describe('a record that was made before there was a list', () => {
  it('is given one of the chains it has, and goes on', async () => {
    await asOwner('drop table audit.chains; drop function audit.refuse_forgetting()');
    await expect(verify(database)).rejects.toThrow('start the graph of this release on it first');
    await prepare();
    expect(await verify(database)).toMatchObject(WHOLE);
    await writeRow(subgraphs, callerAs('SENCO', BIRCH), 6);
    await sealAll(database);
    expect(await verify(database)).toMatchObject(WHOLE);
  });
});

describe('a record that was made before apps were known', () => {
  it('is made ready for them, and its rows keep their signatures', async () => {
    await restoreRecord(database);
    await asOwner('alter table audit.reading drop column app_grant, drop column app_purpose');
    await expect(verify(database)).rejects.toThrow('start the graph of this release on it first');
    await prepare();
    expect(await verify(database)).toMatchObject(WHOLE);
  });

  it('keeps what an app called by, and shows where that was taken away', async () => {
    await prepare();
    await asAdmin(database.adminUrl, (client) => client.query(writesRecordSql('students')));
    await writeRow(subgraphs, appAt(BIRCH, ['students:read']), 6);
    await sealAll(database);
    expect(await verify(database)).toMatchObject(WHOLE);
    for (const column of ['app_grant', 'app_purpose']) {
      await tamper(database, (client) => client.query(`update audit.reading set ${column} = null where kind = 'app'`));
      expect((await verify(database)).findings.map(({ what }) => what)).toContain('FLIPPED');
    }
  });
});

describe('the sealer', () => {
  it('begins no chain anew that was taken away as a whole', async () => {
    await restoreRecord(database);
    await tamper(database, async (client) => {
      await client.query('delete from audit.seal where school = $1', [BIRCH]);
      await client.query('delete from audit.reading where school = $1', [BIRCH]);
      await client.query('delete from audit.head where school = $1', [BIRCH]);
    });
    const before = await sealedOf(ALDER);
    expect(await sealBoth()).toMatchObject({ broken: [BIRCH] });
    expect(await sealedOf(BIRCH)).toBe(0);
    expect(await sealedOf(ALDER)).toBe(before + 1);
    const { findings } = await verify(database);
    expect(findings.filter(({ what }) => what === 'TRUNCATED')).toMatchObject([{ school: BIRCH, position: 1 }]);
  });

  it('makes no other list where that is gone, nor does the next start', async () => {
    await restoreRecord(database);
    await tamper(database, (client) => client.query('delete from audit.chains'));
    expect((await sealBoth()).broken.toSorted()).toEqual([ALDER, BIRCH]);
    await prepare();
    expect((await verify(database)).findings).toContainEqual(
      expect.objectContaining({ what: 'REWRITTEN', school: null }),
    );
  });
});
