/** Readers of the lists of a student's record. */
import { inOrder, list, note, noteRepeated, optional, parsed, placeAt, type Reader, text } from './input.ts';
import { parsePhone } from './phone.ts';
import type { AccessArrangementInput, MedicalConditionInput, StudentInput } from './student-input.ts';
import type { AccessArrangementItem, MedicalConditionItem, StudentLists } from './student-record.ts';

const NAME = text(100);
const NOTE = text(500);
const PLAN = text(2_000);
const MOST_ITEMS = 30;

type ListReader<Name extends keyof StudentLists> = Reader<StudentInput[Name], StudentLists[Name]>;

/** Kept in the order of their priorities. */
export const emergencyContacts: ListReader<'emergencyContacts'> = (values, place) => {
  const contacts = list<(typeof values)[number], { priority: number } & StudentLists['emergencyContacts'][number]>(
    ({ priority, name, relationship, phone, protectedPhone }, at) => ({
      priority,
      name: NAME(name, placeAt(at, 'name')),
      relationship,
      phone: parsed(parsePhone)(phone, placeAt(at, 'phone')),
      protectedPhone: protectedPhone ?? false,
    }),
    MOST_ITEMS,
  )(values, place);
  return inOrder(contacts, ({ priority }) => priority, place).map(({ priority: _, ...contact }) => contact);
};

export const contactRestrictions: ListReader<'contactRestrictions'> = list(
  ({ kind, name, note: words }, at) => ({
    kind,
    name: NAME(name, placeAt(at, 'name')),
    note: optional(NOTE)(words, placeAt(at, 'note')),
  }),
  MOST_ITEMS,
);

export const dietaryRequirements: ListReader<'dietaryRequirements'> = (values, place) => {
  // several others can stand side by side, each with its note
  noteRepeated(values, ({ type }) => (type === 'OTHER' ? Symbol() : type), place, 'type');
  return list<(typeof values)[number], StudentLists['dietaryRequirements'][number]>(
    ({ type, note: words }, at) => ({ type, note: optional(NOTE)(words, placeAt(at, 'note')) }),
    MOST_ITEMS,
  )(values, place);
};

function medicalCondition(
  { name, severity, healthcarePlan: plan, evacuationPlan }: MedicalConditionInput,
  at: Parameters<Reader<string>>[1],
): MedicalConditionItem {
  if (!plan && !evacuationPlan?.trim())
    note(
      at,
      'Expected a healthcare plan or an evacuation plan; what asks nothing of staff belongs to the other conditions.',
    );
  const inPlan = placeAt(at, 'healthcarePlan');
  return {
    name: NAME(name, placeAt(at, 'name')),
    severity,
    planSigns: plan ? PLAN(plan.signs, placeAt(inPlan, 'signs')) : null,
    planAction: plan ? PLAN(plan.action, placeAt(inPlan, 'action')) : null,
    planMedicineLocation: optional(NOTE)(plan?.medicineLocation, placeAt(inPlan, 'medicineLocation')),
    evacuationPlan: optional(PLAN)(evacuationPlan, placeAt(at, 'evacuationPlan')),
  };
}

export const medicalConditions: ListReader<'medicalConditions'> = list(medicalCondition, MOST_ITEMS);

export const otherMedicalConditions: ListReader<'otherMedicalConditions'> = list(
  ({ name, severity }, at) => ({ name: NAME(name, placeAt(at, 'name')), severity }),
  MOST_ITEMS,
);

export const languages: ListReader<'languages'> = (values, place) => {
  noteRepeated(values, ({ language }) => language.trim().toLowerCase(), place, 'language');
  return list<(typeof values)[number], StudentLists['languages'][number]>(
    ({ language, isFirstLanguage, proficiency }, at) => ({
      language: NAME(language, placeAt(at, 'language')),
      isFirstLanguage,
      proficiency: proficiency ?? null,
    }),
    MOST_ITEMS,
  )(values, place);
};

/** Kept in the order of their ranks. */
export const senNeeds: ListReader<'senNeeds'> = (values, place) => {
  noteRepeated(values, ({ type }) => type, place, 'type');
  return inOrder(values, ({ rank }) => rank, place).map(({ type }) => ({ type }));
};

function accessArrangement(
  { arrangement, extraTimePercentage, approvedUntil }: AccessArrangementInput,
  at: Parameters<Reader<string>>[1],
): AccessArrangementItem {
  const percentage = extraTimePercentage ?? null;
  const hasExtraTime = arrangement === 'EXTRA_TIME' || arrangement === 'BILINGUAL_DICTIONARY';
  if (percentage !== null && (!hasExtraTime || percentage < 1 || percentage > 100))
    note(
      placeAt(at, 'extraTimePercentage'),
      'Expected a percentage from 1 to 100, and only of extra time or of a bilingual dictionary with extra time.',
    );
  return { arrangement, extraTimePercentage: percentage, approvedUntil: approvedUntil ?? null };
}

export const accessArrangements: ListReader<'accessArrangements'> = (values, place) => {
  noteRepeated(values, ({ arrangement }) => arrangement, place, 'arrangement');
  return list(accessArrangement, MOST_ITEMS)(values, place);
};
