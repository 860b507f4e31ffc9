/** The demo's people who sign in. Plainly invented; `.example` is nobody's (RFC 2606). */
import { v5 } from 'uuid';
import type { Role } from '../caller.ts';
import { ALDER, BIRCHWOOD, CEDAR } from './schools.ts';

interface DemoStaff {
  email: string;
  name: string;
  role: Role;
  school: string | null;
}

export const DEMO_STAFF: readonly DemoStaff[] = [
  { email: 'data-lead@alder.example', name: 'Ada Alderson', role: 'DATA_LEAD', school: ALDER },
  { email: 'teacher@alder.example', name: 'Tom Alderton', role: 'TEACHER', school: ALDER },
  { email: 'data-lead@birchwood.example', name: 'Bea Birchall', role: 'DATA_LEAD', school: BIRCHWOOD },
  { email: 'teacher@birchwood.example', name: 'Tess Birkett', role: 'TEACHER', school: BIRCHWOOD },
  { email: 'data-lead@cedar.example', name: 'Cal Cedarly', role: 'DATA_LEAD', school: CEDAR },
  { email: 'teacher@cedar.example', name: 'Tia Cedarwood', role: 'TEACHER', school: CEDAR },
  { email: 'support@schoolgraph.example', name: 'Sam Supporter', role: 'SUPPORT', school: null },
  { email: 'analyst@schoolgraph.example', name: 'Ana Lystone', role: 'ANALYST', school: null },
];

const NAMESPACE = '6f1d4c1e-0000-5000-8000-5c4001900001';

/** The same person has the same id in every database of the demo. */
export const demoStaffId = (email: string): string => v5(email, NAMESPACE);

/** The demo person with this address. Throws where there is none. */
export function demoStaff(email: string): DemoStaff & { id: string } {
  const person = DEMO_STAFF.find((each) => each.email === email);
  if (!person)
    throw new Error(`No demo user has that address. There are: ${DEMO_STAFF.map((each) => each.email).join(', ')}.`);
  return { ...person, id: demoStaffId(email) };
}
