import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { seedAbsenceNotes } from '../../../subgraphs/students/demo/day-by-day.ts';
import { callerOf } from '../../kit/callers.ts';
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
const cedar = callerOf('data-lead@cedar.example');
const alder = callerOf('data-lead@alder.example');

const ADD = `mutation ($input: AddAbsenceNoteInput!) { addAbsenceNote(input: $input) {
  absenceNote { date text writtenAt writtenBy { name school { urn } } } userErrors { code field message } } }`;

let graph: StudentsGraph;
let atBirchwood: TestProfile;
let atCedar: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  atBirchwood = profileOf(await graph.join(), BIRCHWOOD);
  atCedar = profileOf(atBirchwood.student, CEDAR);
  await graph.at(ALDER, (session) => seedAbsenceNotes(session, [{ id: atBirchwood.student.uuid, number: 4 }]));
});

const add = (caller: Caller, input: object, ...grants: string[]) =>
  graph.ask(caller, ADD, { input: { date: '2026-11-18', text: 'Away', ...input } }, grants);

const textsOf = ({ absenceNotes }: Record<string, unknown>) =>
  (absenceNotes as { text: string }[] | null)?.map(({ text }) => text);

const seenBy = async (caller: Caller, profile: TestProfile, access?: GrantedAccess) =>
  textsOf((await graph.read('absenceNotes { text }', caller, profile, access)).entity);

