import { describe, expect, it } from 'vitest';
import { formerUpnsAfter, readStudentChanges, STUDENT_FIELDS } from './student-changes.ts';
import type { StudentChanges } from './student-input.ts';

const TODAY = '2026-11-18';
const read = (changes: StudentChanges) => readStudentChanges(changes, TODAY);
const problems = (changes: StudentChanges) => read(changes).problems.map(({ code, field }) => `${code} ${field}`);
const contact = { name: 'A N Other', relationship: 'CARER', phone: '01632 960001' } as const;

describe('a change of a record', () => {
  it('leaves what it does not name', () => {
    expect(read({})).toEqual({ details: {}, lists: {}, problems: [] });
    expect(read({ sex: undefined, senNeeds: undefined })).toEqual({ details: {}, lists: {}, problems: [] });
  });

  it('reads text without outer space, and postcodes in their canonical form', () => {
    const { details } = read({ legalFirstName: '  Testa ', address: { lines: [' 1 Road '], postcode: 'tf34ja' } });
    expect(details).toEqual({ legalFirstName: 'Testa', addressLines: ['1 Road'], postcode: 'TF3 4JA' });
    expect(read({ address: { lines: ['1 Road'] } }).details).toEqual({ addressLines: ['1 Road'], postcode: null });
  });

  it('puts contacts in the order of their priorities and needs in that of their ranks', () => {
    const { lists } = read({
      emergencyContacts: [
        { ...contact, priority: 2, name: 'Second' },
        { ...contact, priority: 1, protectedPhone: true },
      ],
      senNeeds: [
        { rank: 2, type: 'HI' },
        { rank: 1, type: 'VI' },
      ],
    });
    expect(lists.emergencyContacts).toEqual([
      { ...contact, protectedPhone: true },
      { ...contact, name: 'Second', protectedPhone: false },
    ]);
    expect(lists.senNeeds).toEqual([{ type: 'VI' }, { type: 'HI' }]);
  });

  it('flattens a healthcare plan, and needs one plan or the other', () => {
    const named = { name: 'Asthma', severity: 'MODERATE' } as const;
    const healthcarePlan = { signs: 'Wheezing', action: 'Inhaler', medicineLocation: ' ' };
    const without = { planSigns: null, planAction: null, planMedicineLocation: null };
    expect(read({ medicalConditions: [{ ...named, healthcarePlan }] }).lists.medicalConditions).toEqual([
      { ...named, planSigns: 'Wheezing', planAction: 'Inhaler', planMedicineLocation: null, evacuationPlan: null },
    ]);
    expect(read({ medicalConditions: [{ ...named, evacuationPlan: 'Chair' }] }).lists.medicalConditions).toEqual([
      { ...named, ...without, evacuationPlan: 'Chair' },
    ]);
    expect(problems({ medicalConditions: [named] })).toEqual(['INVALID medicalConditions.0']);
    expect(problems({ medicalConditions: [{ ...named, healthcarePlan: { signs: '', action: 'x' } }] })).toEqual([
      'INVALID medicalConditions.0.healthcarePlan.signs',
    ]);
  });

  it.each(STUDENT_FIELDS)('empties %s with null, or says that it cannot', (field) => {
    const { details, lists, problems: found } = read({ [field]: null });
    const written = Object.values({ ...details, ...lists });
    if (found.length === 0) {
      expect(written.length).toBeGreaterThan(0);
      for (const value of written) expect([null, []]).toContainEqual(value);
    } else expect([found.map((each) => each.field), written]).toEqual([[field], []]);
  });

  it('takes each diet, language, need and arrangement once', () => {
    expect(problems({ dietaryRequirements: [{ type: 'HALAL' }, { type: 'OTHER' }, { type: 'OTHER' }] })).toEqual([]);
    expect(problems({ dietaryRequirements: [{ type: 'OTHER' }, { type: 'HALAL' }, { type: 'HALAL' }] })).toEqual([
      'INVALID dietaryRequirements.2.type',
    ]);
    const language = { language: 'Polish', isFirstLanguage: true };
    expect(problems({ languages: [language, { ...language, language: ' polish' }] })).toEqual([
      'INVALID languages.1.language',
    ]);
    expect(problems({ accessArrangements: [{ arrangement: 'READER' }, { arrangement: 'READER' }] })).toEqual([
      'INVALID accessArrangements.1.arrangement',
    ]);
  });

  it.each([0, 101])('takes a percentage of extra time from 1 to 100, not %d', (extraTimePercentage) => {
    const at = (percentage: number) =>
      problems({ accessArrangements: [{ arrangement: 'EXTRA_TIME', extraTimePercentage: percentage }] });
    expect(at(25)).toEqual([]);
    expect(at(extraTimePercentage)).toEqual(['INVALID accessArrangements.0.extraTimePercentage']);
  });

  it.each<[string, StudentChanges, string]>([
    ['control characters', { legalFirstName: 'Te\u0000sta' }, 'legalFirstName'],
    ['half a character', { legalFirstName: 'Te\ud83dsta' }, 'legalFirstName'],
    ['a name of 101 characters', { legalLastName: 'é'.repeat(101) }, 'legalLastName'],
    ['a date of birth today', { dateOfBirth: TODAY }, 'dateOfBirth'],
    [
      'a list of 31',
      { supportStrategies: Array.from({ length: 31 }, (_, index) => `Strategy ${index}`) },
      'supportStrategies',
    ],
    ['a priority of 0', { emergencyContacts: [{ ...contact, priority: 0 }] }, 'emergencyContacts'],
    ['a form of 51 characters', { registrationForm: 'x'.repeat(51) }, 'registrationForm'],
  ])('does not take %s', (_, changes, field) => {
    expect(problems(changes)).toEqual([`INVALID ${field}`]);
  });

  it('counts characters as people do, not as UTF-16 does', () => {
    expect(problems({ preferredFirstName: '😀'.repeat(100) })).toEqual([]);
    expect(problems({ preferredFirstName: '😀'.repeat(101) })).toEqual(['INVALID preferredFirstName']);
  });
});

describe('former UPNs', () => {
  it.each<[string, string | null, string[], string | null, string[]]>([
    ['a first one leaves none', null, [], 'B', []],
    ['a new one keeps the old one', 'A', [], 'B', ['A']],
    ['an old one keeps its place', 'B', ['A'], 'C', ['A', 'B']],
    ['one that comes back is former no longer', 'B', ['A'], 'A', ['B']],
    ['one that is taken away is kept', 'A', [], null, ['A']],
    ['none stands twice', 'A', ['A'], 'B', ['A']],
  ])('%s', (_, upn, formerUpns, next, expected) => {
    expect(formerUpnsAfter({ upn, formerUpns }, next)).toEqual(expected);
  });
});
