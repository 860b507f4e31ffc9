import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createClock } from '../../subgraphs/kernel/clock.ts';
import { ISSUER, issueToken, type TokenAccount } from './access-token.ts';
import { appKeyId, issueAppToken } from './app-token.ts';
import { type ClientList, clientList, type KnownClient } from './clients.ts';
import { AUDIENCE, publicKeyOf } from './jwt.ts';
import { createTokenVerifier } from './token-verifier.ts';

const [person, app, other] = Array.from({ length: 3 }, () => generateKeyPairSync('ed25519').privateKey) as [
  KeyObject,
  KeyObject,
  KeyObject,
];
const [personKey, appKey] = [person.export({ format: 'jwk' }), app.export({ format: 'jwk' })];
const keyId = await appKeyId(appKey);

const start = new Date('2026-11-18T08:00:00Z');
let now = start;
const clock = createClock(() => now);

const CLIENT_ID = '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52';
const GRANT_ID = '0a3c9a52-6a64-5c51-9a52-6a640a3c9a53';
const client = (name: string, id: string, hasSecret = true): KnownClient => ({
  ...{ name, id, title: 'Timetables', mode: 'safelist', isPartner: false },
  secrets: hasSecret ? [{ hash: Buffer.alloc(32), until: null }] : [],
});
const timetables = client('timetables', CLIENT_ID);
const web = client('web', '0a3c9a52-6a64-5c51-9a52-6a640a3c9a54', false);
const stored = {
  ...{ id: GRANT_ID, client: 'timetables', school: '900002', purpose: 'timetabling', operations: ['Q'] },
  ...{ scopes: ['students:read', 'courses:read'], from: '2026-09-01', to: '2026-11-18' },
};

let list: ClientList;
const verify = await createTokenVerifier({
  personKey: publicKeyOf(personKey),
  clock,
  apps: { key: publicKeyOf(appKey), clients: { current: async () => list }, clock },
});

beforeEach(() => {
  now = start;
  list = clientList([timetables, web], [stored]);
});

function tokenOfApp(): Promise<string> {
  const grant = list.appGrant(GRANT_ID);
  if (!grant) throw new Error('The test has an app grant.');
  const signing = { key: appKey, keyId, issuer: 'http://localhost:4000', now };
  return issueAppToken({ client: timetables, version: '2.1', grant, scopes: grant.scopes }, signing);
}

const bea: TokenAccount = {
  id: '0a3c9a52-6a64-5c51-9a52-6a640a3c9a55',
  name: 'Bea Birchall',
  role: 'DATA_LEAD',
  school: '900002',
};

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A token made by hand: an app's, where nothing else is said. */
function forge(claims: object = {}, header: object = {}, signer: KeyObject | ((text: string) => Buffer) = app): string {
  const seconds = start.getTime() / 1000;
  const good = {
    ...{ iss: 'http://localhost:4000', aud: AUDIENCE, sub: CLIENT_ID, iat: seconds, exp: seconds + 600 },
    ...{ client_id: 'timetables', scope: 'students:read', school: '900002', app_grant: GRANT_ID },
  };
  const text = [
    { alg: 'EdDSA', typ: 'at+jwt', kid: keyId, ...header },
    { ...good, ...claims },
  ]
    .map(encode)
    .join('.');
  const signature = typeof signer === 'function' ? signer(text) : sign(null, Buffer.from(text), signer);
  return `${text}.${signature.toString('base64url')}`;
}

const refused = (token: string) => expect(verify(token), token.slice(0, 60)).rejects.toThrow('not valid');

