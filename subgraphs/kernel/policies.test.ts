import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { isKnownPolicy, meetsPolicy } from './policies.ts';

const lead: Caller = {
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Demo Lead',
  role: 'DATA_LEAD',
  school: '900001',
  scopes: ['role:TEACHER'],
  client: { name: 'web', version: '1.0.0' },
};

describe('a policy', () => {
  it.each(['signed-in', 'kind:person', 'role:DATA_LEAD', 'school:900001', 'client:web'])(
    '%s is a fact of its caller',
    (policy) => {
      expect(meetsPolicy(lead, policy)).toBe(true);
      expect(isKnownPolicy(policy)).toBe(true);
    },
  );

  it.each(['kind:app', 'role:TEACHER', 'school:900002', 'client:timetable-app', 'client:web2'])(
    '%s is no fact of another',
    (policy) => {
      expect(meetsPolicy(lead, policy)).toBe(false);
      expect(isKnownPolicy(policy)).toBe(true);
    },
  );

  it.each([
    'nobody-knows',
    '',
    ':',
    'kind',
    'kind:',
    'kind:robot',
    'role:data_lead',
    'role: DATA_LEAD',
    'school:0900001',
    'school:',
    'client:',
    'signed-in:web',
    'constructor:name',
    'toString',
    'scopes:role:TEACHER',
    'name:Demo Lead',
  ])('%s is not known, and nobody meets it', (policy) => {
    expect(meetsPolicy(lead, policy)).toBe(false);
    expect(isKnownPolicy(policy)).toBe(false);
  });

  it('of a client or a school is not met by who has none', () => {
    const analyst: Caller = { ...lead, role: 'ANALYST', school: null, client: null };
    for (const policy of ['client:null', 'client:', 'school:null', 'school:'])
      expect(meetsPolicy(analyst, policy), policy).toBe(false);
  });
});
