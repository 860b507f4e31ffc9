import { phoneOf } from '../services/profile-fields.ts';
import type { EmergencyContactResolvers } from './types.generated.ts';

export const EmergencyContact: EmergencyContactResolvers = {
  phone: (contact) => phoneOf(contact),
  protectedPhone: ({ protectedPhone, reading: { grant } }) => (grant === null ? protectedPhone : null),
};
