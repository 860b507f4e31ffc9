import { encodeId } from '../../kernel/ids.ts';
import { guestAbsenceNotes, guestField, guestPinnedItems, guestProfileOf } from '../services/guest-fields.ts';
import { profileFields as fields } from '../services/profile-fields.ts';
import type { GuestProfileResolvers } from './types.generated.ts';

/** Each field by the row of the guest matrix that decides on it. */
export const GuestProfile: GuestProfileResolvers = {
  __resolveReference: (reference, call) => guestProfileOf(call, reference),
  id: ({ id }) => encodeId('GuestProfile', id),
  displayName: guestField('displayName', fields.displayName),
  preferredFirstName: guestField('preferredFirstName', fields.preferredFirstName),
  preferredLastName: guestField('preferredLastName', fields.preferredLastName),
  sex: guestField('sex', fields.sex),
  legalFirstName: guestField('legalFirstName', fields.legalFirstName),
  legalLastName: guestField('legalLastName', fields.legalLastName),
  dateOfBirth: guestField('dateOfBirth', fields.dateOfBirth),
  upn: guestField('upn', fields.upn),
  uci: guestField('uci', fields.uci),
  uln: guestField('uln', fields.uln),
  emergencyContacts: guestField('emergencyContacts', fields.emergencyContacts),
  contactRestrictions: guestField('contactRestrictions', fields.contactRestrictions),
  address: guestField('address', fields.address),
  dietaryRequirements: guestField('dietaryRequirements', fields.dietaryRequirements),
  medicalConditions: guestField('medicalConditions', fields.medicalConditions),
  otherMedicalConditions: guestField('otherMedicalConditions', fields.otherMedicalConditions),
  languages: guestField('languages', fields.languages),
  senStatus: guestField('senStatus', fields.senStatus),
  senNeeds: guestField('senNeeds', fields.senNeeds),
  supportStrategies: guestField('supportStrategies', fields.supportStrategies),
  accessArrangements: guestField('accessArrangements', fields.accessArrangements),
  freeSchoolMeals: guestField('freeSchoolMeals', fields.freeSchoolMeals),
  inCare: guestField('inCare', fields.inCare),
  pinnedItems: (profile, _, call) => guestPinnedItems(profile, call),
  absenceNotes: (profile, _, call) => guestAbsenceNotes(profile, call),
  absenceExplained: guestField('absenceExplained', fields.absenceExplained),
  sessionAttendance: guestField('sessionAttendance', fields.sessionAttendance),
  picture: guestField('picture', fields.picture),
};
