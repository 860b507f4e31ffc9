/** What stands on a demo student's record. A full one has every field; a plain one what every school asks for. */
import { addDays } from '../../kernel/identifiers/iso-date.ts';
import type { StudentDetails, StudentLists } from '../domain/student-record.ts';

type Details = Partial<StudentDetails>;

const phone = (number: number): string => `01632 960${String(number % 1000).padStart(3, '0')}`;

/** `number`: counts the demo's students, and so varies what is on record. */
export function plainRecord(number: number): { details: Details; lists: Partial<StudentLists> } {
  return {
    details: {
      addressLines: [`${number} Example Lane`, 'Demoville'],
      postcode: `ZY${1 + (number % 9)} ${number % 10}ZZ`,
      freeSchoolMealsEligible: number % 6 === 0,
      inCareNow: number % 29 === 0,
      senStatus: 'NONE',
    },
    lists: {
      emergencyContacts: [
        { name: 'Maren Demoparent', relationship: 'MOTHER', phone: phone(number * 3), protectedPhone: false },
        {
          name: 'Paval Demoparent',
          relationship: number % 7 === 0 ? 'STEP_PARENT' : 'FATHER',
          phone: phone(number * 3 + 1),
          protectedPhone: number % 15 === 0,
        },
      ],
      languages: [{ language: 'English', isFirstLanguage: true, proficiency: null }],
    },
  };
}

export function fullRecord(number: number, today: string): { details: Details; lists: StudentLists } {
  const plain = plainRecord(number);
  return {
    details: {
      ...plain.details,
      senStatus: number % 3 === 0 ? 'EHC_PLAN' : 'SEN_SUPPORT',
      supportStrategies: ['Sits near the front', 'Gets instructions in writing as well', 'Time to answer'].slice(
        0,
        1 + (number % 3),
      ),
    },
    lists: {
      emergencyContacts: [
        // a guest's phones are all seen, but for the one student's whose details are protected
        ...(plain.lists.emergencyContacts ?? []).map((contact) => ({ ...contact, protectedPhone: false })),
        { name: 'Granna Demoparent', relationship: 'GRANDPARENT', phone: phone(number * 3 + 2), protectedPhone: false },
      ],
      contactRestrictions: [
        { kind: 'MAY_COLLECT', name: 'Granna Demoparent', note: null },
        ...(number % 10 === 0
          ? [{ kind: 'MUST_NOT_COLLECT' as const, name: 'Oswin Makebelow', note: 'Call the office first' }]
          : []),
      ],
      dietaryRequirements: [
        { type: (['VEGETARIAN', 'HALAL', 'NUT_FREE', 'GLUTEN_FREE'] as const)[number % 4] ?? 'OTHER', note: null },
      ],
      medicalConditions: medicalConditions(number),
      otherMedicalConditions: [{ name: 'Hay fever', severity: 'MILD' }],
      languages: [
        { language: 'English', isFirstLanguage: number % 4 !== 0, proficiency: number % 4 === 0 ? 'COMPETENT' : null },
        { language: 'Esperanto', isFirstLanguage: number % 4 === 0, proficiency: null },
      ],
      senNeeds: [{ type: number % 2 === 0 ? 'SPLD' : 'SLCN' }, ...(number % 5 === 0 ? [{ type: 'ASD' as const }] : [])],
      accessArrangements: [
        { arrangement: 'EXTRA_TIME', extraTimePercentage: 25, approvedUntil: addDays(today, 400) },
        ...(number % 2 === 0
          ? [{ arrangement: 'WORD_PROCESSOR' as const, extraTimePercentage: null, approvedUntil: null }]
          : []),
      ],
    },
  };
}

const medicalConditions = (number: number): StudentLists['medicalConditions'] => [
  {
    name: number % 2 === 0 ? 'Asthma' : 'Nut allergy',
    severity: number % 2 === 0 ? 'MODERATE' : 'LIFE_THREATENING',
    planSigns: number % 2 === 0 ? 'Wheezing, short of breath' : 'Swelling of the lips, trouble breathing',
    planAction: number % 2 === 0 ? 'Blue inhaler, two puffs; sit upright' : 'Adrenaline pen, then call 999',
    planMedicineLocation: 'Main office, first-aid cupboard',
    evacuationPlan: number % 12 === 0 ? 'Uses the evacuation chair at the east stairs' : null,
  },
];
