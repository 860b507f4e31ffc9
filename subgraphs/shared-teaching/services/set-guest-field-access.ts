import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput, type UserError } from '../../kernel/errors.ts';
import { accessSetByHome, overrideProblem } from '../../kernel/guest-access/effective-access.ts';
import {
  type Access,
  canOverride,
  GUEST_FIELDS,
  type GuestField,
  guestField,
} from '../../kernel/guest-access/matrix.ts';
import { decodeId, newUuid } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import { overrideRefusal } from '../domain/override-refusal.ts';
import { type ExplainedAccess, explainedAccess } from '../domain/profile-access.ts';
import { AccessOverride } from '../entities/access-override.ts';
import { overridesBetween } from './load-partnerships.ts';

interface FieldAccessInput {
  teachingSchoolUrn: string;
  /** Left out: every guest there. */
  studentId?: string | null | undefined;
  field: string;
  /** Null or left out takes the override away. */
  access?: Access | null | undefined;
}

/** Sets what a teaching school has of one field, and says what now stands for a guest within dates and agreement. */
export async function setGuestFieldAccess(session: Session, input: FieldAccessInput): Promise<ExplainedAccess> {
  const home = schoolOf(session);
  const { teachingSchoolUrn: teachingSchool, studentId: givenStudent = null, access = null } = input;
  await requirePartner(session, home, teachingSchool);
  const studentId = givenStudent === null ? null : await requireStudent(session, home, givenStudent);
  const field = requireField(input.field);
  requireWithinBounds(field, access);
  await replaceOverride(session, { homeSchoolUrn: home, teachingSchoolUrn: teachingSchool, studentId }, field, access);
  const overrides = await overridesBetween(session, [home], [teachingSchool]);
  const guest = { teachingSchool, studentId };
  return explainedAccess(
    field,
    accessSetByHome(field, guest, overrides),
    { ...guest, ...FOR_TEACHING_SCHOOL },
    overrides,
  );
}

/** Locks the partnership: of two who set the same field at once, the second replaces what the first has set. */
async function requirePartner({ db }: Session, home: string, teaching: string): Promise<void> {
  const { rows } = await sql`
    select from shared_teaching.partnership
    where home_school_urn = ${home} and teaching_school_urn = ${teaching} for no key update`.execute(db);
  if (rows.length === 0)
    throw new InvalidInput(notFound('teachingSchoolUrn', 'No school with this URN teaches students of yours.'));
}

async function requireStudent({ db }: Session, home: string, studentId: string): Promise<string> {
  const id = decodeId('Student', studentId);
  const { rows } = await sql<{ id: string }>`
    select id from shared_teaching.student where home_school_urn = ${home} and id = ${id}`.execute(db);
  if (!rows[0]) throw new InvalidInput(notFound('studentId', 'No student of your school has this id.'));
  return rows[0].id;
}

function requireField(name: string): GuestField {
  const field = guestField(name);
  if (field) return field;
  const names = GUEST_FIELDS.filter(canOverride).map((each) => each.name);
  throw new InvalidInput({
    code: 'UNKNOWN_FIELD',
    field: 'field',
    message: `Expected a row of the guest matrix that can be overridden: ${names.join(', ')}.`,
  });
}

function requireWithinBounds(field: GuestField, access: Access | null): void {
  const problem = access === null ? (canOverride(field) ? null : 'NOT_OVERRIDABLE') : overrideProblem(field, access);
  if (problem) throw new InvalidInput(overrideRefusal(field, problem));
}

/** What was set before stays in the record, with its end. */
async function replaceOverride(
  session: Session,
  guests: { homeSchoolUrn: string; teachingSchoolUrn: string; studentId: string | null },
  field: GuestField,
  access: Access | null,
): Promise<void> {
  const { em, now } = session;
  const { subject, name } = signedIn(session);
  const active = await em.find(AccessOverride, { ...guests, field: field.name, endedAt: null });
  for (const each of active) em.assign(each, { endedBy: subject, endedByName: name, endedAt: now });
  // the unit of work inserts before it updates, and only one may be active
  await em.flush();
  if (access === null) return;
  const values = { ...guests, id: newUuid(), field: field.name, access, setBy: subject, setByName: name, setAt: now };
  em.create(AccessOverride, { ...values, endedBy: null, endedByName: null, endedAt: null }, { persist: true });
  await em.flush();
}

/** What is set is explained as the teaching school has it; no student's details, so nobody to call. */
const FOR_TEACHING_SCHOOL = { atHome: false, homeTelephone: null };

const notFound = (field: string, message: string): UserError => ({ code: 'NOT_FOUND', field, message });
