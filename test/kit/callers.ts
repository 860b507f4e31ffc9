/** Callers as the gateway would make them from a token. */
import { randomUUID } from 'node:crypto';
import { scopesOf } from '../../gateway/auth/roles.ts';
import type { Caller, Role } from '../../subgraphs/kernel/caller.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';

/** A person of the demo, by e-mail: `callerOf('data-lead@birchwood.example')`. */
export function callerOf(email: string): Caller {
  const { id, name, role, school } = demoStaff(email);
  return { subject: id, kind: 'person', name, role, school, scopes: scopesOf(role), client: null };
}

/** Any role at any school (null: at none), as somebody new; `subject` makes it somebody known. */
export const callerAs = (role: Role, school: string | null, subject: string = randomUUID()): Caller => ({
  subject,
  kind: 'person',
  name: 'Una Tester',
  role,
  school,
  scopes: scopesOf(role),
  client: null,
});
