import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import {
  type GrantedAccess,
  HIDDEN,
  openStudents,
  problemsOf,
  profileOf,
  type StudentsGraph,
  type TestProfile,
} from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');
const alder = callerOf('data-lead@alder.example');

const PIN = `mutation ($input: PinItemInput!) { pinItem(input: $input) {
  pinnedItem { id title about pinnedUntil } userErrors { code field message } } }`;
const DELETE = `mutation ($id: ID!) { deletePinnedItem(input: { pinnedItemId: $id }) {
  deletedId userErrors { code field } } }`;

let graph: StudentsGraph;
let guest: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  guest = profileOf(await graph.join(), BIRCHWOOD);
  await pin({ title: 'Inhaler', about: 'medicalConditions', pinnedUntil: '2026-11-18' });
  await pin({ title: 'Detention', about: 'detentions' });
});

async function pin(input: object, caller = alder) {
  const defaults = { studentId: guest.student.id, title: 'Title', about: 'languages' };
  const answer = await graph.ask(caller, PIN, { input: { ...defaults, ...input } });
  const payload = answer.data?.pinItem as { pinnedItem: { id: string } | null } | undefined;
  return { answer, id: payload?.pinnedItem?.id ?? '', problems: problemsOf(answer, 'pinItem') };
}

const titles = (items: unknown) => (items as { title: string }[]).map(({ title }) => title);
const atTeachingSchool = async (caller: Caller = birchwood, access?: GrantedAccess) =>
  titles((await graph.read('pinnedItems { title }', caller, guest, access)).entity.pinnedItems);
const atHome = async (caller: Caller = alder) => {
  const answer = await graph.ask(
    caller,
    'query ($id: ID!) { student(id: $id) { pinnedItems { title } } }',
    guest.student,
  );
  return titles((answer.data?.student as Record<string, unknown> | undefined)?.pinnedItems);
};

describe('a pinned item', () => {
  it('S0-9h, S0-11 is shown at the teaching school to its last day, and no longer', async () => {
    expect(await atTeachingSchool()).toEqual(['Inhaler']);
    expect(await atHome()).toEqual(['Inhaler', 'Detention']);
    graph.clock.moveTo('2026-11-19');
    expect(await atTeachingSchool()).toEqual([]);
    expect(await atHome()).toEqual(['Detention']);
    graph.clock.moveTo('2026-11-18');
  });

  it('S0-15 about what is kept at home never crosses, by a grant that would open it either', async () => {
    const open = { detentions: { access: 'VIEW', reason: 'HOME_OWNED' } } as const;
    expect(await atTeachingSchool(birchwood, open)).toEqual(['Inhaler']);
  });

  it('is left out where what it is about is hidden, or the caller lacks the scope that reads it', async () => {
    expect(await atTeachingSchool(birchwood, { medicalConditions: HIDDEN })).toEqual([]);
    expect(await atTeachingSchool(callerAs('EXAMS_OFFICER', BIRCHWOOD))).toEqual([]);
    expect(await atHome(callerAs('SENCO', guest.student.homeSchool))).toEqual(['Inhaler']);
  });

  it('S0-12 that is deleted at home is gone at the teaching school', async () => {
    const { id } = await pin({ title: 'Hearing loop', about: 'senNeeds' });
    expect(await atTeachingSchool()).toEqual(['Inhaler', 'Hearing loop']);
    expect(await graph.ask(alder, DELETE, { id })).toEqual({
      data: { deletePinnedItem: { deletedId: id, userErrors: [] } },
    });
    expect(await atTeachingSchool()).toEqual(['Inhaler']);
  });

  it('is deleted by its home school alone, and only by who may see it', async () => {
    const { id } = await pin({ about: 'freeSchoolMeals' });
    const notFound = {
      data: { deletePinnedItem: { deletedId: null, userErrors: [{ code: 'NOT_FOUND', field: 'pinnedItemId' }] } },
    };
    const grants = [graph.grant(birchwood, guest)];
    expect(await graph.ask(birchwood, DELETE, { id }, grants)).toEqual(notFound);
    expect(await graph.ask(birchwood, DELETE, { id: encodeId('PinnedItem', newUuid()) }, grants)).toEqual(notFound);
    expect(await graph.ask(callerAs('SENCO', guest.student.homeSchool), DELETE, { id })).toEqual(notFound);
    expect(await graph.ask(alder, DELETE, { id })).toMatchObject({ data: { deletePinnedItem: { deletedId: id } } });
  });

  it('names a student of the school, a row of the matrix, a title and a day that is not past', async () => {
    expect((await pin({ studentId: encodeId('Student', newUuid()) })).problems).toEqual(['NOT_FOUND studentId']);
    expect((await pin({}, birchwood)).problems).toEqual(['NOT_FOUND studentId']);
    expect((await pin({ title: ' ', about: 'horoscope', pinnedUntil: '2026-11-17' })).problems).toEqual([
      'INVALID title',
      'INVALID about',
      'INVALID pinnedUntil',
    ]);
    for (const about of ['lessonAttendance', 'ownAbsenceNotes', 'pinnedItems', 'dates', 'constructor'])
      expect((await pin({ about })).problems).toEqual(['INVALID about']);
    expect((await pin({ title: 'x'.repeat(201) })).problems).toEqual(['INVALID title']);
  });

  it('is not pinned by who may not read what it is about', async () => {
    const { answer } = await pin({ about: 'inCare' }, callerAs('ATTENDANCE_OFFICE', guest.student.homeSchool));
    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN', fields: ['inCare'] });
  });
});
