/**
 * The tables of a student's lists, read and replaced as plain rows: a list has no life of its own, so it is no entity.
 * Columns are named by their property, and described in migrations/0003-student-lists.ts.
 */
import type { StudentLists } from '../domain/student-record.ts';

type ColumnType = 'text' | 'boolean' | 'integer' | 'date';

export interface ListTable<Item> {
  table: string;
  columns: { readonly [Property in keyof Item]: ColumnType };
}

type ItemOf<Name extends keyof StudentLists> = StudentLists[Name][number];

export const LIST_TABLES: { readonly [Name in keyof StudentLists]: ListTable<ItemOf<Name>> } = {
  emergencyContacts: {
    table: 'emergency_contact',
    columns: { name: 'text', relationship: 'text', phone: 'text', protectedPhone: 'boolean' },
  },
  contactRestrictions: { table: 'contact_restriction', columns: { kind: 'text', name: 'text', note: 'text' } },
  dietaryRequirements: { table: 'dietary_requirement', columns: { type: 'text', note: 'text' } },
  medicalConditions: {
    table: 'medical_condition',
    columns: {
      name: 'text',
      severity: 'text',
      planSigns: 'text',
      planAction: 'text',
      planMedicineLocation: 'text',
      evacuationPlan: 'text',
    },
  },
  otherMedicalConditions: { table: 'other_medical_condition', columns: { name: 'text', severity: 'text' } },
  languages: {
    table: 'language_ability',
    columns: { language: 'text', isFirstLanguage: 'boolean', proficiency: 'text' },
  },
  senNeeds: { table: 'sen_need', columns: { type: 'text' } },
  accessArrangements: {
    table: 'access_arrangement',
    columns: { arrangement: 'text', extraTimePercentage: 'integer', approvedUntil: 'date' },
  },
};

export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
