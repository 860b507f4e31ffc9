import { encodeId } from '../../kernel/ids.ts';
import type { Context, StudentRow } from '../context.ts';
import { findStudent } from '../services/find-students.ts';
import { homeAbsenceNotes, homePinnedItems, mealAccount } from '../services/home-fields.ts';
import { profileFields as fields, type ProfileReading } from '../services/profile-fields.ts';
import type { StudentResolvers } from './types.generated.ts';

/** A field that a guest profile has too. */
const home =
  <Args, Value>(read: (reading: ProfileReading, args: Args) => Value) =>
  (student: StudentRow, args: Args, call: Context): Value =>
    read({ student, call, grant: null }, args);

export const Student: StudentResolvers = {
  // the gateway sends text; straight on the schema a representation holds anything
  __resolveReference: ({ id }, call) => findStudent(call, String(id)),
  id: ({ id }) => encodeId('Student', id),
  displayName: home(fields.displayName),
  preferredFirstName: home(fields.preferredFirstName),
  preferredLastName: home(fields.preferredLastName),
  sex: home(fields.sex),
  legalFirstName: home(fields.legalFirstName),
  legalLastName: home(fields.legalLastName),
  dateOfBirth: home(fields.dateOfBirth),
  upn: home(fields.upn),
  uci: home(fields.uci),
  uln: home(fields.uln),
  emergencyContacts: home(fields.emergencyContacts),
  contactRestrictions: home(fields.contactRestrictions),
  address: home(fields.address),
  dietaryRequirements: home(fields.dietaryRequirements),
  medicalConditions: home(fields.medicalConditions),
  otherMedicalConditions: home(fields.otherMedicalConditions),
  languages: home(fields.languages),
  senStatus: home(fields.senStatus),
  senNeeds: home(fields.senNeeds),
  supportStrategies: home(fields.supportStrategies),
  accessArrangements: home(fields.accessArrangements),
  freeSchoolMeals: home(fields.freeSchoolMeals),
  inCare: home(fields.inCare),
  pinnedItems: (student, _, call) => homePinnedItems(student, call),
  absenceNotes: (student, _, call) => homeAbsenceNotes(student, call),
  absenceExplained: home(fields.absenceExplained),
  sessionAttendance: home(fields.sessionAttendance),
  picture: home(fields.picture),
  registrationForm: ({ registrationForm: name }) => (name === null ? null : { name }),
  detentions: (student, _, { loaders }) => loaders.detentions.load(student),
  meals: (student, _, { loaders }) => loaders.meals.load(student),
  mealAccount: (student, _, call) => mealAccount(student, call),
};
