import { decodeId } from '../../kernel/ids.ts';
import { connectionOf, pageOf } from '../../kernel/paging.ts';
import { pageOfCourses } from '../services/load-courses.ts';
import { pageOfEmergencyAccesses } from '../services/load-emergency-accesses.ts';
import { type GuestProfileFilter, pageOfGuestProfiles } from '../services/load-guest-profiles.ts';
import { partnerships } from '../services/load-partnerships.ts';
import { openedAccess } from '../services/opened-access.ts';
import { guestProfileOf } from './guest-profile.ts';
import type { QueryGuestProfilesArgs, QueryResolvers } from './types.generated.ts';

export const Query: QueryResolvers = {
  guestProfiles: async (_query, args, call) => {
    const page = pageOf('GuestProfile', args);
    const rows = await pageOfGuestProfiles(call, page, filterOf(args));
    for (const row of rows) call.loaders.guestProfile.prime(row.id, row);
    return connectionOf('GuestProfile', rows, page);
  },
  guestProfile: (_query, { id }, call) => guestProfileOf(id, call),
  courses: async (_query, args, call) => {
    const page = pageOf('Course', args);
    return connectionOf('Course', await pageOfCourses(call, page), page);
  },
  emergencyAccess: (_query, { id }, call) => openedAccess(id, call),
  emergencyAccesses: async (_query, args, call) => {
    const page = pageOf('EmergencyAccess', args);
    return connectionOf('EmergencyAccess', await pageOfEmergencyAccesses(call, page), page);
  },
  partnerships: (_query, _args, call) => partnerships(call),
};

function filterOf({ filter }: QueryGuestProfilesArgs): GuestProfileFilter {
  const { courseId = null, ...schools } = filter ?? {};
  return courseId === null ? schools : { ...schools, courseId: decodeId('Course', courseId) };
}