describe('S0-9l an absence note', () => {
  it('of one teaching school reaches home and itself, never another teaching school', async () => {
    const written = await add(
      birchwood,
      { guestProfileId: atBirchwood.id, text: ' Left at noon ' },
      graph.grant(birchwood, atBirchwood),
    );
    expect(written.data?.addAbsenceNote).toEqual({
      absenceNote: {
        date: '2026-11-18',
        text: 'Left at noon',
        writtenAt: graph.clock.now().toISOString(),
        writtenBy: { name: birchwood.name, school: { urn: BIRCHWOOD } },
      },
      userErrors: [],
    });
    graph.clock.advance(1_000);
    await add(cedar, { guestProfileId: atCedar.id, text: 'Late train' }, graph.grant(cedar, atCedar));
    const home = (await seenBy(birchwood, atBirchwood, { ownAbsenceNotes: HIDDEN })) ?? [];
    expect(home).toHaveLength(2);
    expect(await seenBy(birchwood, atBirchwood)).toEqual(['Left at noon', ...home]);
    expect(await seenBy(cedar, atCedar)).toEqual(['Late train', ...home]);
    expect(await seenBy(alder, atBirchwood)).toEqual(['Late train', 'Left at noon', ...home]);
    const record = await graph.ask(
      alder,
      'query ($id: ID!) { student(id: $id) { absenceNotes { text } } }',
      atCedar.student,
    );
    expect(textsOf(record.data?.student as Record<string, unknown>)).toEqual(['Late train', 'Left at noon', ...home]);
  });

  it('of a hidden kind is left out and told of; null is answered only where both kinds are hidden', async () => {
    const other = profileOf(await graph.join(), BIRCHWOOD);
    const withoutHome = await graph.read('absenceNotes { text }', birchwood, other, { homeAbsenceNotes: HIDDEN });
    expect(withoutHome.entity).toEqual({ absenceNotes: [] });
    const told = { guestProfileId: other.id, reason: 'SCHOOL_OVERRIDE' };
    expect(withoutHome.hidden).toEqual([{ ...told, field: 'homeAbsenceNotes' }]);
    const both = { homeAbsenceNotes: HIDDEN, ownAbsenceNotes: HIDDEN };
    const without = await graph.read('absenceNotes { text }', birchwood, other, both);
    expect(without.entity).toEqual({ absenceNotes: null });
    expect(without.hidden.map(({ field }) => field)).toEqual(['homeAbsenceNotes', 'ownAbsenceNotes']);
  });

  it('is shown among the newest hundred of its kind, however many there are of the other', async () => {
    const many = profileOf(await graph.join(), BIRCHWOOD);
    await add(birchwood, { guestProfileId: many.id, text: 'Our own' }, graph.grant(birchwood, many));
    graph.clock.advance(1_000);
    for (let index = 0; index < 101; index += 1)
      await add(alder, { studentId: many.student.id, text: `Note ${index}` });
    expect(await seenBy(birchwood, many)).toHaveLength(100);
    expect(await seenBy(birchwood, many, { homeAbsenceNotes: HIDDEN })).toEqual(['Our own']);
  });

  it('is written by the home school about its own student', async () => {
    const { student } = atBirchwood;
    const written = await add(alder, { studentId: student.id });
    expect(written.data?.addAbsenceNote).toMatchObject({ absenceNote: { writtenBy: { school: { urn: ALDER } } } });
  });

  it('needs a grant to be written about a guest, the same for a profile that is not there', async () => {
    const refused = {
      message: 'A change of a guest profile needs a grant made for it and for this caller.',
      path: ['addAbsenceNote'],
      extensions: { code: 'GRANT_REQUIRED' },
    };
    const foreign = graph.grant(cedar, atCedar);
    for (const guestProfileId of [atBirchwood.id, encodeId('GuestProfile', newUuid()), 'nonsense', ''])
      for (const grants of [[], ['forged'], [foreign]])
        expect((await add(birchwood, { guestProfileId }, ...grants)).errors).toEqual([refused]);
  });

  it('is refused where the teaching school’s own notes are not open to it any more', async () => {
    const ended = { ownAbsenceNotes: { access: 'VIEW', reason: 'OWN_RECORD' } } as const;
    const answer = await add(birchwood, { guestProfileId: atBirchwood.id }, graph.grant(birchwood, atBirchwood, ended));
    expect(answer.errors?.[0]?.extensions).toEqual({
      code: 'GUEST_FIELD_VIEW_ONLY',
      fields: [{ field: 'ownAbsenceNotes', access: 'VIEW', reason: 'OWN_RECORD' }],
    });
  });

  it('names one of student and guest profile, and one that the caller reaches', async () => {
    const problems = async (caller: Caller, input: object) => problemsOf(await add(caller, input), 'addAbsenceNote');
    expect(await problems(alder, {})).toEqual(['INVALID studentId']);
    expect(await problems(alder, { studentId: atBirchwood.student.id, guestProfileId: atBirchwood.id })).toEqual([
      'INVALID studentId',
    ]);
    for (const studentId of [atBirchwood.student.id, encodeId('Student', newUuid()), 'nonsense', ''])
      expect(await problems(birchwood, { studentId })).toEqual(['NOT_FOUND studentId']);
    for (const text of ['', '   ', 'x'.repeat(2_001)])
      expect(await problems(alder, { studentId: atBirchwood.student.id, text })).toEqual(['INVALID text']);
  });

  it('is about a day of this academic year; at home, of the one before too', async () => {
    // today is 2026-11-18
    const addAt = async (caller: Caller, who: object, date: string, ...grants: string[]) =>
      problemsOf(await add(caller, { ...who, date }, ...grants), 'addAbsenceNote');
    const guest = (date: string) =>
      addAt(birchwood, { guestProfileId: atBirchwood.id }, date, graph.grant(birchwood, atBirchwood));
    const home = (date: string) => addAt(alder, { studentId: atBirchwood.student.id }, date);
    for (const date of ['2026-09-01', '2027-08-31']) expect([await guest(date), await home(date)]).toEqual([[], []]);
    for (const date of ['1900-01-01', '2025-08-31', '2027-09-01', '2199-01-01'])
      expect([await guest(date), await home(date)]).toEqual([['INVALID date'], ['INVALID date']]);
    for (const date of ['2025-09-01', '2026-08-31'])
      expect([await guest(date), await home(date)]).toEqual([['INVALID date'], []]);
    const both = await add(alder, { studentId: atBirchwood.student.id, date: '2199-01-01', text: '' });
    expect(both.data?.addAbsenceNote).toMatchObject({
      absenceNote: null,
      userErrors: [
        { field: 'date', message: 'Expected a day from 2025-09-01 to 2027-08-31.' },
        { field: 'text', message: 'Expected 1 to 2000 characters.' },
      ],
    });
  });
});
