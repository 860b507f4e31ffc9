import type { StudentDetails } from './student-record.ts';

type Names = Pick<StudentDetails, 'legalFirstName' | 'legalLastName' | 'preferredFirstName' | 'preferredLastName'>;

/** The name to call a student by: preferred, else legal. */
export const displayNameOf = (student: Names): string =>
  `${student.preferredFirstName ?? student.legalFirstName} ${student.preferredLastName ?? student.legalLastName}`;
