/** What a guest grant says: this subgraph's word, which the others obey. */
import type { Session } from '../../kernel/database/transaction.ts';
import type { Grant } from '../../kernel/guest-access/grant.ts';
import { OWN_RECORD_PURPOSE } from '../../kernel/record/subject.ts';
import type { LoadedAccess } from './load-access.ts';
import type { GuestProfileRow } from './load-guest-profiles.ts';

/** For a caller of `school`: the home school reads its own record, a teaching school under the agreement in force. */
export const guestGrant = (
  profile: GuestProfileRow,
  { byRow, agreement }: LoadedAccess,
  { school }: Pick<Session, 'school'>,
): Grant => ({
  profile: profile.id,
  student: profile.studentId,
  homeSchool: profile.homeSchoolUrn,
  teachingSchool: profile.teachingSchoolUrn,
  access: byRow,
  ...(school === profile.homeSchoolUrn
    ? { agreement: null, purpose: OWN_RECORD_PURPOSE }
    : { agreement: agreement?.id ?? null, purpose: agreement?.purpose ?? WITHOUT_AGREEMENT }),
});

const WITHOUT_AGREEMENT = 'No agreement in force: own records, dates, and the vital interests of the student';
