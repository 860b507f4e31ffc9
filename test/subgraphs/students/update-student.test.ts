import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { keepGuestForm } from '../../../subgraphs/students/services/keep-guest-form.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { openStudents, problemsOf, profileOf, type StudentsGraph, type TestStudent } from './fixture.ts';

const alder = callerOf('data-lead@alder.example');
const birchwood = callerOf('data-lead@birchwood.example');

const CONTACT = { priority: 1, name: 'A N Other', relationship: 'CARER', phone: '01632 960001' };
const EVERY_LIST = `emergencyContacts { priority name relationship phone } contactRestrictions { kind name note }
  dietaryRequirements { type note } medicalConditions { name healthcarePlan { signs } evacuationPlan }
  otherMedicalConditions { name } languages { language } senNeeds { rank type } supportStrategies
  accessArrangements { arrangement extraTimePercentage approvedUntil }`;

let graph: StudentsGraph;
let student: TestStudent;

beforeAll(async () => {
  graph = await openStudents();
  student = await graph.join({ upn: 'R999123424001' });
});

const update = (changes: object, fields = 'id', caller = alder, studentId = student.id, grants: string[] = []) =>
  graph.ask(
    caller,
    `mutation ($input: UpdateStudentInput!) { updateStudent(input: $input) {
      student { ${fields} } userErrors { code field message } } }`,
    { input: { studentId, ...changes } },
    grants,
  );

const problems = async (changes: object) => problemsOf(await update(changes), 'updateStudent');

describe('S0-14 the home school', () => {
  it('changes emergency contacts, and the answer shows them in the order of their priorities', async () => {
    const second = { ...CONTACT, priority: 2, name: 'Second' };
    const answer = await update({ emergencyContacts: [second, CONTACT] }, 'emergencyContacts { priority name phone }');
    expect(answer.data?.updateStudent).toEqual({
      student: {
        emergencyContacts: [
          { priority: 1, name: 'A N Other', phone: '01632 960001' },
          { priority: 2, name: 'Second', phone: '01632 960001' },
        ],
      },
      userErrors: [],
    });
  });

  it('changes every field of the record, written in its canonical form', async () => {
    const { id } = await graph.join();
    const changes = {
      legalFirstName: ' Vera ',
      legalLastName: 'Verity',
      preferredFirstName: 'V',
      preferredLastName: 'Veri',
      sex: 'MALE',
      dateOfBirth: '2010-02-03',
      upn: 'm80120000500a',
      uci: '123450241001W',
      uln: '9276308686',
      yearGroup: 'YEAR_13',
      registrationForm: '13X',
      protectedDetails: true,
      address: { lines: ['2 New Street'], postcode: 'zy22zz' },
      senStatus: 'EHC_PLAN',
      freeSchoolMeals: { eligible: true },
      inCare: { current: true },
    };
    const fields = `legalFirstName legalLastName displayName sex dateOfBirth upn uci uln yearGroup protectedDetails
      registrationForm { name } address { lines postcode } senStatus freeSchoolMeals { eligible } inCare { current }`;
    expect((await update(changes, fields, alder, id)).data?.updateStudent).toEqual({
      student: {
        ...changes,
        legalFirstName: 'Vera',
        preferredFirstName: undefined,
        preferredLastName: undefined,
        displayName: 'V Veri',
        upn: 'M80120000500A',
        registrationForm: { name: '13X' },
        address: { lines: ['2 New Street'], postcode: 'ZY2 2ZZ' },
      },
      userErrors: [],
    });
  });

  it('replaces each list whole, empties it with null, and leaves what it does not name', async () => {
    const { id } = await graph.join();
    const lists = {
      contactRestrictions: [{ kind: 'NO_DISCLOSURE', name: 'Nobody', note: null }],
      dietaryRequirements: [{ type: 'OTHER', note: 'No aspic' }],
      medicalConditions: [{ name: 'Cast', severity: 'MILD', evacuationPlan: 'Lift' }],
      otherMedicalConditions: [{ name: 'Freckles', severity: 'MILD' }],
      languages: [{ language: 'Volapük', isFirstLanguage: true }],
      senNeeds: [
        { rank: 2, type: 'HI' },
        { rank: 1, type: 'VI' },
      ],
      supportStrategies: ['Large print'],
      accessArrangements: [{ arrangement: 'READER' }],
    };
    const answer = await update(lists, EVERY_LIST, alder, id);
    expect(answer.data?.updateStudent).toMatchObject({
      student: {
        emergencyContacts: [{ priority: 1 }, { priority: 2 }, { priority: 3 }],
        contactRestrictions: lists.contactRestrictions,
        dietaryRequirements: lists.dietaryRequirements,
        medicalConditions: [{ name: 'Cast', healthcarePlan: null, evacuationPlan: 'Lift' }],
        otherMedicalConditions: [{ name: 'Freckles' }],
        languages: [{ language: 'Volapük' }],
        senNeeds: [
          { rank: 1, type: 'VI' },
          { rank: 2, type: 'HI' },
        ],
        supportStrategies: ['Large print'],
        accessArrangements: [{ arrangement: 'READER', extraTimePercentage: null, approvedUntil: null }],
      },
    });
    const nothing = Object.fromEntries([...Object.keys(lists), 'emergencyContacts'].map((field) => [field, null]));
    const emptied = await update(nothing, EVERY_LIST, alder, id);
    expect(Object.values((emptied.data?.updateStudent as { student: object } | undefined)?.student ?? {})).toEqual(
      Array.from({ length: 9 }, () => []),
    );
  });

  it('empties with null what may be empty, and is told of what may not', async () => {
    const { id } = await graph.join({ preferredFirstName: 'P', upn: 'H801200001001' });
    const optional = [
      'preferredFirstName',
      'preferredLastName',
      'upn',
      'uci',
      'uln',
      'yearGroup',
      'address',
      'senStatus',
      'registrationForm',
      'freeSchoolMeals',
      'inCare',
    ];
    const nothing = Object.fromEntries(optional.map((field) => [field, null]));
    const fields =
      'preferredFirstName upn yearGroup address { postcode } senStatus freeSchoolMeals { eligible } inCare { current } registrationForm { name }';
    const answer = await update(nothing, fields, alder, id);
    expect(Object.values((answer.data?.updateStudent as { student: object } | undefined)?.student ?? {})).toEqual(
      Array.from({ length: 8 }, () => null),
    );
    const required = ['legalFirstName', 'legalLastName', 'sex', 'dateOfBirth', 'protectedDetails'];
    expect(await problems(Object.fromEntries(required.map((field) => [field, null])))).toEqual(
      required.map((field) => `INVALID ${field}`),
    );
  });
});

