/** What a change of a student's record may hold: a field that is left out stays, null empties it. As in the schema. */
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import type {
  AccessArrangementType,
  ContactRelationship,
  ContactRestrictionKind,
  DietaryRequirementType,
  LanguageProficiency,
  MedicalSeverity,
  SenNeedType,
  SenStatus,
  Sex,
} from './codes.ts';

type Optional<Value> = Value | null | undefined;

interface EmergencyContactInput {
  priority: number;
  name: string;
  relationship: ContactRelationship;
  phone: string;
  protectedPhone?: Optional<boolean>;
}
interface ContactRestrictionInput {
  kind: ContactRestrictionKind;
  name: string;
  note?: Optional<string>;
}
interface AddressInput {
  lines: readonly string[];
  postcode?: Optional<string>;
}
interface DietaryRequirementInput {
  type: DietaryRequirementType;
  note?: Optional<string>;
}
export interface MedicalConditionInput {
  name: string;
  severity: MedicalSeverity;
  healthcarePlan?: Optional<{ signs: string; action: string; medicineLocation?: Optional<string> }>;
  evacuationPlan?: Optional<string>;
}
interface OtherMedicalConditionInput {
  name: string;
  severity: MedicalSeverity;
}
interface LanguageAbilityInput {
  language: string;
  isFirstLanguage: boolean;
  proficiency?: Optional<LanguageProficiency>;
}
interface SenNeedInput {
  rank: number;
  type: SenNeedType;
}
export interface AccessArrangementInput {
  arrangement: AccessArrangementType;
  extraTimePercentage?: Optional<number>;
  approvedUntil?: Optional<string>;
}

export interface StudentInput {
  legalFirstName: string;
  legalLastName: string;
  preferredFirstName: string;
  preferredLastName: string;
  sex: Sex;
  dateOfBirth: string;
  upn: string;
  uci: string;
  uln: string;
  yearGroup: YearGroup;
  registrationForm: string;
  protectedDetails: boolean;
  emergencyContacts: readonly EmergencyContactInput[];
  contactRestrictions: readonly ContactRestrictionInput[];
  address: AddressInput;
  dietaryRequirements: readonly DietaryRequirementInput[];
  medicalConditions: readonly MedicalConditionInput[];
  otherMedicalConditions: readonly OtherMedicalConditionInput[];
  languages: readonly LanguageAbilityInput[];
  senStatus: SenStatus;
  senNeeds: readonly SenNeedInput[];
  supportStrategies: readonly string[];
  accessArrangements: readonly AccessArrangementInput[];
  freeSchoolMeals: { eligible: boolean };
  inCare: { current: boolean };
}

export type StudentChanges = { [Field in keyof StudentInput]?: Optional<StudentInput[Field]> };
