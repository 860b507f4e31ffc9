/** Every change that the API can make is made by each lane: with the same answer, and the same rows on record. */
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { TEST_TODAY } from '../kit/clock.ts';
import { type Graph, startGraph } from '../kit/graph.ts';
import { LANES } from '../kit/lanes.ts';
import { recorded, whatIsSaid } from '../kit/record.ts';
import { dataOf } from './answers.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';

const [ALDER_LEAD, BIRCHWOOD_LEAD] = ['data-lead@alder.example', 'data-lead@birchwood.example'];
const BIRCHWOOD = '900002';

/** By whom, by which field, with what of its payload, and with which input. */
type Change = readonly [string, string, string, Record<string, unknown>];

interface Found {
  student: string;
  guest: string;
  pinnedItem: string;
  /** Which nobody takes. */
  course: string;
}

/** In an order in which each can be made. */
const changesOf = ({ student, guest, pinnedItem, course }: Found): readonly Change[] => [
  [
    ALDER_LEAD,
    'enrolOnCourse',
    'courseEnrolment { startDate }',
    { courseId: course, studentId: student, startDate: TEST_TODAY },
  ],
  [
    ALDER_LEAD,
    'pushCourse',
    'coursePush { teachingSchool { urn } }',
    { courseId: course, teachingSchoolUrn: BIRCHWOOD },
  ],
  [
    ALDER_LEAD,
    'setGuestFieldAccess',
    'fieldAccess { field access reason }',
    { teachingSchoolUrn: BIRCHWOOD, field: 'accessArrangements', access: 'EDIT' },
  ],
  [
    BIRCHWOOD_LEAD,
    'updateGuestProfile',
    'guestProfile { id accessArrangements { arrangement } }',
    { guestProfileId: guest, accessArrangements: [{ arrangement: 'EXTRA_TIME', text: 'Uses it in lessons' }] },
  ],
  [
    BIRCHWOOD_LEAD,
    'addAbsenceNote',
    'absenceNote { text }',
    { guestProfileId: guest, date: TEST_TODAY, text: 'Dentist' },
  ],
  [
    BIRCHWOOD_LEAD,
    'openEmergencyAccess',
    'alreadyOpen emergencyAccess { displayName emergencyContacts { name } }',
    { guestProfileId: guest, reason: 'Fainted in the lesson' },
  ],
  [
    ALDER_LEAD,
    'updateStudent',
    'student { id preferredFirstName }',
    { studentId: student, preferredFirstName: 'Robin' },
  ],
  [
    ALDER_LEAD,
    'pinItem',
    'pinnedItem { title about }',
    { studentId: student, title: 'Three days', about: 'languages' },
  ],
  [ALDER_LEAD, 'deletePinnedItem', 'deletedId', { pinnedItemId: pinnedItem }],
];

const CREATE = [ALDER_LEAD, 'createCourse', 'course { id name }', { name: 'Juggling', subject: 'Circus' }] as const;

interface Payload {
  userErrors: unknown[];
  /** Of what creates or changes one. */
  course?: { id: string; name: string };
}

async function make({ database, as }: Graph, [who, field, gives, input]: Change) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const text = `mutation ($input: ${type}!) { ${field}(input: $input) { ${gives} userErrors { code field } } }`;
  const { answer, rows } = await recorded(database, as(who), text, { input });
  const payload = dataOf<Record<string, Payload>>(answer)[field];
  expect(payload?.userErrors, field).toEqual([]);
  return { field, payload, rows: rows.map(whatIsSaid) };
}

async function madeIn(graph: Graph) {
  const { payload, rows } = await make(graph, CREATE);
  const course = payload?.course;
  if (!course) throw new Error('Expected a course that is made.');
  const students = await studentsOfAlder(graph);
  const student = students.find(({ guestProfiles, pinnedItems }) => guestProfiles.length > 0 && pinnedItems.length > 0);
  const found = {
    student: student?.id ?? '',
    guest: profileAt(BIRCHWOOD, student),
    pinnedItem: student?.pinnedItems[0]?.id ?? '',
    course: course.id,
  };
  const made = [{ field: CREATE[1], payload: { name: course.name }, rows }];
  for (const change of changesOf(found)) made.push((await make(graph, change)) as never);
  return made;
}

const [first, ...others] = await Promise.all(
  LANES.map(async (changesBy) => ({ changesBy, made: await madeIn(await startGraph({ changesBy })) })),
);

describe('every change', () => {
  it('is one of the API’s, and all of them are made', () => {
    const api = readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8');
    const fields = buildSchema(api, { assumeValidSDL: true }).getMutationType()?.getFields() ?? {};
    expect(first?.made.map(({ field }) => field).sort()).toEqual(Object.keys(fields).sort());
  });

  it.each(others)('$changesBy is the same as by any other lane', ({ made }) => {
    expect(made).toEqual(first?.made);
  });
});
