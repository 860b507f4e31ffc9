/**
 * The fields of a guest profile: which rows of the guest matrix decide on each, and what happens where they are hidden.
 * A hidden field is null and told in `extensions.guestAccess`, the same whether or not the record holds a value.
 */
import { Refused } from '../../kernel/errors.ts';
import type { Grant } from '../../kernel/guest-access/grant.ts';
import { guestId } from '../../kernel/guest-access/guest-id.ts';
import { decodeId } from '../../kernel/ids.ts';
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { AbsenceNoteRow, Context, PinnedItemRow, StudentRow } from '../context.ts';
import { accessTo, notesShown } from '../domain/guest-view.ts';
import { pinnedItemsShown } from '../domain/pinned-items.ts';
import { NEWEST_NOTES } from '../loaders/records.ts';
import type { ProfileReading } from './profile-fields.ts';

export interface GuestProfile {
  /** UUID. */
  id: string;
  grant: Grant;
  student: StudentRow;
}

/**
 * The profile that a grant of this call opens. The student is the grant's, whatever else was sent along.
 * Throws Refused GRANT_REFUSED, with one text whatever the reason.
 */
export async function guestProfileOf(call: Context, { id, guestGrant }: { id: string; guestGrant?: unknown }) {
  const grant = typeof guestGrant === 'string' ? call.grants.byText.get(guestGrant) : undefined;
  if (!grant || grant.emergencyAccess !== undefined || grant.profile !== decodeId('GuestProfile', String(id)))
    throw refusedGrant();
  return openProfile(call, grant);
}

/**
 * The same of what was opened in an emergency: by a grant that was made for just that, and no other. Null where none was
 * made: whoever lists what others opened reads nothing of it.
 */
export async function emergencyGuestOf(
  call: Context,
  { id, emergencyGrant }: { id: string; emergencyGrant?: unknown },
): Promise<GuestProfile | null> {
  if (emergencyGrant === null) return null;
  const grant = typeof emergencyGrant === 'string' ? call.grants.byText.get(emergencyGrant) : undefined;
  const opened = decodeId('EmergencyAccess', String(id));
  if (!grant || opened === null || grant.emergencyAccess !== opened) throw refusedGrant();
  return openProfile(call, grant);
}

/** Throws Refused GRANT_REFUSED where the home school that the grant names does not hold the student. */
export async function openProfile(call: Context, grant: Grant): Promise<GuestProfile> {
  const student = await call.loaders.student.load({ homeSchoolUrn: grant.homeSchool, id: grant.student });
  if (!student) throw refusedGrant();
  return { id: grant.profile, grant, student };
}

const refusedGrant = (): Refused =>
  new Refused(
    'GRANT_REFUSED',
    'A guest profile is read with a grant made for it and for this caller, not a minute ago.',
  );

/** Whether the row is shown; where it is not, the answer will say so. */
function isShown(profile: GuestProfile, row: string, call: Context): boolean {
  const { access, reason } = accessOf(profile, row, call);
  if (access !== 'HIDDEN') return true;
  call.hidden.add({ guestProfileId: guestId(profile.grant), field: row, reason });
  return false;
}

const accessOf = ({ grant, student }: GuestProfile, row: string, { school }: Context) =>
  accessTo(row, { grant, protectedDetails: student.protectedDetails, callerSchool: school });

/** Reads a field of the home record where the row of that name is shown. */
export const guestField =
  <Args, Value>(row: string, read: (reading: ProfileReading, args: Args) => Value) =>
  (profile: GuestProfile, args: Args, call: Context): Value | null =>
    isShown(profile, row, call) ? read({ student: profile.student, grant: profile.grant, call }, args) : null;

/** Two rows, note by note: null only where both are hidden. */
export async function guestAbsenceNotes(profile: GuestProfile, call: Context): Promise<AbsenceNoteRow[] | null> {
  const [home, own] = [isShown(profile, 'homeAbsenceNotes', call), isShown(profile, 'ownAbsenceNotes', call)];
  if (!home && !own) return null;
  const { homeSchool, student: id } = profile.grant;
  const notes = await call.loaders.absenceNotes.load({ homeSchoolUrn: homeSchool, id });
  return notesShown(notes, { homeSchool, callerSchool: call.school, home, own }).slice(0, NEWEST_NOTES);
}

/** Each item has the access of what it is about. Those left out are not told of: that would tell that they are there. */
export async function guestPinnedItems(profile: GuestProfile, call: Context): Promise<PinnedItemRow[] | null> {
  if (!isShown(profile, 'pinnedItems', call)) return null;
  const { homeSchool, student: id } = profile.grant;
  return pinnedItemsShown(await call.loaders.pinnedItems.load({ homeSchoolUrn: homeSchool, id }), {
    today: call.today,
    scopes: signedIn(call).scopes,
    shows: (row) => accessOf(profile, row, call).access !== 'HIDDEN',
  });
}
