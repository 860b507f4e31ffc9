/** A student's record as rows: the student, the lists that belong to it, and what is written about it day by day. */
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import type {
  AccessArrangementType,
  ContactRelationship,
  ContactRestrictionKind,
  DietaryRequirementType,
  LanguageProficiency,
  MedicalSeverity,
  RollStatus,
  SenNeedType,
  SenStatus,
  SessionOfDay,
  Sex,
} from './codes.ts';

/** What a home school keeps on the student's own row and may change. Dates are `YYYY-MM-DD`. */
export interface StudentDetails {
  legalFirstName: string;
  legalLastName: string;
  preferredFirstName: string | null;
  preferredLastName: string | null;
  sex: Sex;
  dateOfBirth: string;
  upn: string | null;
  uci: string | null;
  uln: string | null;
  /** Census code. */
  yearGroup: YearGroup | null;
  registrationForm: string | null;
  protectedDetails: boolean;
  addressLines: string[] | null;
  postcode: string | null;
  senStatus: SenStatus | null;
  supportStrategies: string[];
  freeSchoolMealsEligible: boolean | null;
  inCareNow: boolean | null;
}

export interface StudentRow extends StudentDetails {
  homeSchoolUrn: string;
  id: string;
  formerUpns: string[];
  rollStatus: RollStatus;
  joinedOn: string;
  leftOn: string | null;
  hasPicture: boolean;
}

export interface EmergencyContactItem {
  name: string;
  relationship: ContactRelationship;
  phone: string;
  protectedPhone: boolean;
}
interface ContactRestrictionItem {
  kind: ContactRestrictionKind;
  name: string;
  note: string | null;
}
interface DietaryRequirementItem {
  type: DietaryRequirementType;
  note: string | null;
}
export interface MedicalConditionItem {
  name: string;
  severity: MedicalSeverity;
  planSigns: string | null;
  planAction: string | null;
  planMedicineLocation: string | null;
  evacuationPlan: string | null;
}
interface OtherMedicalConditionItem {
  name: string;
  severity: MedicalSeverity;
}
interface LanguageAbilityItem {
  language: string;
  isFirstLanguage: boolean;
  proficiency: LanguageProficiency | null;
}
interface SenNeedItem {
  type: SenNeedType;
}
export interface AccessArrangementItem {
  arrangement: AccessArrangementType;
  extraTimePercentage: number | null;
  approvedUntil: string | null;
}

/** In their order: a contact's priority and a need's rank are its place, from 1. */
export interface StudentLists {
  emergencyContacts: EmergencyContactItem[];
  contactRestrictions: ContactRestrictionItem[];
  dietaryRequirements: DietaryRequirementItem[];
  medicalConditions: MedicalConditionItem[];
  otherMedicalConditions: OtherMedicalConditionItem[];
  languages: LanguageAbilityItem[];
  senNeeds: SenNeedItem[];
  accessArrangements: AccessArrangementItem[];
}

/** A member of staff as stamped on what he or she wrote. */
export interface Stamp {
  name: string;
  schoolUrn: string;
}

export interface AbsenceNoteRow {
  id: string;
  date: string;
  text: string;
  writtenAt: string | Date;
  writtenBySchool: string;
  writtenByName: string;
}

export interface EvidenceRow {
  arrangement: AccessArrangementType;
  text: string;
  recordedOn: string;
  recordedBySchool: string;
  recordedByName: string;
}

export interface PinnedItemRow {
  id: string;
  title: string;
  /** A row of the guest matrix. */
  about: string;
  pinnedUntil: string | null;
}

export interface SessionMarkRow {
  date: string;
  session: SessionOfDay;
  /** A letter of the register: `/`, `L`, `C1`, … */
  mark: string;
}

export interface MealRow {
  date: string;
  name: string;
  /** In pence. */
  price: number;
}

export interface DetentionRow {
  date: string;
  reason: string;
  minutes: number;
}

export interface StoredPicture {
  content: Uint8Array;
  mediaType: string;
}
