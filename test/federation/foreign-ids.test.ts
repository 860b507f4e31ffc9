/** Another school's id, one that is not there, and one that is no id: the same bytes, at every place that takes an id. */
import { readFileSync } from 'node:fs';
import { type InputValueDefinitionNode, Kind, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { encodeId, type IdKind, newUuid } from '../../subgraphs/kernel/ids.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { startGraph } from '../kit/graph.ts';
import { dataOf } from './answers.ts';
import { idPlaces } from './id-places.ts';

const ALDER_LEAD = 'data-lead@alder.example';
const BIRCHWOOD_LEAD = 'data-lead@birchwood.example';
const CEDAR_LEAD = 'data-lead@cedar.example';
const graph = await startGraph();

const answer = await graph
  .as(ALDER_LEAD)
  .query(
    '{ students(first: 100) { nodes { id pinnedItems { id } guestProfiles { id teachingSchool { urn } } } } courses { nodes { id name } } }',
  );
interface Found {
  students: {
    nodes: {
      id: string;
      pinnedItems: { id: string }[];
      guestProfiles: { id: string; teachingSchool: { urn: string } }[];
    }[];
  };
  courses: { nodes: { id: string; name: string }[] };
}
const found = dataOf<Found>(answer);
const guest = found.students.nodes.find(
  ({ guestProfiles }) => guestProfiles.length === 1 && guestProfiles[0]?.teachingSchool.urn === '900002',
);
const own = {
  Student: dataOf<{ students: { nodes: { id: string }[] } }>(
    await graph.as(CEDAR_LEAD).query('{ students(first: 1) { nodes { id } } }'),
  ).students,
};
/** Opened by Birchwood's data lead for a guest there. */
const opened = dataOf<{ openEmergencyAccess: { emergencyAccess: { id: string } } }>(
  await graph
    .as(BIRCHWOOD_LEAD)
    .query(
      'mutation ($id: ID!) { openEmergencyAccess(input: { guestProfileId: $id, reason: "Fainted in the lesson" }) { emergencyAccess { id } } }',
      { id: guest?.guestProfiles[0]?.id },
    ),
).openEmergencyAccess.emergencyAccess;
const ALDERS: Partial<Record<IdKind, string>> = {
  EmergencyAccess: opened.id,
  Student: guest?.id ?? '',
  GuestProfile: guest?.guestProfiles[0]?.id ?? '',
  PinnedItem: guest?.pinnedItems[0]?.id ?? '',
  Course: found.courses.nodes.find(({ name }) => name === 'Physics')?.id ?? '',
};

const PLACES = idPlaces(own.Student.nodes[0]?.id ?? '');

/** Where the API takes an id that is not the id of a row of pupils, or is tried in a test of its own. */
const OTHER_PLACES = ['EnrolOnCourseInput.studentId', 'TeacherInput.id'];

describe('every place of the API that takes an id', () => {
  it('is tried', () => {
    const api = parse(readFileSync(new URL('../../schema/api.graphql', import.meta.url), 'utf8'));
    const isId = ({ type }: InputValueDefinitionNode) => print(type).startsWith('ID');
    const places = api.definitions.flatMap((node) => {
      if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION)
        return (node.fields ?? []).filter(isId).map(({ name }) => `${node.name.value}.${name.value}`);
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
      return (node.fields ?? []).flatMap((field) =>
        (field.arguments ?? []).filter(isId).map(({ name }) => `${node.name.value}.${field.name.value}.${name.value}`),
      );
    });
    const tried = places.filter((place) => {
      const [owner = '', field = ''] = place.split('.');
      const operation =
        owner === 'Query' ? field : `${owner.charAt(0).toLowerCase()}${owner.slice(1)}`.replace(/(Input|Filter)$/, '');
      return PLACES.some(
        ({ query }) =>
          query.includes(owner === 'Query' ? `${operation}(` : operation) &&
          (owner === 'Query' || query.includes(`${field}: $id`)),
      );
    });
    expect(places.filter((place) => !tried.includes(place)).sort()).toEqual(OTHER_PLACES);
  });

  it.each(['students', 'guestProfiles', 'courses', 'schools', 'emergencyAccesses'])(
    '%s: a cursor of another school’s row is refused as one of none',
    async (list) => {
      const query = `query ($after: String) { ${list}(after: $after) { nodes { __typename } } }`;
      const kind = {
        students: 'Student',
        guestProfiles: 'GuestProfile',
        courses: 'Course',
        emergencyAccesses: 'EmergencyAccess',
      }[list] as IdKind | undefined;
      const cursors = kind ? [ALDERS[kind] ?? '', encodeId(kind, newUuid()), 'none'] : ['sch_999999', 'none'];
      const answers = await Promise.all(cursors.map((after) => graph.as(CEDAR_LEAD).query(query, { after })));
      for (const { text, body } of answers) {
        expect(text).toBe(answers[0]?.text);
        expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      }
    },
  );
});

describe('an id of another school', () => {
  it.each(PLACES)('$place: is answered as one that is not there, and as none', async ({ kind, query }) => {
    const foreign = ALDERS[kind] ?? '';
    expect(foreign).not.toBe('');
    const answers = await Promise.all(
      [foreign, encodeId(kind, newUuid()), 'no-id', ''].map((id) => graph.as(CEDAR_LEAD).query(query, { id })),
    );
    const [first] = answers;
    expect(first?.status).toBe(200);
    for (const answer of answers) expect(answer.text).toBe(first?.text);
    expect(first?.text).not.toContain('Changed');
  });

  it('S0-19 enrolling another school’s student on one’s own course is not found', async () => {
    const created = await graph
      .as(BIRCHWOOD_LEAD)
      .query(
        'mutation { createCourse(input: { name: "Pottery", subject: "Art" }) { course { id } userErrors { message } } }',
      );
    const courseId = dataOf<{ createCourse: { course: { id: string } } }>(created).createCourse.course.id;
    const enrol = (studentId: string) =>
      graph
        .as(BIRCHWOOD_LEAD)
        .query(
          'mutation ($courseId: ID!, $studentId: ID!, $on: Date!) { enrolOnCourse(input: { courseId: $courseId, studentId: $studentId, startDate: $on }) { courseEnrolment { id } userErrors { code field message } } }',
          { courseId, studentId, on: TEST_TODAY },
        );
    const foreign = await enrol(ALDERS.Student ?? '');
    expect(foreign.body.data?.enrolOnCourse).toMatchObject({
      courseEnrolment: null,
      userErrors: [{ code: 'NOT_FOUND', field: 'studentId' }],
    });
    expect(foreign.text).toBe((await enrol(encodeId('Student', newUuid()))).text);
  });

  it('changed nothing', async () => {
    const answer = await graph
      .as(ALDER_LEAD)
      .query(
        'query ($id: ID!) { student(id: $id) { preferredFirstName pinnedItems { id title } absenceNotes { text } guestProfiles { fieldAccess { field reason } } } }',
        { id: ALDERS.Student },
      );
    expect(answer.text).not.toContain('Changed');
    expect(answer.text).not.toContain('SCHOOL_OVERRIDE');
    expect(answer.text).toContain(ALDERS.PinnedItem);
  });
});
