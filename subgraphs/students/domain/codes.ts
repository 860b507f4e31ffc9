/** Codes of a student's record, as they stand in the database and in the graph. */
export type Sex = 'FEMALE' | 'MALE';
export type RollStatus = 'ON_ROLL' | 'OFF_ROLL';
export type ContactRelationship =
  | 'MOTHER'
  | 'FATHER'
  | 'STEP_PARENT'
  | 'GRANDPARENT'
  | 'FOSTER_CARER'
  | 'CARER'
  | 'SOCIAL_WORKER'
  | 'OTHER';
export type ContactRestrictionKind = 'MAY_COLLECT' | 'MUST_NOT_COLLECT' | 'NO_DISCLOSURE';
export type DietaryRequirementType =
  | 'HALAL'
  | 'KOSHER'
  | 'VEGETARIAN'
  | 'VEGAN'
  | 'NO_PORK'
  | 'NO_BEEF'
  | 'GLUTEN_FREE'
  | 'DAIRY_FREE'
  | 'EGG_FREE'
  | 'NUT_FREE'
  | 'FISH_FREE'
  | 'SOYA_FREE'
  | 'SESAME_FREE'
  | 'OTHER';
export type MedicalSeverity = 'MILD' | 'MODERATE' | 'SEVERE' | 'LIFE_THREATENING';
export type LanguageProficiency =
  | 'NEW_TO_ENGLISH'
  | 'EARLY_ACQUISITION'
  | 'DEVELOPING_COMPETENCE'
  | 'COMPETENT'
  | 'FLUENT'
  | 'NOT_YET_ASSESSED';
export type SenStatus = 'NONE' | 'SEN_SUPPORT' | 'EHC_PLAN';
export type SenNeedType =
  | 'SPLD'
  | 'MLD'
  | 'SLD'
  | 'PMLD'
  | 'SEMH'
  | 'SLCN'
  | 'HI'
  | 'VI'
  | 'MSI'
  | 'PD'
  | 'ASD'
  | 'OTH'
  | 'NSA'
  | 'DS';
export type AccessArrangementType =
  | 'EXTRA_TIME'
  | 'READER'
  | 'SCRIBE'
  | 'LANGUAGE_MODIFIER'
  | 'BILINGUAL_DICTIONARY'
  | 'PRACTICAL_ASSISTANT'
  | 'MODIFIED_PAPERS'
  | 'REST_BREAKS'
  | 'WORD_PROCESSOR'
  | 'PROMPTER'
  | 'READ_ALOUD'
  | 'SEPARATE_INVIGILATION'
  | 'COLOURED_OVERLAY'
  | 'LIVE_SPEAKER'
  | 'COMMUNICATION_PROFESSIONAL';
export type SessionOfDay = 'AM' | 'PM';
