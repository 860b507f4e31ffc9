import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newSecrets, openSecrets } from './secrets.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  file = join(folder, 'secrets.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = () => JSON.stringify(newSecrets());

describe('the secrets of an installation', () => {
  it('are made once, and stay', () => {
    const first = openSecrets(folder);
    expect(openSecrets(folder)).toEqual(first);
    expect(first.notes).toEqual([]);
  });

  it('differ from every other installation’s', () => {
    const texts = [newSecrets(), newSecrets()].flatMap(({ database, envelopeKeys, grantSecret, tokenKey }) => [
      database,
      grantSecret,
      tokenKey.d,
      ...envelopeKeys.map(({ secret }) => secret),
    ]);
    expect(new Set(texts).size).toBe(8);
  });

  it('are readable by their owner alone, and leave no other file', () => {
    openSecrets(folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('are taken away from others who could read them, and the person is told', () => {
    const { secrets } = openSecrets(folder);
    chmodSync(file, 0o644);
    const again = openSecrets(folder);
    expect(again.secrets).toEqual(secrets);
    expect(again.notes).toEqual([expect.stringContaining('could read')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['is empty', () => ''],
    ['is cut off', () => good().slice(0, 200)],
    ['is another kind of file', () => '[]'],
    ['lacks a secret', () => JSON.stringify({ ...newSecrets(), grantSecret: undefined })],
    ['holds a short secret', () => JSON.stringify({ ...newSecrets(), database: 'password' })],
    ['has no envelope key', () => JSON.stringify({ ...newSecrets(), envelopeKeys: [] })],
    ['has a token key without its private part', () => withoutPrivatePart()],
  ])('are never replaced where the file %s', (_case, textOf) => {
    const text = textOf();
    writeFileSync(file, text, { mode: 0o600 });
    expect(() => openSecrets(folder)).toThrow(/does not hold the secrets of a graph any more\. Put back a copy/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

function withoutPrivatePart(): string {
  const secrets = newSecrets();
  const { d: _, ...tokenKey } = secrets.tokenKey;
  return JSON.stringify({ ...secrets, tokenKey });
}
