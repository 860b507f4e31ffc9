import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeOwnKeys } from '../../gateway/keys/keys-file.ts';
import { ownKeysOf } from '../../gateway/keys/own-keys.ts';
import { connectSigned, openOwnGraph } from '../../gateway/main/own-graph.ts';
import type { AuthorisationMode } from '../../gateway/policy/authorisation-mode.ts';
import { DEFAULT_FRONT } from '../../gateway/policy/front-settings.ts';
import { readSupergraph } from '../../gateway/supergraph/supergraph.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { asAdmin, roleOf } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { atEnd } from '../kit/at-end.ts';
import { callerAs } from '../kit/callers.ts';
import { cloneDatabase, type TestDatabase } from '../kit/database.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { composed } from './small-graph.ts';

const sealer = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
const telemetry = createGatewayTelemetry(testTelemetry());
const connect = connectSigned(sealer, { subgraphUrls: {}, timeoutMs: 3_000, reportError: () => {}, telemetry });

const OWN = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const OPEN = composed([{ name: 'students', typeDefs: 'type Query { everything: String }', resolvers: {} }]);

describe('a gateway that was started for a graph with rules of guest access', () => {
  it('serves another that has them', async () => {
    await expect(connect(readSupergraph(OWN)).close()).resolves.not.toThrow();
  });

  it('does not serve one that has lost them, which would be open to everybody', () => {
    expect(() => connect(readSupergraph(OPEN))).toThrow(/It has no rules of guest access/);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'own-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REFUSAL = { code: 'UNAUTHORIZED_FIELD_OR_TYPE', field: 'GuestProfile.upn', rows: [], profiles: [] };
const calls = { subgraphUrls: {}, timeoutMs: 3_000, reportError: () => {}, telemetry };

interface Given {
  isDemo: boolean;
  today?: string;
  databaseUrl?: string;
  authorisation?: AuthorisationMode;
}

/** Beside a process that has prepared this database, and told the gateway whether it is a demo's. */
function open(database: TestDatabase, { isDemo, authorisation = 'filter', ...given }: Given) {
  const dataDir = mkdtempSync(join(folder, 'data-'));
  const secrets = { ...newSecrets(), database: database.secret };
  writeOwnKeys(dataDir, ownKeysOf({ adminUrl: database.adminUrl, secrets }, isDemo));
  const lifetime = { started: (_what: string, close: () => unknown) => atEnd(async () => void (await close())) };
  const { today, databaseUrl } = given;
  return openOwnGraph({ dataDir, databaseUrl, today, front: { ...DEFAULT_FRONT, authorisation }, calls, lifetime });
}

const ask = <Row extends object>(database: TestDatabase, sql: string) =>
  asAdmin(database.adminUrl, async (client) => (await client.query<Row>(sql)).rows);

describe('a gateway in a process of its own', () => {
  it('dates its rows of the record as the subgraphs of the same demo date theirs', async () => {
    const database = await cloneDatabase('demo');
    const { recordRefusals } = await open(database, { isDemo: true, today: '2031-03-05' });
    const operation = { id: '0190b3a4-0000-7000-8000-000000000001', name: null };
    await recordRefusals?.({ caller: callerAs('TEACHER', '900002'), operation, refusals: [REFUSAL] });
    const rows = await ask<{ day: string }>(database, `select to_char(at, 'YYYY-MM-DD') as day from audit.reading`);
    expect(rows.map(({ day }) => day)).toEqual(['2031-03-05']);
  });

  it('is in production where the data is not a demo’s, says so, and refuses another date', async () => {
    const database = await cloneDatabase();
    const { settings, demoSignIn, notes } = await open(database, { isDemo: false });
    expect(settings.isProduction).toBe(true);
    expect(demoSignIn).toBeNull();
    expect(notes).toEqual([expect.stringContaining('PRODUCTION is on')]);
    await expect(open(database, { isDemo: false, today: '2031-03-05' })).rejects.toThrow('TODAY is a setting of demos');
  });

  it('leaves nothing out in a dry run, and so takes a demo’s database for it and no other', async () => {
    const { notes } = await open(await cloneDatabase('demo'), { isDemo: true, authorisation: 'dry-run' });
    expect(notes).toEqual([expect.stringContaining('AUTHORISATION is dry-run')]);
    const database = await cloneDatabase();
    await expect(open(database, { isDemo: false, authorisation: 'dry-run' })).rejects.toThrow(
      /Expected filter or reject/,
    );
    expect((await open(database, { isDemo: false, authorisation: 'reject' })).settings.authorisation).toBe('reject');
  });

  it('does not take a database that is not prepared for one that is not a demo’s', async () => {
    const database = await cloneDatabase();
    await expect(open(database, { isDemo: true })).rejects.toThrow(/"npm run subgraphs" prepares it/);
    await ask(database, 'drop schema gateway cascade');
    for (const isDemo of [true, false])
      await expect(open(database, { isDemo })).rejects.toThrow(/"npm run subgraphs" prepares it/);
  });

  it('comes to the database as its own role, whoever DATABASE_URL names', async () => {
    const database = await cloneDatabase('demo');
    const { readiness } = await open(database, { isDemo: true, databaseUrl: database.adminUrl });
    await readiness.database?.();
    const roles = await ask<{ usename: string }>(
      database,
      `select distinct usename from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
    expect(roles.map(({ usename }) => usename)).toEqual([roleOf('gateway')]);
  });
});
