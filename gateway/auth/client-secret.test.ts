import { describe, expect, it } from 'vitest';
import { hashOfSecret, isSecretOf, newClientSecret } from './client-secret.ts';
import type { ClientSecret, KnownClient } from './clients.ts';

const now = new Date('2026-11-18T08:00:00Z');
const [latest, before, wrong] = [newClientSecret(), newClientSecret(), newClientSecret()];
const client = (...secrets: ClientSecret[]): KnownClient => ({
  ...{ name: 'app', id: 'id', title: 'App', mode: 'safelist', isPartner: false },
  secrets,
});
const at = (secret: string, until: Date | null = null): ClientSecret => ({ hash: hashOfSecret(secret), until });

describe('a secret of a client', () => {
  it('is 256 bits, and never the same', () => {
    expect(latest).toMatch(/^sgcs_[\w-]{43}$/);
    expect(new Set([latest, before, wrong]).size).toBe(3);
  });

  it('is the latest, or the one before until its time', () => {
    const both = client(at(latest), at(before, new Date(now.getTime() + 1)));
    for (const secret of [latest, before]) expect(isSecretOf(both, secret, now)).toBe(true);
    expect(isSecretOf(client(at(latest), at(before, now)), before, now)).toBe(false);
  });

  it.each([wrong, '', `${latest} `, latest.slice(0, -1), latest.toUpperCase()])('is not %j', (secret) => {
    expect(isSecretOf(client(at(latest)), secret, now)).toBe(false);
  });

  it('is nobody’s where there is no client, or one without', () => {
    expect(isSecretOf(undefined, latest, now)).toBe(false);
    expect(isSecretOf(client(), latest, now)).toBe(false);
  });
});
