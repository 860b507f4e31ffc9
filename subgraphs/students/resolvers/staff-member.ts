import { existingSchool } from '../services/find-schools.ts';
import type { StaffMemberResolvers } from './types.generated.ts';

export const StaffMember: StaffMemberResolvers = {
  school: ({ schoolUrn }, _, call) => existingSchool(call, schoolUrn),
};
