/** The sealer: rows come into their chains by themselves, and nobody who reads waits for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { startSealing } from '../../subgraphs/kernel/process/sealing.ts';
import { AUDIT } from '../../subgraphs/kernel/record/audit-schema.ts';
import { sealKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import { observeSealing } from '../../subgraphs/kernel/record/observe-sealing.ts';
import { sealBatch } from '../../subgraphs/kernel/record/seal.ts';
import { startSealer } from '../../subgraphs/kernel/record/sealer.ts';
import { callerAs } from '../kit/callers.ts';
import { recordOf, sealAll, tamper, verify } from '../kit/record.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { ALDER, arrangeRecord, BIRCH, writeRow } from './record-rows.ts';

const subgraphs = await arrangeRecord();
const { database } = subgraphs;
const options = { url: database.urlOf(AUDIT), key: sealKeyOf(database.secret), everyMs: 20 };

/** What leaves the process. */
function listen() {
  const lines: string[] = [];
  const telemetry = testTelemetry({ logLevel: 'warn', logTo: { write: (line) => void lines.push(line) } });
  return { telemetry, told: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) };
}

/** What is told of sealing. */
function watch(now?: () => number) {
  const { telemetry, told } = listen();
  let looks = 0;
  const observer = observeSealing(telemetry, now);
  return {
    observer: {
      ...observer,
      looked(oldest: number | null) {
        observer.looked(oldest);
        looks += 1;
      },
    },
    looks: () => looks,
    told,
    async metric(name: string) {
      const [, value] =
        new RegExp(`^schoolgraph_record_${name} (\\S+)$`, 'm').exec(await telemetry.metering.text()) ?? [];
      return Number(value);
    },
  };
}

async function sealedOf(school: string): Promise<number> {
  const { rows } = await asAdmin(database.adminUrl, (client) =>
    client.query<{ count: string }>('select count(*) from audit.seal where school = $1', [school]),
  );
  return Number(rows[0]?.count);
}

/** Others on the same server may hold it up. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await isSo()); await sleep(30))
    if (Date.now() > end) throw new Error('It did not come about within 20 s.');
}

/** A transaction that writes on the same server is open meanwhile. */
const heldUp = (work: () => Promise<void>) =>
  asAdmin(database.adminUrl, async (other) => {
    await other.query('begin; select pg_current_xact_id()');
    await work();
    await other.query('commit');
  });

const asAuditor = <Result>(work: (client: pg.Client) => Promise<Result>) => asAdmin(options.url, work);