describe('updateStudent', () => {
  it.each<[string, object, string]>([
    ['a name of spaces', { legalFirstName: '  ' }, 'legalFirstName'],
    ['a name of 101 letters', { preferredLastName: 'x'.repeat(101) }, 'preferredLastName'],
    ['a birthday today', { dateOfBirth: '2026-11-18' }, 'dateOfBirth'],
    ['priorities with a gap', { emergencyContacts: [CONTACT, { ...CONTACT, priority: 3 }] }, 'emergencyContacts'],
    ['a priority twice', { emergencyContacts: [CONTACT, CONTACT] }, 'emergencyContacts'],
    ['a phone of words', { emergencyContacts: [{ ...CONTACT, phone: 'ask Gran' }] }, 'emergencyContacts.0.phone'],
    ['a contact without a name', { emergencyContacts: [{ ...CONTACT, name: '' }] }, 'emergencyContacts.0.name'],
    ['a postcode that is none', { address: { lines: ['1 Road'], postcode: 'Q1 1AA' } }, 'address.postcode'],
    ['an address without lines', { address: { lines: [] } }, 'address.lines'],
    ['an address of six lines', { address: { lines: ['1', '2', '3', '4', '5', '6'] } }, 'address.lines'],
    ['ranks that begin at 2', { senNeeds: [{ rank: 2, type: 'HI' }] }, 'senNeeds'],
    [
      'a need twice',
      {
        senNeeds: [
          { rank: 1, type: 'HI' },
          { rank: 2, type: 'HI' },
        ],
      },
      'senNeeds.1.type',
    ],
    [
      'extra time of a reader',
      { accessArrangements: [{ arrangement: 'READER', extraTimePercentage: 25 }] },
      'accessArrangements.0.extraTimePercentage',
    ],
    [
      'a condition that asks nothing of staff',
      { medicalConditions: [{ name: 'Cough', severity: 'MILD' }] },
      'medicalConditions.0',
    ],
    ['a strategy without words', { supportStrategies: ['Fine', ' '] }, 'supportStrategies.1'],
  ])('refuses %s, says where, and changes nothing', async (_, changes, field) => {
    const record = `legalFirstName dateOfBirth address { lines postcode } ${EVERY_LIST}`;
    const before = await update({}, record);
    const answer = await update({ ...changes, sex: 'MALE' });
    expect(answer.data?.updateStudent).toMatchObject({ student: null, userErrors: [{ code: 'INVALID', field }] });
    expect((await update({}, record)).data).toEqual(before.data);
  });

  it('says everything that is wrong at once, and repeats none of it', async () => {
    const wrong = {
      legalFirstName: '',
      emergencyContacts: [{ ...CONTACT, phone: 'canary-phone', name: 'canary-name'.repeat(20) }],
    };
    const answer = await update(wrong);
    expect(problemsOf(answer, 'updateStudent')).toEqual([
      'INVALID legalFirstName',
      'INVALID emergencyContacts.0.name',
      'INVALID emergencyContacts.0.phone',
    ]);
    expect(JSON.stringify(answer)).not.toContain('canary');
  });

  it('refuses a UPN that another student of the school has, and takes it at another school', async () => {
    const { id } = await graph.join({ upn: 'F933456724001' });
    const answer = await update({ upn: 'R999123424001' }, 'id', alder, id);
    expect(problemsOf(answer, 'updateStudent')).toEqual(['DUPLICATE upn']);
    expect(JSON.stringify(answer)).not.toContain('R999123424001');
    const elsewhere = await graph.join({ homeSchoolUrn: BIRCHWOOD });
    const taken = await update({ upn: 'R999123424001' }, 'upn', birchwood, elsewhere.id);
    expect(taken.data?.updateStudent).toMatchObject({ student: { upn: 'R999123424001' } });
  });

  it('keeps the former UPNs, temporary and permanent', async () => {
    const { id } = await graph.join({ upn: 'X00180001701A' });
    const upns = async (upn: string | null) =>
      (await update({ upn }, 'upn formerUpns', alder, id)).data?.updateStudent as { student: unknown };
    expect((await upns('B801200005001')).student).toEqual({ upn: 'B801200005001', formerUpns: ['X00180001701A'] });
    expect((await upns('P207000016049')).student).toMatchObject({ formerUpns: ['X00180001701A', 'B801200005001'] });
    expect((await upns('B801200005001')).student).toMatchObject({ formerUpns: ['X00180001701A', 'P207000016049'] });
    expect((await upns(null)).student).toMatchObject({
      upn: null,
      formerUpns: ['X00180001701A', 'P207000016049', 'B801200005001'],
    });
  });

  it('S0-22 refuses a registration form that was made for guests', async () => {
    await graph.at(ALDER, (session) =>
      keepGuestForm(session, {
        eventId: newUuid(),
        schoolUrn: ALDER,
        aggregateId: newUuid(),
        version: 1,
        name: 'Birchwood 12',
      }),
    );
    expect(await problems({ registrationForm: 'birchwood 12 ' })).toEqual(['FORM_FOR_GUESTS registrationForm']);
    expect(await problems({ registrationForm: 'Birchwood' })).toEqual([]);
  });

  it('needs the scope that reads each field, and names all that are lacking', async () => {
    const office = callerAs('ATTENDANCE_OFFICE', ALDER);
    const answer = await update({ upn: null, inCare: null, legalLastName: 'New', senNeeds: [] }, 'id', office);
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', fields: ['upn', 'senNeeds', 'inCare'] });
    expect((await update({ legalLastName: 'New' }, 'legalLastName', office)).data?.updateStudent).toMatchObject({
      student: { legalLastName: 'New' },
    });
    const teacher = await update({ preferredFirstName: 'T' }, 'id', callerAs('TEACHER', ALDER));
    expect(teacher.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });

  it('finds no student of another school, whatever grants come along', async () => {
    const guest = profileOf(student, BIRCHWOOD);
    const grants = [
      graph.grant(birchwood, guest, { accessArrangements: { access: 'EDIT', reason: 'SCHOOL_OVERRIDE' } }),
    ];
    const notFound = {
      updateStudent: {
        student: null,
        userErrors: [expect.objectContaining({ code: 'NOT_FOUND', field: 'studentId' })],
      },
    };
    for (const id of [student.id, encodeId('Student', newUuid()), 'nonsense'])
      expect((await update({ legalLastName: 'Stolen' }, 'id', birchwood, id, grants)).data).toEqual(notFound);
  });

  it('tells the second of two who change a student at the same time', async () => {
    const { id } = await graph.join();
    const answers = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((name) =>
        update({ emergencyContacts: [{ ...CONTACT, name }] }, 'id', alder, id),
      ),
    );
    const lost = answers.filter(({ errors }) => errors);
    expect(lost.length).toBeLessThan(answers.length);
    for (const { errors } of lost) expect(errors?.[0]?.extensions).toEqual({ code: 'CONFLICT' });
    expect(graph.internalErrors).toEqual([]);
  });

  it('stands or falls alone among the mutations of an operation', async () => {
    const answer = await graph.ask(
      alder,
      `mutation ($id: ID!) {
        good: updateStudent(input: { studentId: $id, preferredFirstName: "Kept" }) { student { preferredFirstName } userErrors { field } }
        bad: updateStudent(input: { studentId: $id, legalFirstName: "" }) { student { id } userErrors { field } } }`,
      { id: student.id },
    );
    expect(answer.data).toEqual({
      good: { student: { preferredFirstName: 'Kept' }, userErrors: [] },
      bad: { student: null, userErrors: [{ field: 'legalFirstName' }] },
    });
    expect((await update({}, 'preferredFirstName')).data?.updateStudent).toMatchObject({
      student: { preferredFirstName: 'Kept' },
    });
  });
});
