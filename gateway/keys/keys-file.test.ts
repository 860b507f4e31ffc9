import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { recordKeyOf, sealKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import { readOwnKeys, writeOwnKeys } from './keys-file.ts';
import { ownKeysOf } from './own-keys.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-secrets-'));
  file = join(folder, 'gateway-secrets.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const adminUrl = 'postgres://admin:admins-password@db.example:5432/graph?sslmode=require';
const secrets = newSecrets();
const { database, grantSecret, tokenKey } = secrets;
const keys = ownKeysOf({ adminUrl, secrets }, false);
const passwordOf = (tenant: string) => new URL(tenantUrl(adminUrl, database, tenant)).password;

describe('the keys that a gateway is given', () => {
  it('are its own, and none that another’s follow from', () => {
    writeOwnKeys(folder, keys);
    const text = readFileSync(file, 'utf8');
    const others = ['students', 'shared-teaching', 'worker', 'audit'];
    for (const secret of [
      'admins-password',
      database,
      grantSecret,
      tokenKey.d,
      sealKeyOf(database).export().toString('base64url'),
      ...others.flatMap((tenant) => [passwordOf(tenant), recordKeyOf(database, tenant)]),
    ])
      expect(text).not.toContain(secret);
    for (const own of [passwordOf('gateway'), recordKeyOf(database, 'gateway'), tokenKey.x])
      expect(text).toContain(own);
  });

  it('sign tokens where the database is a demo’s, for its sandbox, and nowhere else', () => {
    expect(ownKeysOf({ adminUrl, secrets }, true).signingKey).toEqual(tokenKey);
    expect(keys).toMatchObject({ signingKey: null, tokenKey: { kty: 'OKP', crv: 'Ed25519', x: tokenKey.x } });
  });

  it('sign apps’ tokens with a key of that alone, the same at every gateway', () => {
    const again = ownKeysOf({ adminUrl, secrets: { ...newSecrets(), database } }, false);
    expect(again.appKey).toEqual(keys.appKey);
    expect(ownKeysOf({ adminUrl, secrets: newSecrets() }, false).appKey).not.toEqual(keys.appKey);
    expect([tokenKey.x, tokenKey.d]).not.toContain(keys.appKey.x);
    expect(keys.appKey).toMatchObject({ kty: 'OKP', crv: 'Ed25519', d: expect.any(String) });
  });

  it('are read as they were written, by their owner alone', () => {
    for (const isDemo of [false, true]) {
      const written = ownKeysOf({ adminUrl, secrets }, isDemo);
      writeOwnKeys(folder, written);
      expect(readOwnKeys(folder)).toEqual({ keys: written, notes: [] });
    }
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('are not made where there are none', () => {
    expect(readOwnKeys(folder)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['databaseUrl', 'recordKey', 'envelopeKeys', 'tokenKey', 'appKey', 'signingKey'])(
    'do not hold without %s',
    (name) => {
      writeFileSync(file, JSON.stringify({ ...keys, [name]: undefined }), { mode: 0o600 });
      expect(() => readOwnKeys(folder)).toThrow(/does not hold the keys of a gateway any more\. Put back a copy/);
    },
  );

  it.each(['', '[]', '{"recordKey":"CANARY"'])('do not hold as %j, and are not quoted', (text) => {
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => readOwnKeys(folder)).toThrow(/does not hold/);
    expect(() => readOwnKeys(folder)).not.toThrow(/CANARY/);
  });

  it('are taken away from others who could read them', () => {
    writeFileSync(file, JSON.stringify(keys), { mode: 0o644 });
    expect(readOwnKeys(folder)?.notes).toEqual([expect.stringContaining('could read')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
