/**
 * What the design says of each row in each situation, written out by hand from its prose: the oracle of the matrix test.
 * A letter for the access, two for the reason.
 */
import type { Access, Reason } from '../../subgraphs/kernel/guest-access/matrix.ts';

const SITUATIONS = ['home', 'taught', 'protected', 'leadIn', 'before', 'runOut', 'ended', 'noAgreement'] as const;
export type Situation = (typeof SITUATIONS)[number];

const TABLE = `
row                     home  taught  protected  leadIn  before  runOut  ended  noAgreement
displayName             Vho   Vho     Vho        Vod     Vod     Vod     Vod    Vvi
preferredFirstName      Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
preferredLastName       Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
sex                     Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
dates                   Vho   Vho     Vho        Vod     Vod     Vod     Vod    Vvi
yearGroup               Vho   Vsr     Vsr        Vsr     Hod     Hod     Hod    Hna
registrationForm        Vho   Vsr     Vsr        Vsr     Hod     Hod     Hod    Hna
legalFirstName          Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
legalLastName           Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
dateOfBirth             Vho   Vho     Vho        Hod     Hod     Vho     Hod    Hna
emergencyContacts       Vho   Vsf     Vsf        Hod     Hod     Hod     Hod    Vvi
contactRestrictions     Vho   Vsf     Vsf        Vsf     Hod     Hod     Hod    Vvi
dietaryRequirements     Vho   Vsf     Vsf        Vsf     Hod     Hod     Hod    Vvi
medicalConditions       Vho   Vsf     Vsf        Vsf     Hod     Hod     Hod    Vvi
otherMedicalConditions  Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
address                 Vho   Vho     Hpr        Hod     Hod     Hod     Hod    Hna
upn                     Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
uci                     Vho   Vho     Vho        Hod     Hod     Vho     Hod    Hna
uln                     Vho   Vho     Vho        Hod     Hod     Vho     Hod    Hna
picture                 Vho   Vho     Hpr        Hod     Hod     Hod     Hod    Hna
languages               Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
pinnedItems             Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
accessArrangements      Vho   Vho     Vho        Vho     Hod     Vho     Hod    Hna
senStatus               Vho   Vho     Vho        Vho     Hod     Hod     Hod    Hna
supportStrategies       Vho   Vho     Vho        Vho     Hod     Hod     Hod    Hna
senNeeds                Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
freeSchoolMeals         Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
inCare                  Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
absenceExplained        Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
homeAbsenceNotes        Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
ownAbsenceNotes         Vho   Esr     Esr        Vor     Vor     Vor     Vor    Esr
lessonAttendance        Vho   Esr     Esr        Vor     Vor     Vor     Vor    Esr
sessionAttendance       Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
ownAssessments          Vho   Esr     Esr        Vor     Vor     Vor     Vor    Esr
otherAssessments        Vho   Vho     Vho        Hod     Hod     Hod     Hod    Hna
detentions              Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
meals                   Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
mealAccount             Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
behaviour               Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
safeguarding            Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
ethnicity               Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
religion                Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
privateNotes            Hns   Hns     Hns        Hns     Hns     Hns     Hns    Hns
`;

const ACCESS: Record<string, Access> = { H: 'HIDDEN', V: 'VIEW', E: 'EDIT' };
const REASON: Record<string, Reason> = {
  ho: 'HOME_OWNED',
  sr: 'SHARED_RECORD',
  or: 'OWN_RECORD',
  sf: 'SAFETY_FLOOR',
  od: 'OUTSIDE_DATES',
  pr: 'PROTECTED',
  na: 'NO_AGREEMENT',
  vi: 'VITAL_INTERESTS',
  ns: 'NOT_SYNCED',
};

export interface Expected {
  field: string;
  access: Access;
  reason: Reason;
}

/** Every row in a situation, in the order of the matrix. */
export function expectedIn(situation: Situation): Expected[] {
  const [head = '', ...lines] = TABLE.trim().split('\n');
  const column = head.split(/\s+/).indexOf(situation);
  return lines.map((line) => {
    const cells = line.split(/\s+/);
    const cell = cells[column] ?? '';
    const [access, reason] = [ACCESS[cell.slice(0, 1)], REASON[cell.slice(1)]];
    if (!access || !reason) throw new Error(`The table has no cell for ${cells[0]} in ${situation}.`);
    return { field: cells[0] ?? '', access, reason };
  });
}

/** The response key of `EVERYTHING` that shows a row; absence notes are looked at one by one. */
export const EVERYTHING = `id displayName preferredFirstName preferredLastName sex dates: schoolEnrolment { startDate } yearGroup registrationForm { name }
  legalFirstName legalLastName dateOfBirth emergencyContacts { name phone } contactRestrictions { name } dietaryRequirements { type }
  medicalConditions { name } otherMedicalConditions { name } address { lines } upn uci uln picture { url } languages { language }
  pinnedItems { title about } accessArrangements { arrangement } senStatus supportStrategies senNeeds { type } freeSchoolMeals { eligible }
  inCare { current } absenceExplained(on: $on) absenceNotes { text writtenBy { school { urn } } } sessionAttendance(last: 5) { presence }
  fieldAccess { field access reason explanation setBy }`;
