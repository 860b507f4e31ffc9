import { decodeId, encodeId } from '../../kernel/ids.ts';
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import { academicYearEnrolments, fieldAccess } from '../services/describe-guest-profile.ts';
import { guestGrant } from '../services/guest-grant.ts';
import type { GuestProfileRow } from '../services/load-guest-profiles.ts';
import type { GuestProfileResolvers } from './types.generated.ts';

/** The profile with an id as in the graph, or null: the same for another school's, an absent one, and no id at all. */
export async function guestProfileOf(id: string, { loaders }: Context): Promise<GuestProfileRow | null> {
  const uuid = decodeId('GuestProfile', id);
  return uuid === null ? null : loaders.guestProfile.load(uuid);
}

export const GuestProfile: GuestProfileResolvers = {
  __resolveReference: ({ id }, call) => guestProfileOf(id, call),
  id: ({ id }) => encodeId('GuestProfile', id),
  homeSchool: ({ homeSchoolUrn }) => ({ urn: homeSchoolUrn }),
  teachingSchool: ({ teachingSchoolUrn }) => ({ urn: teachingSchoolUrn }),
  guestGrant: async (profile, _args, call) => {
    const access = await call.loaders.access.load(profile);
    return call.grantSigner.sign(guestGrant(profile, access, call), signedIn(call));
  },
  yearGroup: guarded('yearGroup', ({ yearGroup }) => yearGroup),
  registrationForm: guarded('registrationForm', ({ formName }) => ({ name: formName })),
  schoolEnrolment: guarded('dates', ({ startsOn, endsOn }) => ({ startDate: startsOn, endDate: endsOn })),
  academicYearEnrolments: guarded('dates', academicYearEnrolments),
  fieldAccess: async (profile, _args, call) => fieldAccess(profile, await call.loaders.access.load(profile), call),
};

/** A field that obeys a row of the matrix: null where that is HIDDEN, and the answer says so. */
function guarded<Value>(row: string, value: (profile: GuestProfileRow, call: Context) => Value) {
  return async (profile: GuestProfileRow, _args: object, call: Context): Promise<Value | null> => {
    const decided = (await call.loaders.access.load(profile)).byRow.get(row);
    if (decided && decided.access !== 'HIDDEN') return value(profile, call);
    const guestProfileId = encodeId('GuestProfile', profile.id);
    call.hidden.add({ guestProfileId, field: row, reason: decided?.reason ?? 'NOT_SYNCED' });
    return null;
  };
}
