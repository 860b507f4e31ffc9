/** What a line of the register makes of the school that is known. */
import type { RegisteredSchool } from './gias-record.ts';
import type { School } from './school.ts';

type SchoolUpdate = { readonly kind: 'added' | 'changed'; readonly school: School } | { readonly kind: 'unchanged' };

const UNKNOWN = { establishmentNumber: null, closedOn: null, telephone: null, dfeNumber: null } as const;

/** `known`: the school with this URN, or null. What the file has no column for stays. */
export function updateSchool(known: School | null, registered: RegisteredSchool): SchoolUpdate {
  const told: School = { ...UNKNOWN, ...known, ...registered };
  const school = { ...told, dfeNumber: dfeNumberOf(told) };
  if (!known) return { kind: 'added', school };
  return sameSchool(known, school) ? { kind: 'unchanged' } : { kind: 'changed', school };
}

const dfeNumberOf = ({ localAuthorityCode, establishmentNumber }: School): string | null =>
  localAuthorityCode && establishmentNumber ? `${localAuthorityCode}/${establishmentNumber}` : null;

const sameSchool = (known: School, school: School): boolean =>
  (Object.keys(school) as (keyof School)[]).every((property) => same(known[property], school[property]));

const same = (one: School[keyof School], other: School[keyof School]): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((line, index) => line === other[index])
    : one === other;
