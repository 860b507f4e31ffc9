/** What is asked of every contender: two operations, each with 64 sets of variables that have different answers. */
import { createHash } from 'node:crypto';
import { STUDENTS_ON_A_PAGE } from './data.ts';

export type Size = 'big' | 'small';

export interface BenchOperation {
  size: Size;
  name: string;
  text: string;
  /** One after the other, so that nobody is flattered who runs equal requests once. */
  variables: readonly Readonly<Record<string, string | number>>[];
}

const REQUESTS = 64;
const numbers = Array.from({ length: REQUESTS }, (_, number) => number);

const BIG = `query Roster($page: Int!) {
  roster(page: $page) {
    id
    name
    yearGroup
    form
    attendance
    isGuest
    guestProfile {
      id
      course
      purpose
      from
      to
      teachingSchool { id name town }
      assessments {
        id
        subject
        title
        takenOn
        grade
        mark
        outOf
        weight
        markedWith { id name yearGroup form }
      }
    }
  }
}`;

const SMALL = `query Student($id: ID!) {
  student(id: $id) {
    id
    name
    yearGroup
    form
    born
    sessionsPossible
    attendance
    isGuest
    languages
    contacts { priority name relationship phone email }
  }
}`;

export const OPERATIONS: Readonly<Record<Size, BenchOperation>> = {
  big: { size: 'big', name: 'Roster', text: BIG, variables: numbers.map((page) => ({ page })) },
  small: {
    size: 'small',
    name: 'Student',
    text: SMALL,
    variables: numbers.map((number) => ({ id: `student-${number * STUDENTS_ON_A_PAGE}` })),
  },
};

/** As a list of persisted operations names it. */
export const idOf = ({ text }: BenchOperation): string => createHash('sha256').update(text).digest('hex');
