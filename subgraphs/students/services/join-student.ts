/** A student comes on a school’s roll for the first time. */
import type { Session } from '../../kernel/database/transaction.ts';
import { newUuid } from '../../kernel/ids.ts';
import type { StudentDetails, StudentLists } from '../domain/student-record.ts';
import { Student } from '../entities/student.ts';
import { refuseGuestForm } from './registration-form.ts';
import { saveStudent } from './save-student.ts';
import { emitStudent } from './student-events.ts';
import { addLists } from './write-lists.ts';

type Required = 'legalFirstName' | 'legalLastName' | 'sex' | 'dateOfBirth';

/** Checked and canonical already: what comes from a file or a form is read before. What is left out is empty. */
export interface NewStudent extends Pick<StudentDetails, Required>, Partial<Omit<StudentDetails, Required>> {
  homeSchoolUrn: string;
  /** `YYYY-MM-DD` */
  joinedOn: string;
  lists?: Partial<StudentLists>;
}

const NOTHING_KNOWN: Omit<StudentDetails, Required> = {
  preferredFirstName: null,
  preferredLastName: null,
  upn: null,
  uci: null,
  uln: null,
  yearGroup: null,
  registrationForm: null,
  protectedDetails: false,
  addressLines: null,
  postcode: null,
  senStatus: null,
  supportStrategies: [],
  freeSchoolMealsEligible: null,
  inCareNow: null,
};

/** The new student's UUID. Throws InvalidInput: DUPLICATE for the UPN, FORM_FOR_GUESTS for the form. */
export async function joinStudent(session: Session, { lists = {}, ...details }: NewStudent): Promise<string> {
  await refuseGuestForm(session, details.homeSchoolUrn, details.registrationForm);
  const student = session.em.create(Student, {
    ...NOTHING_KNOWN,
    ...details,
    id: newUuid(),
    formerUpns: [],
    rollStatus: 'ON_ROLL',
    leftOn: null,
    changedAt: session.now,
  });
  await saveStudent(session, student);
  await addLists(session, student, lists);
  await emitStudent(session, 'student.joined', student);
  return student.id;
}
