import { describe, expect, it } from 'vitest';
import type { AppCaller, PersonCaller } from '../../../subgraphs/kernel/caller.ts';
import { payerOf } from './payer.ts';

const PERSON: PersonCaller = {
  subject: 'p-1',
  kind: 'person',
  name: 'Demo Person',
  role: 'TEACHER',
  school: '900001',
  scopes: [],
  client: { name: 'web', version: null },
};
const APP: AppCaller = {
  subject: 'a-1',
  kind: 'app',
  name: 'Demo app',
  role: 'APP',
  school: '900002',
  scopes: [],
  client: { name: 'timetable-app', version: '1.0.0' },
  grant: { id: 'g-1', purpose: 'Timetabling' },
};

describe('whoever pays', () => {
  it('is the person, by whatever client and from wherever', () => {
    const payer = { key: 'person p-1', isSignedIn: true };
    expect(payerOf(PERSON, '192.0.2.1')).toEqual(payer);
    expect(payerOf({ ...PERSON, client: null, role: 'DATA_LEAD' }, '192.0.2.2')).toEqual(payer);
  });

  it('is the app, at each school by itself', () => {
    expect(payerOf(APP, '192.0.2.1').key).toBe('app 900002 timetable-app');
    expect(payerOf({ ...APP, client: { name: 'timetable-app', version: '2.0.0' } }, '192.0.2.1').key).toBe(
      'app 900002 timetable-app',
    );
    expect(payerOf({ ...APP, school: '900003' }, '192.0.2.1').key).toBe('app 900003 timetable-app');
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:7:a:b:c:d', '2001:db8:0:7'],
  ])('is the network of a stranger: %s', (address, network) => {
    expect(payerOf(null, address)).toEqual({ key: `address ${network}`, isSignedIn: false });
  });
});
