/** Which scopes a role brings: the table of roles. A caller never holds the rights of two roles at once. */
import type { Role } from '../../subgraphs/kernel/caller.ts';

export const EVERY_SCOPE = [
  'schools:read',
  'students:read',
  'students:legal',
  'students:identifiers',
  'students:contacts',
  'students:address',
  'students:health',
  'students:support',
  'students:send',
  'students:eligibility',
  'students:catering',
  'students:picture',
  'students:write',
  'students:welfare',
  'attendance:read',
  'attendance:write',
  'notes:read',
  'notes:write',
  'assessments:read',
  'assessments:write',
  'courses:read',
  'courses:write',
  'sharing:manage',
  'emergency:open',
  'roster:sync',
  'leavers:manage',
  'transfers:manage',
  'participants:read',
  'disclosures:read',
  'access:manage',
] as const;

export type Scope = (typeof EVERY_SCOPE)[number];

/** Every role at a school knows the schools, and can break the glass for a child who is taught there. */
const AT_A_SCHOOL = ['schools:read', 'emergency:open'] as const;

const SENCO: readonly Scope[] = [
  ...AT_A_SCHOOL,
  'students:read',
  'students:write',
  'students:legal',
  'students:contacts',
  'students:health',
  'students:support',
  'students:send',
  'students:picture',
  'notes:read',
  'notes:write',
  'attendance:read',
  'assessments:read',
];

/** Of other people than pupils, or of the graph itself: no school's own data lead holds them. */
const NOT_A_SCHOOLS: ReadonlySet<Scope> = new Set(['participants:read', 'access:manage']);

const SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  TEACHER: [
    ...AT_A_SCHOOL,
    'students:read',
    'students:contacts',
    'students:health',
    'students:support',
    'students:picture',
    'attendance:read',
    'attendance:write',
    'notes:read',
    'notes:write',
    'assessments:read',
    'assessments:write',
    'courses:read',
  ],
  ATTENDANCE_OFFICE: [
    ...AT_A_SCHOOL,
    'students:read',
    'students:write',
    'students:legal',
    'students:contacts',
    'students:address',
    'students:health',
    'attendance:read',
    'attendance:write',
    'notes:read',
    'notes:write',
  ],
  SENCO,
  DESIGNATED_LEAD: [...SENCO, 'students:eligibility', 'students:address', 'students:welfare'],
  EXAMS_OFFICER: [
    ...AT_A_SCHOOL,
    'students:read',
    'students:legal',
    'students:identifiers',
    'students:support',
    'assessments:read',
    'courses:read',
  ],
  CATERING: [...AT_A_SCHOOL, 'students:read', 'students:catering'],
  DATA_LEAD: EVERY_SCOPE.filter((scope) => !NOT_A_SCHOOLS.has(scope)),
  SUPPORT: ['access:manage'],
  ANALYST: [],
};

/** Roles of the graph's own people, who are at no school. */
const AT_NO_SCHOOL: ReadonlySet<Role> = new Set(['SUPPORT', 'ANALYST']);

export const isAtSchool = (role: Role): boolean => !AT_NO_SCHOOL.has(role);

export const scopesOf = (role: Role): readonly Scope[] => SCOPES[role];
