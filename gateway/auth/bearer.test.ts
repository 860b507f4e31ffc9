import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createClock } from '../../subgraphs/kernel/clock.ts';
import { ISSUER, issueToken, type TokenAccount } from './access-token.ts';
import { createAuthenticate } from './bearer.ts';
import { AUDIENCE, publicKeyOf } from './jwt.ts';
import { scopesOf } from './roles.ts';
import { createTokenVerifier } from './token-verifier.ts';

const HOUR = 3_600_000;
const { privateKey } = generateKeyPairSync('ed25519');
const key = privateKey.export({ format: 'jwk' });
const bea: TokenAccount = {
  id: '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52',
  name: 'Bea Birchall',
  role: 'DATA_LEAD',
  school: '900002',
};
const start = new Date('2026-11-18T08:00:00Z');

let now = start;
const authenticate = createAuthenticate(
  await createTokenVerifier({ personKey: publicKeyOf(key), clock: createClock(() => now) }),
);
const token = await issueToken(key, bea, start);

const refusal = async (header: string): Promise<{ name: string; message: string }> =>
  authenticate(header).then(
    () => expect.fail('It was let in.'),
    (error: Error) => ({ name: error.name, message: error.message }),
  );

/** A token made by hand, so that nothing of the library stands between a forgery and the check. */
function forge(claims: object = {}, header: object = {}, signer: KeyObject | ((text: string) => Buffer) = privateKey) {
  const seconds = start.getTime() / 1000;
  const good = { iss: ISSUER, aud: AUDIENCE, sub: bea.id, iat: seconds, exp: seconds + 60 };
  const payload = { ...good, name: bea.name, role: bea.role, school: bea.school, ...claims };
  const text = [{ alg: 'EdDSA', typ: 'at+jwt', ...header }, payload].map(encode).join('.');
  const signature = typeof signer === 'function' ? signer(text) : sign(null, Buffer.from(text), signer);
  return `Bearer ${text}.${signature.toString('base64url')}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('a bearer token', () => {
  it('makes the caller whom it was issued to, with the scopes of the role', async () => {
    expect(await authenticate(`Bearer ${token}`)).toEqual({
      subject: bea.id,
      kind: 'person',
      name: 'Bea Birchall',
      role: 'DATA_LEAD',
      school: '900002',
      scopes: scopesOf('DATA_LEAD'),
      client: null,
    });
  });

  it('may name a role at no school', async () => {
    const support = await issueToken(key, { ...bea, role: 'SUPPORT', school: null }, start);
    expect(await authenticate(`Bearer ${support}`)).toMatchObject({ role: 'SUPPORT', school: null });
  });

  it('may be sent with the scheme in any case', async () => {
    expect(await authenticate(`bearer ${token}`)).toMatchObject({ subject: bea.id });
    expect(await authenticate(forge())).toMatchObject({ subject: bea.id });
  });

  it('is not needed: without a header nobody is signed in', async () => {
    expect(await authenticate(undefined)).toBeNull();
  });

  it('holds for eight hours', async () => {
    now = new Date(start.getTime() + 8 * HOUR - 1000);
    expect(await authenticate(`Bearer ${token}`)).not.toBeNull();
    now = new Date(start.getTime() + 8 * HOUR);
    expect(await refusal(`Bearer ${token}`)).toMatchObject({ name: 'Unauthenticated' });
    now = start;
  });
});

describe('refused, with one and the same message', async () => {
  const expected = await refusal('');
  const publicKey = publicKeyOf(key);
  const foreign = generateKeyPairSync('ed25519').privateKey;
  const hmac = (secret: string | Buffer) => (text: string) => createHmac('sha256', secret).update(text).digest();
  const [head, body, signature] = token.split('.') as [string, string, string];
  const ofCedar = encode({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), school: '900003' });

  it.each<[string, string]>([
    ['an empty header', ''],
    ['another scheme', `Basic ${Buffer.from('bea:secret').toString('base64')}`],
    ['a token without a scheme', token],
    ['a scheme without a token', 'Bearer '],
    ['two tokens', `Bearer ${token}, Bearer ${token}`],
    ['text that is no token', 'Bearer opensesame'],
    ['a token with its signature cut off', `Bearer ${head}.${body}.`],
    ['a token with its last part left out', `Bearer ${head}.${body}`],
    ['a token of another school put in', `Bearer ${head}.${ofCedar}.${signature}`],
    ['a token signed with another key', forge({}, {}, foreign)],
    ['a token that brings its own key', forge({}, { jwk: publicKeyOf(foreign.export({ format: 'jwk' })) }, foreign)],
    ['algorithm none', forge({}, { alg: 'none' }, () => Buffer.alloc(0))],
    ['HS256 with the public key as the secret', forge({}, { alg: 'HS256' }, hmac(publicKey.x ?? ''))],
    [
      'HS256 with the public key’s bytes',
      forge({}, { alg: 'HS256' }, hmac(Buffer.from(publicKey.x ?? '', 'base64url'))),
    ],
    ['HS256 with the public key’s JWK', forge({}, { alg: 'HS256' }, hmac(JSON.stringify(publicKey)))],
    ['another kind of JWT', forge({}, { typ: 'JWT' })],
    ['a critical header that we don’t know', forge({}, { crit: ['x'], x: 1 })],
    ['another issuer', forge({ iss: 'elsewhere' })],
    ['another audience', forge({ aud: 'elsewhere' })],
    ['no audience', forge({ aud: undefined })],
    ['a token of the past', forge({ exp: start.getTime() / 1000 - 1 })],
    ['a token that is not valid yet', forge({ nbf: start.getTime() / 1000 + 60 })],
    ['a token without an end', forge({ exp: undefined })],
    ['nobody', forge({ sub: undefined })],
    ['somebody whose id is no UUID', forge({ sub: 'bea' })],
    ['no name', forge({ name: 7 })],
    ['an unknown role', forge({ role: 'HEADMASTER' })],
    ['a role that every object has', forge({ role: 'constructor' })],
    ['several roles', forge({ role: ['TEACHER', 'DATA_LEAD'] })],
    ['a school that is not a URN', forge({ school: '999/4002' })],
    ['a school in another spelling', forge({ school: ' 900002' })],
    ['a school as a number', forge({ school: 900002 })],
    ['a role of a school at none', forge({ school: null })],
    ['a role of no school at one', forge({ role: 'SUPPORT' })],
  ])('%s', async (_case, header) => {
    expect(await refusal(header)).toEqual(expected);
  });

  it('scopes that a token claims count for nothing', async () => {
    const caller = await authenticate(forge({ role: 'CATERING', scopes: ['students:legal'], scope: 'students:legal' }));
    expect(caller?.scopes).toEqual(scopesOf('CATERING'));
  });
});
