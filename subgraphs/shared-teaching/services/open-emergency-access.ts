import { sql } from 'kysely';
import type { Caller, PersonCaller } from '../../kernel/caller.ts';
import { InvalidInput, Refused } from '../../kernel/errors.ts';
import { emit } from '../../kernel/events/emit.ts';
import { decodeId, newUuid } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import { mayBeOpened, openUntil, readReason } from '../domain/emergency-access.ts';
import { EmergencyAccess } from '../entities/emergency-access.ts';
import { openAccessOf } from './load-emergency-accesses.ts';
import type { GuestProfileRow } from './load-guest-profiles.ts';

/**
 * Opens contacts and health of a guest to whoever asks, for a quarter of an hour, and tells the home school. One that is
 * open already stays as it is: asking again does not make it longer, nor keep another reason.
 */
export async function openEmergencyAccess(
  call: Context,
  { guestProfileId, reason: text }: { guestProfileId: string; reason: string },
): Promise<{ id: string; alreadyOpen: boolean }> {
  const caller = person(call);
  const reason = readReason(text);
  if (!reason.ok) throw new InvalidInput({ code: 'INVALID', field: 'reason', message: reason.expected });
  const profile = await guestTaughtHere(call, guestProfileId);
  await oneAtATime(call, caller, profile);
  const opener = { guestProfileId: profile.id, openedBy: caller.subject, openedByRole: caller.role };
  const open = await openAccessOf(call, opener);
  if (open) return { id: open.id, alreadyOpen: true };
  const opening = { ...opener, openedByName: caller.name, reason: reason.value };
  return { id: await record(call, profile, opening), alreadyOpen: false };
}

/** An app has nobody who looks after the child. */
function person(call: Context): PersonCaller {
  const caller = signedIn(call);
  if (caller.kind !== 'person') throw new Refused('FORBIDDEN', 'Only a person opens an emergency access.');
  return caller;
}

async function guestTaughtHere(call: Context, guestProfileId: string): Promise<GuestProfileRow> {
  const id = decodeId('GuestProfile', guestProfileId);
  const guest = id === null ? null : await call.loaders.emergencyGuest.load(id);
  if (guest && mayBeOpened(guest.profile, schoolOf(call), call.today)) return guest.profile;
  throw new InvalidInput({
    code: 'NOT_FOUND',
    field: 'guestProfileId',
    message: 'No guest who is taught at your school today has this id.',
  });
}

/** Of two requests of one person at once, the second finds what the first has opened. */
async function oneAtATime({ db }: Context, { subject }: Caller, { id }: GuestProfileRow): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`emergency ${subject} ${id}`}, 0))`.execute(db);
}

interface Opening {
  guestProfileId: string;
  openedBy: string;
  openedByRole: PersonCaller['role'];
  openedByName: string;
  reason: string;
}

async function record(call: Context, profile: GuestProfileRow, opening: Opening): Promise<string> {
  const { homeSchoolUrn, teachingSchoolUrn, studentId } = profile;
  const [id, openedAt, until] = [newUuid(), call.now, openUntil(call.now)];
  const values = { ...opening, id, homeSchoolUrn, teachingSchoolUrn, studentId, openedAt, until };
  call.em.create(EmergencyAccess, values, { persist: true });
  await call.em.flush();
  await emit(call, 'emergency-access.opened', {
    schoolUrn: homeSchoolUrn,
    aggregateId: id,
    version: 1,
    teachingSchoolUrn,
    studentId,
    guestProfileId: profile.id,
    openedBy: opening.openedBy,
    openedAt: openedAt.toISOString(),
    until: until.toISOString(),
  });
  return id;
}
