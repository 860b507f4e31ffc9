/** Two changes of one student in one order and in the other: what comes of them does not depend on a moment. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../subgraphs/kernel/database/transaction.ts';
import { decodeId } from '../../../subgraphs/kernel/ids.ts';
import { enrolOnCourse } from '../../../subgraphs/shared-teaching/services/enrol-on-course.ts';
import { onStudentChanged } from '../../../subgraphs/shared-teaching/services/on-student-changed.ts';
import { callerAs } from '../../kit/callers.ts';
import { ALDER, ALDER_LEAD, BIRCHWOOD, openSharedTeaching, type SharedTeaching, START } from './arrange.ts';

let schools: SharedTeaching;
const teacher = callerAs('TEACHER', ALDER);
const LEFT = { version: 2, rollStatus: 'OFF_ROLL', leftOn: '2026-11-13' } as const;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.listenTo('teaching-roll.changed');
  await schools.agreement(ALDER, BIRCHWOOD);
});

/** Does `first` in a transaction, and ends it when `second`, begun meanwhile, waits for it. Gives what `second` gives. */
async function interleaved<Result>(
  first: (session: Session) => Promise<unknown>,
  second: () => Promise<Result>,
): Promise<Result> {
  const begun = Promise.withResolvers<Promise<Result>>();
  await schools.graph.transaction('shared-teaching', ALDER_LEAD, async (session) => {
    await first(session);
    const result = second();
    result.catch(() => undefined);
    begun.resolve(result);
    await schools.waiting();
  });
  return begun.promise;
}

const lastRollOf = async (course: string) =>
  (await schools.told('teaching-roll.changed')).findLast(
    ({ aggregateId }) => aggregateId === decodeId('Course', course),
  );

describe('a student who leaves while being enrolled', () => {
  it('is not enrolled where the leaving came first', async () => {
    const [student, course] = [await schools.student(ALDER), await schools.taughtAt(BIRCHWOOD)];
    const enrolling = interleaved(
      (session) => onStudentChanged(session, schools.stateOf(ALDER, student, LEFT)),
      () => schools.enrol(ALDER_LEAD, course, student),
    );
    await expect(enrolling).rejects.toThrow('INVALID studentId');
    expect(await schools.guestsOf(student)).toEqual([]);
  });

  it('is enrolled up to the day of leaving where the enrolment came first, and the roll says so', async () => {
    const [student, course] = [await schools.student(ALDER), await schools.course(ALDER_LEAD, [{ teacher }])];
    await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
    await interleaved(
      (session) => enrolOnCourse(session, { courseId: course, studentId: student, startDate: START }),
      () => schools.hearOfStudent(ALDER, student, LEFT),
    );
    expect(await schools.guestsOf(student)).toMatchObject([{ startsOn: START, endsOn: LEFT.leftOn }]);
    expect(await lastRollOf(course)).toMatchObject({ members: [{ firstLesson: START, lastLesson: LEFT.leftOn }] });
  });
});
