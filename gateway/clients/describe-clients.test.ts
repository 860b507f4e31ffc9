import { expect, it } from 'vitest';
import type { ListedClient, ListedGrant } from '../store/administer-clients.ts';
import { describeClients } from './describe-clients.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
const TODAY = '2026-11-18';
const APP: ListedClient = {
  ...{ name: 'own', title: 'Own app', mode: 'safelist', isPartner: false, isApp: true },
  ...{ retiredAt: null, previousSecretUntil: null },
};
const GRANT: ListedGrant = {
  ...{ id: '0a3c9a52-6a64-5c51-9a52-6a640a3c9a52', client: 'own', school: '900002', purpose: 'timetabling' },
  ...{ ground: 'public-task', operations: ['Guests', 'Courses'], scopes: ['students:read'] },
  ...{ from: '2026-09-01', to: '2027-08-31', revokedAt: null },
};
const told = (client: Partial<ListedClient>, ...grants: Partial<ListedGrant>[]): string =>
  describeClients(
    { clients: [{ ...APP, ...client }], grants: grants.map((grant) => ({ ...GRANT, ...grant })) },
    NOW,
    TODAY,
  );

it('a client is told with all that schools let it do', () => {
  expect(told({}, {})).toBe(`own: Own app, app, safelist
  0a3c9a52-6a64-5c51-9a52-6a640a3c9a52  school 900002, 2026-09-01 to 2027-08-31, in force
    purpose     timetabling (public-task)
    operations  Guests, Courses
    scopes      students:read`);
});

it.each<[Partial<ListedClient>, string]>([
  [{ isPartner: true, mode: 'require-id' }, 'own: Own app, partner’s app, require-id'],
  [{ isApp: false, mode: 'open' }, 'own: Own app, persons come by it, open'],
  [{ retiredAt: NOW }, 'own: Own app, app, safelist, retired 2026-11-18'],
  [{ previousSecretUntil: NOW }, 'own: Own app, app, safelist'],
  [
    { previousSecretUntil: new Date('2026-11-20T10:00:00Z') },
    'own: Own app, app, safelist, the secret before lives until 2026-11-20T10:00:00.000Z',
  ],
])('of a client that is %o it says so', (client, line) => {
  expect(told(client)).toBe(line);
});

it.each<[Partial<ListedGrant>, string]>([
  [{ to: TODAY }, 'in force'],
  [{ from: TODAY }, 'in force'],
  [{ from: '2026-11-19' }, 'not yet in force'],
  [{ to: '2026-11-17' }, 'ended'],
  [{ revokedAt: NOW }, 'revoked 2026-11-18'],
])('an app grant of %o is told as %s', (grant, state) => {
  expect(told({}, grant).split('\n')[1]).toMatch(new RegExp(`, ${state}$`));
});

it('where there are none, that is said', () => {
  expect(describeClients({ clients: [], grants: [] }, NOW, TODAY)).toBe('There are no clients.');
});
