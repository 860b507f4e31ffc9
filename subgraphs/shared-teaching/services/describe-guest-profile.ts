/** What a guest profile tells beside its row: its academic years, and what the caller's school may do with each field. */
import type { Session } from '../../kernel/database/transaction.ts';
import { GUEST_FIELDS } from '../../kernel/guest-access/matrix.ts';
import { type AcademicYearPart, academicYearParts } from '../domain/guest-periods.ts';
import { type ExplainedAccess, explainedAccess } from '../domain/profile-access.ts';
import type { LoadedAccess } from './load-access.ts';
import type { GuestProfileRow } from './load-guest-profiles.ts';

export const academicYearEnrolments = ({ periods }: GuestProfileRow, { today }: Session): AcademicYearPart[] =>
  academicYearParts(periods, today);

/**
 * Every row of the matrix, in its order. Rows that would tell of protected details are left out for callers who read
 * neither address nor contacts, and so do not learn of them otherwise.
 */
export function fieldAccess(
  { studentId, homeSchoolUrn, teachingSchoolUrn, homeTelephone }: GuestProfileRow,
  { byRow, overrides }: LoadedAccess,
  { school, caller }: Session,
): ExplainedAccess[] {
  const scopes = caller && 'scopes' in caller ? caller.scopes : [];
  const mayLearn = ['students:address', 'students:contacts'].some((scope) => scopes.includes(scope));
  const guest = { teachingSchool: teachingSchoolUrn, studentId, atHome: school === homeSchoolUrn, homeTelephone };
  return GUEST_FIELDS.filter(({ protectable }) => mayLearn || !protectable).flatMap((field) => {
    const decided = byRow.get(field.name);
    return decided ? [explainedAccess(field, decided, guest, overrides)] : [];
  });
}