describe('an app’s token', () => {
  const caller = {
    subject: CLIENT_ID,
    kind: 'app',
    name: 'Timetables',
    role: 'APP',
    school: '900002',
    scopes: ['students:read', 'courses:read'],
    client: { name: 'timetables', version: '2.1' },
    grant: { id: GRANT_ID, purpose: 'timetabling' },
  };

  it('makes the app that it was issued to, at the school whose app grant it has', async () => {
    expect(await verify(await tokenOfApp())).toEqual(caller);
  });

  it('makes the same caller again while nothing has changed, and another once something has', async () => {
    const token = await tokenOfApp();
    const first = await verify(token);
    expect(await verify(token)).toBe(first);
    list = clientList([timetables], [{ ...stored, scopes: ['courses:read', 'students:health'] }]);
    expect(await verify(token)).toEqual({ ...caller, scopes: ['courses:read'] });
  });

  it.each<[string, () => ClientList]>([
    ['its app grant is revoked', () => clientList([timetables], [])],
    ['its client is retired', () => clientList([], [stored])],
    ['its client has become one of persons', () => clientList([client('timetables', CLIENT_ID, false)], [stored])],
    ['the name is another client’s', () => clientList([client('timetables', bea.id)], [stored])],
    [
      'the app grant is another client’s',
      () => clientList([timetables, client('b', bea.id)], [{ ...stored, client: 'b' }]),
    ],
    ['the app grant is another school’s', () => clientList([timetables], [{ ...stored, school: '900003' }])],
    ['it begins later', () => clientList([timetables], [{ ...stored, from: '2026-11-19' }])],
    ['it has ended', () => clientList([timetables], [{ ...stored, to: '2026-11-17' }])],
  ])('that was good is refused once %s', async (_what, change) => {
    const token = await tokenOfApp();
    await verify(token);
    list = change();
    await refused(token);
  });

  it('is refused from the moment that it ends, also where it was seen before', async () => {
    const token = await tokenOfApp();
    now = new Date(start.getTime() + 599_000);
    await verify(token);
    now = new Date(start.getTime() + 600_000);
    await refused(token);
  });

  it('never has a scope that is no app’s', async () => {
    list = clientList([timetables], [{ ...stored, scopes: ['emergency:open', 'sharing:manage', 'courses:read'] }]);
    const token = forge({ scope: 'emergency:open sharing:manage courses:read students:read' });
    expect((await verify(token)).scopes).toEqual(['courses:read']);
  });

  it.each([
    ['another’s key', forge({}, {}, other)],
    ['the key of persons’ tokens', forge({}, {}, person)],
    ['no signature', forge({}, { alg: 'none' }, () => Buffer.alloc(0))],
    ['a signature under a public key that was taken for a secret', hmac('HS256')],
    ['another algorithm', forge({}, { alg: 'ES256' })],
    ['another type', forge({}, { typ: 'JWT' })],
    ['no type', forge({}, { typ: undefined })],
    ['the id of no key', forge({}, { kid: 'none' })],
    ['no id of a key', forge({}, { kid: undefined })],
    ['another audience', forge({ aud: 'other' })],
    ['no end', forge({ exp: undefined })],
    ['an end that has come', forge({ exp: start.getTime() / 1000 })],
    ['no issuer', forge({ iss: undefined })],
    ['no client', forge({ client_id: undefined })],
    ['another client', forge({ client_id: 'web' })],
    ['another subject', forge({ sub: bea.id })],
    ['another school', forge({ school: '900001' })],
    ['no app grant', forge({ app_grant: undefined })],
    ['an app grant that there is not', forge({ app_grant: bea.id })],
    ['scopes as a list', forge({ scope: ['students:read'] })],
    ['a client as an object', forge({ client_id: { name: 'timetables' } })],
    ['a critical header that nobody knows', forge({}, { crit: ['exp'] })],
  ])('with %s is refused', async (_what, token) => {
    await refused(token);
  });

  it('as we sign it by hand is good, so that the forgeries fail for what is wrong with them', async () => {
    expect(await verify(forge())).toMatchObject({ kind: 'app', scopes: ['students:read'] });
  });
});

function hmac(alg: string): string {
  const { x = '' } = publicKeyOf(appKey);
  return forge({}, { alg }, (text) => createHmac('sha256', Buffer.from(x, 'base64url')).update(text).digest());
}

describe('kinds of tokens', () => {
  const seconds = start.getTime() / 1000;
  const asPerson = { iss: ISSUER, sub: bea.id, name: bea.name, role: bea.role, school: bea.school, exp: seconds + 600 };

  it('are not mistaken for each other: an app’s key makes no person, a person’s key no app', async () => {
    await refused(forge(asPerson));
    await refused(forge(asPerson, { kid: undefined }));
    await refused(forge({}, {}, person));
    await refused(forge({ iss: ISSUER }, { kid: undefined }, person));
  });

  it('of persons may name a client of persons, and no other', async () => {
    const by = (name: string) => issueToken(personKey, { ...bea, client: { name, version: '1.0.0' } }, now);
    expect(await verify(await by('web'))).toMatchObject({ kind: 'person', client: { name: 'web', version: '1.0.0' } });
    for (const name of ['timetables', 'nobody', '']) await refused(await by(name));
    const token = await by('web');
    await verify(token);
    list = clientList([timetables], []);
    await refused(token);
  });

  it('of apps are refused where the graph has no clients', async () => {
    const without = await createTokenVerifier({ personKey: publicKeyOf(personKey), clock });
    await expect(without(await tokenOfApp())).rejects.toThrow('not valid');
  });
});