describe('sealers', () => {
  it('seal what is committed, two at once as well as one', async () => {
    const { observer, told } = watch();
    const sealers = [1, 2].map(() => startSealer({ ...options, observer }));
    await until(async () => (await verify(database)).verdict.unsealed === 0);
    await Promise.all(Array.from({ length: 10 }, (_, index) => writeRow(subgraphs, callerAs('SENCO', BIRCH), index)));
    await until(async () => (await sealedOf(BIRCH)) === 15);
    await Promise.all(sealers.map(({ stop }) => stop()));
    expect(told()).toEqual([]);
    expect(await verify(database)).toMatchObject({ findings: [], verdict: { unsealed: 0, chains: 3 } });
  });

  it('do not seal what a transaction before it may still add to', async () => {
    const before = await sealedOf(BIRCH);
    await asAdmin(database.adminUrl, async (other) => {
      await other.query('begin; select pg_current_xact_id()');
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 1);
      await asAuditor((client) => sealBatch(client, options.key));
      expect(await sealedOf(BIRCH)).toBe(before);
      await other.query('commit');
    });
    await sealAll(database);
    expect(await sealedOf(BIRCH)).toBe(before + 1);
  });

  it('that stand still hold up no reading, nor each other', async () => {
    await asAuditor(async (stalled) => {
      await stalled.query('begin');
      await stalled.query(`select pg_advisory_xact_lock(hashtext('schoolgraph record seals'))`);
      await stalled.query('insert into audit.head select school, length + 1, hash, mac from audit.head limit 0');
      const before = (await recordOf(database)).length;
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 2);
      expect(await recordOf(database)).toHaveLength(before + 1);
      expect(await asAuditor((other) => sealBatch(other, options.key))).toBeNull();
    });
  });

  it('that lose their connection go on', async () => {
    const { observer, told } = watch();
    const sealer = startSealer({ ...options, observer, afterFailureMs: 20 });
    await sealAll(database);
    await until(async () => {
      const { rowCount } = await asAdmin(database.adminUrl, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'schoolgraph_audit' and datname = current_database()`,
        ),
      );
      return (rowCount ?? 0) > 0;
    });
    const before = await sealedOf(BIRCH);
    await writeRow(subgraphs, callerAs('SENCO', BIRCH), 3);
    await until(async () => (await sealedOf(BIRCH)) === before + 1);
    await sealer.stop();
    expect(told()).toMatchObject([
      { level: 'error', message: 'The record cannot be sealed.', error: { kind: expect.stringMatching(/^error$/i) } },
    ]);
  });

  it('seal what is left before they stop, and stop in time where that is held up', async () => {
    const stopped = async (): Promise<{ ms: number; unsealed: number }> => {
      const { observer, looks } = watch();
      const sealer = startSealer({ ...options, observer, everyMs: 60_000 });
      await until(async () => looks() > 0);
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 6);
      const startedAt = performance.now();
      await sealer.stop();
      return { ms: performance.now() - startedAt, unsealed: (await verify(database)).verdict.unsealed };
    };
    await until(async () => (await stopped()).unsealed === 0);
    await heldUp(async () => {
      const { ms, unsealed } = await stopped();
      expect(unsealed).toBe(1);
      expect(ms).toBeLessThan(1_900);
    });
  });

  it('say that rows wait for their seal, and for how long: once, until they have it', async () => {
    await sealAll(database);
    const { observer, told, metric } = watch(() => Date.now() + 60_000);
    const sealer = startSealer({ ...options, observer });
    expect(await metric('unsealed_age')).toBe(0);
    await heldUp(async () => {
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 7);
      await until(async () => told().length > 0);
      await sleep(100);
      expect(await metric('unsealed_age')).toBeGreaterThan(60);
    });
    await until(async () => (await metric('unsealed_age')) === 0);
    await sealer.stop();
    expect(told()).toMatchObject([
      { level: 'warn', message: 'Rows of the record have waited more than a minute for their seal.' },
    ]);
  });

  it('append nothing to a chain that does not end as it was sealed, say so once, and go on with the others', async () => {
    await sealAll(database);
    await tamper(database, (client) =>
      client.query('update audit.head set length = length + 1 where school = $1', [BIRCH]),
    );
    const [birch, alder] = [await sealedOf(BIRCH), await sealedOf(ALDER)];
    const { observer, told, metric } = watch();
    expect(await metric('broken_chains')).toBe(0);
    const sealer = startSealer({ ...options, observer });
    await writeRow(subgraphs, callerAs('SENCO', BIRCH), 4);
    await writeRow(subgraphs, callerAs('SENCO', ALDER), 4);
    await writeRow(subgraphs, callerAs('SENCO', BIRCH), 5);
    await until(async () => (await sealedOf(ALDER)) === alder + 1);
    await sleep(100);
    await sealer.stop();
    expect(await sealedOf(BIRCH)).toBe(birch);
    expect(told()).toMatchObject([
      {
        level: 'error',
        message: 'A chain of the record does not end as it was sealed: run npm run audit -- verify.',
        school: BIRCH,
      },
    ]);
    expect(await metric('broken_chains')).toBe(1);
  });

  it('of a graph’s process tell its log', async () => {
    const { telemetry, told } = listen();
    const running: (() => unknown)[] = [];
    const secrets = { ...newSecrets(), database: database.secret };
    const lifetime = { started: (_what: string, close: () => unknown) => void running.push(close) };
    startSealing({ database: { adminUrl: database.adminUrl, secrets }, lifetime }, telemetry);
    await until(async () => told().length > 0);
    for (const stop of running) await stop();
    expect(told()).toMatchObject([
      { level: 'error', school: BIRCH, message: expect.stringContaining('audit -- verify') },
    ]);
  });
});
