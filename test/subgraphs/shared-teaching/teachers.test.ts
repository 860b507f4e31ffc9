/** A teacher sees those on the rolls that she teaches, from 14 days before the first to 14 days after the last lesson. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import { ALDER, ALDER_LEAD, BIRCHWOOD, CEDAR, openSharedTeaching, type SharedTeaching } from './arrange.ts';

let schools: SharedTeaching;
const physicist = callerAs('TEACHER', BIRCHWOOD);
const mathematician = callerAs('TEACHER', BIRCHWOOD);
const artist = callerAs('TEACHER', CEDAR);
const atHome = callerAs('TEACHER', ALDER);

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
  await schools.agreement(ALDER, CEDAR);
});

async function enrolled(course: string, start?: string, end?: string): Promise<string> {
  const student = await schools.student(ALDER);
  await schools.enrol(ALDER_LEAD, course, student, start, end);
  return student;
}

/** Whether a caller sees a guest profile of the student, by day. */
async function seesOn(caller: typeof physicist, student: string, days: string[]): Promise<boolean[]> {
  const all = await schools.guestsOf(student);
  expect(all).not.toEqual([]);
  const sees: boolean[] = [];
  for (const day of days) {
    schools.graph.clock.moveTo(day);
    const visible = await schools.graph.transaction('shared-teaching', caller, ({ db }) =>
      sql<{ student: string }>`select student_id as student from shared_teaching.guest_profile`.execute(db),
    );
    sees.push(visible.rows.some((row) => encodeId('Student', row.student) === student));
  }
  schools.graph.clock.moveTo('2026-11-18');
  return sees;
}

describe('a teacher at the teaching school', () => {
  it('sees the guests on her own course, and not those of her colleague', async () => {
    const physics = await schools.taughtAt(BIRCHWOOD, { teacher: physicist });
    const mathematics = await schools.taughtAt(BIRCHWOOD, { teacher: mathematician });
    const [one, other] = [await enrolled(physics), await enrolled(mathematics)];
    expect(await seesOn(physicist, one, ['2026-11-18'])).toEqual([true]);
    expect(await seesOn(physicist, other, ['2026-11-18'])).toEqual([false]);
    await schools.enrol(ALDER_LEAD, physics, other);
    expect(await seesOn(physicist, other, ['2026-11-18'])).toEqual([true]);
  });

  it('sees a guest from 14 days before the first to 14 days after the last day of slot and enrolment together', async () => {
    const course = await schools.taughtAt(BIRCHWOOD, { teacher: physicist, from: '2026-09-01', to: '2027-07-16' });
    const student = await enrolled(course, '2026-10-05', '2027-02-12');
    const days = ['2026-09-20', '2026-09-21', '2026-10-05', '2027-02-12', '2027-02-26', '2027-02-27'];
    expect(await seesOn(physicist, student, days)).toEqual([false, true, true, true, true, false]);
    const open = await enrolled(course, '2026-01-05');
    expect(await seesOn(physicist, open, ['2026-08-17', '2026-08-18', '2027-07-30', '2027-07-31'])).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('sees a guest of her spring lessons in spring, and not by a colleague’s in autumn', async () => {
    const course = await schools.taughtAt(
      BIRCHWOOD,
      { teacher: mathematician, from: '2026-09-01', to: '2026-12-18' },
      { teacher: physicist, from: '2027-01-04', to: '2027-07-16' },
    );
    const student = await enrolled(course);
    expect(await seesOn(physicist, student, ['2026-12-20', '2026-12-21', '2027-05-03'])).toEqual([false, true, true]);
    expect(await seesOn(mathematician, student, ['2026-12-20', '2027-01-01', '2027-01-02'])).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('sees a guest between two times in which she teaches the student, and nobody whose enrolment misses her lessons', async () => {
    const course = await schools.taughtAt(
      BIRCHWOOD,
      { teacher: physicist, from: '2026-09-01', to: '2026-10-16' },
      { teacher: physicist, weekday: 'FRIDAY', from: '2027-03-01', to: '2027-07-16' },
    );
    expect(await seesOn(physicist, await enrolled(course), ['2026-12-15'])).toEqual([true]);
    const missed = await enrolled(course, '2026-11-02', '2027-02-12');
    expect(await seesOn(physicist, missed, ['2026-11-18', '2027-02-20'])).toEqual([false, false]);
  });

  it('sees nothing by lessons at another school, nor does anybody at home by those', async () => {
    const student = await enrolled(await schools.taughtAt(CEDAR, { teacher: artist }));
    expect(await seesOn(artist, student, ['2026-11-18'])).toEqual([true]);
    expect(await seesOn(callerAs('TEACHER', BIRCHWOOD, artist.subject), student, ['2026-11-18'])).toEqual([false]);
    expect(await seesOn(callerAs('TEACHER', ALDER, artist.subject), student, ['2026-11-18'])).toEqual([false]);
  });

  it('sees the guest’s profile at her own school, and not the one at another', async () => {
    const student = await enrolled(await schools.taughtAt(BIRCHWOOD, { teacher: physicist }));
    await schools.enrol(ALDER_LEAD, await schools.taughtAt(CEDAR, { teacher: artist }), student);
    const teachings = (await schools.profiles(physicist)).map(({ teachingSchool }) => teachingSchool.urn);
    expect(new Set(teachings)).toEqual(new Set([BIRCHWOOD]));
  });
});

describe('a teacher at home', () => {
  it('sees the guest profiles of students on her roll, and of no other', async () => {
    const physics = await schools.taughtAt(BIRCHWOOD, { teacher: physicist });
    const english = await schools.course(ALDER_LEAD, [{ teacher: atHome }]);
    const [mine, other] = [await enrolled(physics), await enrolled(physics)];
    await schools.enrol(ALDER_LEAD, english, mine);
    expect(await seesOn(atHome, mine, ['2026-11-18', '2027-07-31'])).toEqual([true, false]);
    expect(await seesOn(atHome, other, ['2026-11-18'])).toEqual([false]);
  });
});
