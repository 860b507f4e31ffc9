/**
 * What a teaching school changes of its guest. Of all rows of a home record one can be opened to it: access arrangements,
 * to which it adds evidence of its own. The arrangements themselves stay the home school's.
 */
import { InvalidInput } from '../../kernel/errors.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import type { AccessArrangementType } from '../domain/codes.ts';
import { list, note, type Place, placeAt, text } from '../domain/input.ts';
import { AccessArrangementEvidence } from '../entities/access-arrangement-evidence.ts';
import { givenFields, requireReadable } from './field-scopes.ts';
import { grantToEdit } from './grant-to-edit.ts';
import { type GuestProfile, openProfile } from './guest-fields.ts';

interface EvidenceInput {
  arrangement: AccessArrangementType;
  text: string;
}

/** Every other field of the input is a row of the guest matrix, and none of them can be opened for editing. */
interface GuestProfileInput {
  guestProfileId: string;
  accessArrangements?: readonly EvidenceInput[] | null | undefined;
}

export async function updateGuestProfile(
  call: Context,
  { guestProfileId, ...changes }: GuestProfileInput,
): Promise<GuestProfile> {
  const caller = signedIn(call);
  const fields = givenFields(changes);
  const grant = grantToEdit(call, guestProfileId, fields);
  requireReadable(caller, fields);
  const profile = await openProfile(call, grant);
  if (changes.accessArrangements !== undefined) await addEvidence(call, profile, changes.accessArrangements);
  return profile;
}

async function addEvidence(
  call: Context,
  { student: { homeSchoolUrn, id: studentId } }: GuestProfile,
  given: readonly EvidenceInput[] | null,
): Promise<void> {
  const [caller, school] = [signedIn(call), schoolOf(call)];
  for (const evidence of await readEvidence(call, { homeSchoolUrn, id: studentId }, given))
    call.em.create(AccessArrangementEvidence, {
      ...evidence,
      id: newUuid(),
      homeSchoolUrn,
      studentId,
      recordedOn: call.today,
      recordedBySchool: school,
      recordedByName: caller.name,
      recordedBySubject: caller.subject,
    });
  await call.em.flush();
}

/** Evidence is of an arrangement that the home school has recorded. Throws InvalidInput with all that is wrong. */
async function readEvidence(
  { loaders }: Context,
  student: { homeSchoolUrn: string; id: string },
  given: readonly EvidenceInput[] | null,
): Promise<EvidenceInput[]> {
  const place: Place = { field: 'accessArrangements', problems: [] };
  const arrangements = (await loaders.accessArrangements.load(student)).map(({ arrangement }) => arrangement);
  const readOne = ({ arrangement, text: words }: EvidenceInput, at: Place): EvidenceInput => {
    if (!arrangements.includes(arrangement))
      note(placeAt(at, 'arrangement'), 'Expected an arrangement that the home school has recorded for the student.');
    return { arrangement, text: text(2_000)(words, placeAt(at, 'text')) };
  };
  if (given === null) note(place, 'Expected evidence to add: what was recorded is never taken away.');
  const read = list(readOne, 30)(given ?? [], place);
  if (place.problems.length > 0) throw new InvalidInput(...place.problems);
  return read;
}
