/** Callers as the gateway would make them from a token. */
import { randomUUID } from 'node:crypto';
import { scopesOf } from '../../gateway/auth/roles.ts';
import type { AppCaller, PersonCaller, Role } from '../../subgraphs/kernel/caller.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';

/** A person of the demo, by e-mail: `callerOf('data-lead@birchwood.example')`. */
export function callerOf(email: string): PersonCaller {
  const { id, name, role, school } = demoStaff(email);
  return { subject: id, kind: 'person', name, role, school, scopes: scopesOf(role), client: null };
}

/** Any role at any school (null: at none), as somebody new; `subject` makes it somebody known. */
export const callerAs = (role: Role, school: string | null, subject: string = randomUUID()): PersonCaller => ({
  subject,
  kind: 'person',
  name: 'Una Tester',
  role,
  school,
  scopes: scopesOf(role),
  client: null,
});

/** An app on behalf of a school, as somebody new; `subject` makes it somebody known. */
export const appAt = (school: string, scopes: readonly string[], subject: string = randomUUID()): AppCaller => ({
  subject,
  kind: 'app',
  name: 'An app',
  role: 'APP',
  school,
  scopes,
  client: { name: 'an-app', version: null },
  grant: { id: randomUUID(), purpose: 'testing' },
});
