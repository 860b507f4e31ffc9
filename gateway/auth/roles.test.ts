import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../subgraphs/kernel/caller.ts';
import { isAtSchool, scopesOf } from './roles.ts';

/** The table of roles as the access policy writes it: a word without a colon is a scope of `students`. */
const POLICY: Readonly<Record<Role, string>> = {
  TEACHER: 'read, contacts, health, support, picture, attendance rw, notes rw, assessments rw, courses:read',
  ATTENDANCE_OFFICE: 'read, write, legal, contacts, address, health, attendance rw, notes rw',
  SENCO: 'read, write, legal, contacts, health, support, send, picture, notes rw, attendance:read, assessments:read',
  DESIGNATED_LEAD:
    'read, write, legal, contacts, health, support, send, picture, notes rw, attendance:read, assessments:read, eligibility, address, welfare',
  EXAMS_OFFICER: 'read, legal, identifiers, support, assessments:read, courses:read',
  CATERING: 'read, catering',
  DATA_LEAD:
    'read, legal, identifiers, contacts, address, health, support, send, eligibility, catering, picture, write, welfare, attendance rw, notes rw, assessments rw, courses rw, sharing:manage, roster:sync, leavers:manage, transfers:manage, disclosures:read',
  SUPPORT: 'access:manage',
  ANALYST: '',
};

function scopesOfPolicy(text: string): string[] {
  return text.split(', ').flatMap((word) => {
    if (word === '') return [];
    if (word.endsWith(' rw')) return [`${word.slice(0, -3)}:read`, `${word.slice(0, -3)}:write`];
    return word.includes(':') ? [word] : [`students:${word}`];
  });
}

describe('roles', () => {
  it.each(ROLES)('%s has the scopes of the policy, and no other', (role) => {
    const expected = [...(isAtSchool(role) ? ['schools:read', 'emergency:open'] : []), ...scopesOfPolicy(POLICY[role])];
    expect([...scopesOf(role)].sort()).toEqual(expected.sort());
  });

  it('SUPPORT and ANALYST are at no school, every other role is at one', () => {
    expect(ROLES.filter((role) => !isAtSchool(role))).toEqual(['SUPPORT', 'ANALYST']);
  });

  it('no role of a school reads participants or manages access', () => {
    const held = ROLES.filter(isAtSchool).flatMap(scopesOf);
    expect(held).not.toContain('participants:read');
    expect(held).not.toContain('access:manage');
  });
});
