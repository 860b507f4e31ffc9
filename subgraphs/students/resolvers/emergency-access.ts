import { guestId } from '../../kernel/guest-access/guest-id.ts';
import { emergencyGuestOf, guestField } from '../services/guest-fields.ts';
import { profileFields as fields } from '../services/profile-fields.ts';
import type { EmergencyAccessResolvers } from './types.generated.ts';

/** By the rows of the guest matrix, as on a guest profile: only who may ask is another. */
export const EmergencyAccess: EmergencyAccessResolvers = {
  __resolveReference: (reference, call) => emergencyGuestOf(call, reference),
  id: ({ grant }) => guestId(grant),
  displayName: guestField('displayName', fields.displayName),
  emergencyContacts: guestField('emergencyContacts', fields.emergencyContacts),
  contactRestrictions: guestField('contactRestrictions', fields.contactRestrictions),
  dietaryRequirements: guestField('dietaryRequirements', fields.dietaryRequirements),
  medicalConditions: guestField('medicalConditions', fields.medicalConditions),
  otherMedicalConditions: guestField('otherMedicalConditions', fields.otherMedicalConditions),
};
