/** What the bench's subgraphs hold: made from ids alone, so that every process says the same. */

interface Student {
  id: string;
  name: string;
  yearGroup: string;
  form: string;
  born: string;
  sessionsPossible: number;
  attendance: number;
  isGuest: boolean;
  languages: string[];
  contacts: { priority: number; name: string; relationship: string; phone: string; email: string | null }[];
}

interface School {
  id: string;
  name: string;
  town: string;
}

export interface GuestProfile {
  id: string;
  course: string;
  purpose: string;
  from: string;
  to: string | null;
  teachingSchool: string;
  assessments: number[];
}

interface Assessment {
  id: string;
  subject: string;
  title: string;
  takenOn: string;
  grade: string | null;
  mark: number;
  outOf: number;
  weight: number;
  markedWith: string;
}

export const STUDENTS_ON_A_PAGE = 20;
const ASSESSMENTS_OF_A_STUDENT = 6;
/** Of each page others: no two requests make the same call. */
const SCHOOLS_OF_A_PAGE = 5;

const GIVEN = ['Amara', 'Zoë', 'Callum', 'Siân', 'Dev', 'Ffion', 'Idris', 'Jodie', 'Kwame', 'Chloé', 'Leo', 'Nadia'];
const FAMILY = ['Okafor', 'Whitfield', 'Begum', 'Llewellyn', 'Sandhu', 'Petrov', 'Marsh', "O'Neill", 'Achebe', 'Hale'];
const SUBJECTS = ['Physics', 'Further mathematics', 'Chemistry', 'Spanish', 'Design and technology'];
const TITLES = ['Mock examination, paper 1', 'Practical endorsement', 'Topic test', 'Coursework draft'];
const GRADES = ['A*', 'A', 'B', 'C', null, 'D'];

const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length] as Item;
const two = (number: number): string => String(number).padStart(2, '0');
const dateOf = (year: number, number: number): string => `${year}-${two(1 + (number % 12))}-${two(1 + (number % 28))}`;
const nameOf = (number: number): string => `${pick(GIVEN, number)} ${pick(FAMILY, number * 7)}`;

const studentId = (number: number): string => `student-${number}`;
/** The number at the end of an id; ids of nothing are not asked for. */
export const numberOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1));

const pageNumberOf = (student: number): number => Math.floor(student / STUDENTS_ON_A_PAGE);

export function studentOf(id: string): Student {
  const number = numberOf(id);
  return {
    id,
    name: nameOf(number),
    yearGroup: `Year ${12 + (number % 2)}`,
    form: `${12 + (number % 2)}${pick(['A', 'B', 'C'], number)}`,
    born: dateOf(2008, number),
    sessionsPossible: 380,
    attendance: 80 + (number % 200) / 10,
    isGuest: number % 3 === 0,
    languages: number % 4 === 0 ? ['en', 'cy'] : ['en'],
    contacts: [1, 2, 3, 4, 5, 6].map((priority) => ({
      priority,
      name: nameOf(number * 3 + priority),
      relationship: pick(['MOTHER', 'FATHER', 'CARER'], number + priority),
      phone: `01632 96${String(number * 3 + priority).padStart(4, '0')}`,
      email: priority === 3 ? null : `contact.${number}.${priority}@example.org`,
    })),
  };
}

/** The students of one page of a school's roster. */
export const pageOf = (page: number): Student[] =>
  Array.from({ length: STUDENTS_ON_A_PAGE }, (_, index) => studentOf(studentId(page * STUDENTS_ON_A_PAGE + index)));

export function schoolOf(id: string): School {
  const number = numberOf(id);
  return { id, name: `${pick(['Alder Grove', 'Birchwood', 'Cedar Hill'], number)} College ${number}`, town: 'Exmouth' };
}

/** Of the student with this id. */
export function profileOf(student: string): GuestProfile {
  const number = numberOf(student);
  return {
    id: `profile-${number}`,
    course: `${pick(SUBJECTS, number)}, A level`,
    purpose: 'SHARED_TEACHING',
    from: dateOf(2026, number),
    to: number % 5 === 0 ? null : dateOf(2027, number),
    teachingSchool: `school-${pageNumberOf(number) * SCHOOLS_OF_A_PAGE + (number % SCHOOLS_OF_A_PAGE)}`,
    assessments: Array.from(
      { length: ASSESSMENTS_OF_A_STUDENT },
      (_, index) => number * ASSESSMENTS_OF_A_STUDENT + index,
    ),
  };
}

export function assessmentOf(number: number): Assessment {
  return {
    id: `assessment-${number}`,
    subject: pick(SUBJECTS, number),
    title: pick(TITLES, number * 5),
    takenOn: dateOf(2026, number),
    grade: pick(GRADES, number),
    mark: number % 81,
    outOf: 80,
    weight: (number % 9) / 8,
    // of the same page, and two who are not on it
    markedWith: markedWith(number),
  };
}

function markedWith(number: number): string {
  const student = Math.floor(number / ASSESSMENTS_OF_A_STUDENT);
  return studentId(pageNumberOf(student) * STUDENTS_ON_A_PAGE + ((number * 7) % (STUDENTS_ON_A_PAGE + 2)));
}
