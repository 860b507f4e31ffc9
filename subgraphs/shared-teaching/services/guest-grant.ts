/** What a guest grant says: this subgraph's word, which the others obey. */
import type { Grant } from '../../kernel/guest-access/grant.ts';
import type { LoadedAccess } from './load-access.ts';
import type { GuestProfileRow } from './load-guest-profiles.ts';

/** Signed by the caller of this function, for one caller and one minute. */
export const guestGrant = (profile: GuestProfileRow, { byRow, agreement }: LoadedAccess): Grant => ({
  profile: profile.id,
  student: profile.studentId,
  homeSchool: profile.homeSchoolUrn,
  teachingSchool: profile.teachingSchoolUrn,
  agreement: agreement?.id ?? null,
  purpose: agreement?.purpose ?? NO_PURPOSE,
  access: byRow,
});

const NO_PURPOSE = 'None agreed: own records, dates, and the vital interests of the student';
