/** What the caller's school has of guest profiles: loads what the decision needs, for many profiles at once. */
import type { Session } from '../../kernel/database/transaction.ts';
import { accessAgreement, agreementThatCounts, isInForce } from '../domain/agreement.ts';
import { isTaughtOn } from '../domain/guest-periods.ts';
import { type AccessByRow, accessByRow, type RecordedOverride } from '../domain/profile-access.ts';
import type { GuestProfileRow } from './load-guest-profiles.ts';
import { type AgreementRow, agreementsBetween, overridesBetween } from './load-partnerships.ts';

export interface LoadedAccess {
  byRow: AccessByRow;
  /** The home school's, for the profile's teaching school. */
  overrides: RecordedOverride[];
  /** The one in force today between the two schools, or null. */
  agreement: AgreementRow | null;
}

/** In the order of the profiles. Two statements, however many profiles there are. */
export async function loadAccess(
  session: Session,
  profiles: readonly GuestProfileRow[],
  loadOverrides = overridesBetween,
): Promise<LoadedAccess[]> {
  const pairs = [...new Map(profiles.map((profile) => [pairOf(profile), profile])).values()];
  const homes = pairs.map((each) => each.homeSchoolUrn);
  const teachings = pairs.map((each) => each.teachingSchoolUrn);
  const agreements = await agreementsBetween(session, homes, teachings);
  const overrides = await loadOverrides(session, homes, teachings);
  return profiles.map((profile) =>
    accessOf(
      session,
      profile,
      agreements.filter((each) => pairOf(each) === pairOf(profile)),
      overrides.filter((each) => each.homeSchool === profile.homeSchoolUrn),
    ),
  );
}

function accessOf(
  { school, today }: Session,
  profile: GuestProfileRow,
  agreements: readonly AgreementRow[],
  overrides: RecordedOverride[],
): LoadedAccess {
  const counting = agreementThatCounts(agreements, today);
  const terms = counting && accessAgreement(counting);
  return {
    byRow: accessByRow(accessProfile(profile, today), school ?? '', overrides, terms, today),
    overrides,
    agreement: counting && isInForce(counting, today) ? counting : null,
  };
}

const accessProfile = (profile: GuestProfileRow, today: string) => ({
  homeSchool: profile.homeSchoolUrn,
  teachingSchool: profile.teachingSchoolUrn,
  studentId: profile.studentId,
  protectedDetails: profile.protectedDetails,
  startsOn: profile.startsOn,
  endsOn: profile.endsOn,
  taughtToday: isTaughtOn(profile.periods, today),
});

const pairOf = ({ homeSchoolUrn, teachingSchoolUrn }: { homeSchoolUrn: string; teachingSchoolUrn: string }): string =>
  `${homeSchoolUrn} ${teachingSchoolUrn}`;
