import { encodeId } from '../../kernel/ids.ts';
import { emergencyGrant } from '../services/emergency-grant.ts';
import { listedAccess } from '../services/opened-access.ts';
import type { EmergencyAccessResolvers } from './types.generated.ts';

export const EmergencyAccess: EmergencyAccessResolvers = {
  __resolveReference: ({ id }, call) => listedAccess(String(id), call),
  id: ({ id }) => encodeId('EmergencyAccess', id),
  emergencyGrant: (row, _args, call) => emergencyGrant(row, call),
  openedBy: ({ openedByName: name, openedByRole: role }) => ({ name, role }),
  homeSchool: ({ homeSchoolUrn: urn }) => ({ urn }),
  teachingSchool: ({ teachingSchoolUrn: urn }) => ({ urn }),
  // each school by its own id of the student
  student: ({ homeSchoolUrn, studentId }, _args, { school }) =>
    school === homeSchoolUrn ? { id: encodeId('Student', studentId) } : null,
  guestProfile: ({ guestProfileId }, _args, { loaders }) => loaders.guestProfile.load(guestProfileId),
};
