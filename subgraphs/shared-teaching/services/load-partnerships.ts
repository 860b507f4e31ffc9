/** Partnerships, agreements and overrides as rows. Row-level security leaves out what the caller's school is no party to. */
import { type RawBuilder, sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { Access } from '../../kernel/guest-access/matrix.ts';
import { type AgreementTerms, isInForce } from '../domain/agreement.ts';
import type { RecordedOverride } from '../domain/profile-access.ts';

/** Ids are UUIDs. */
export interface PartnershipRow {
  id: string;
  homeSchoolUrn: string;
  teachingSchoolUrn: string;
}

export interface AgreementRow extends AgreementTerms {
  id: string;
  partnershipId: string;
  homeSchoolUrn: string;
  teachingSchoolUrn: string;
  purpose: string;
  lawfulBases: string[];
  fieldsCovered: string[];
  reviewOn: string;
}

interface OverrideRow extends RecordedOverride {
  homeSchool: string;
}

export async function partnerships({ db }: Session): Promise<PartnershipRow[]> {
  const { rows } = await sql<PartnershipRow>`
    select id, home_school_urn as "homeSchoolUrn", teaching_school_urn as "teachingSchoolUrn"
    from shared_teaching.partnership order by home_school_urn, teaching_school_urn`.execute(db);
  return rows;
}

/** Newest first. */
export async function agreementsOfPartnerships({ db }: Session, ids: readonly string[]): Promise<AgreementRow[]> {
  const { rows } = await sql<AgreementRow>`
    ${AGREEMENT} where partnership_id = any(${ids}::uuid[]) order by in_force_from desc, id desc`.execute(db);
  return rows;
}

/** Whether it is signed by both schools and today lies within it. */
export const agreementInForce = (agreement: AgreementRow, { today }: Session): boolean => isInForce(agreement, today);

/** Those between a home school and a teaching school, for each pair. */
export async function agreementsBetween(
  { db }: Session,
  homeSchools: readonly string[],
  teachingSchools: readonly string[],
): Promise<AgreementRow[]> {
  const { rows } = await sql<AgreementRow>`${AGREEMENT}
    where (home_school_urn, teaching_school_urn) in (
      select * from unnest(${homeSchools}::text[], ${teachingSchools}::text[]))`.execute(db);
  return rows;
}

const AGREEMENT = sql`
  select id, partnership_id as "partnershipId", home_school_urn as "homeSchoolUrn",
    teaching_school_urn as "teachingSchoolUrn", purpose, fields_covered as "fieldsCovered",
    lawful_bases as "lawfulBases", in_force_from as "inForceFrom", in_force_to as "inForceTo", review_on as "reviewOn",
    home_signed_on as "homeSignedOn", teaching_signed_on as "teachingSignedOn", lead_in_days as "leadInDays",
    run_out_to as "runOutTo"
  from shared_teaching.agreement`;

/** The overrides that hold now, for each pair. */
export const overridesBetween = (
  session: Session,
  homeSchools: readonly string[],
  teachingSchools: readonly string[],
): Promise<OverrideRow[]> =>
  overridesFrom(
    session,
    sql`shared_teaching.access_override where (home_school_urn, teaching_school_urn) in (
      select * from unnest(${homeSchools}::text[], ${teachingSchools}::text[]))`,
  );

/** Those that hold now for some guests of the caller's school, also for those whom a teacher does not teach. */
export const overridesInEmergency = (session: Session, profileIds: readonly string[]): Promise<OverrideRow[]> =>
  overridesFrom(session, sql`shared_teaching.emergency_overrides(${profileIds}::uuid[]) where true`);

/** `source`: a table and a condition. */
async function overridesFrom({ db }: Session, source: RawBuilder<unknown>): Promise<OverrideRow[]> {
  const { rows } = await sql<Omit<OverrideRow, 'setAt'> & { access: Access; setAt: string }>`
    select home_school_urn as "homeSchool", teaching_school_urn as "teachingSchool", student_id as "studentId", field,
      access, set_by_name as "setBy", set_at as "setAt"
    from ${source} and ended_at is null`.execute(db);
  return rows.map((row) => ({ ...row, setAt: new Date(row.setAt) }));
}
