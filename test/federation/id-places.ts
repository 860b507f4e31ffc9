/** Every place of the API that takes an id of a row of pupils or their courses, with an operation that names it. */
import type { IdKind } from '../../subgraphs/kernel/ids.ts';
import { TEST_TODAY } from '../kit/clock.ts';

export interface IdPlace {
  kind: IdKind;
  place: string;
  /** Takes the id as `$id`; what it would write is `Changed`. */
  query: string;
}

/** `ownStudent`: the id of a student of whoever tries. */
export const idPlaces = (ownStudent: string): readonly IdPlace[] => [
  { kind: 'Student', place: 'student', query: 'query ($id: ID!) { student(id: $id) { id displayName upn } }' },
  {
    kind: 'GuestProfile',
    place: 'guestProfile',
    query: 'query ($id: ID!) { guestProfile(id: $id) { id displayName address { postcode } fieldAccess { field } } }',
  },
  {
    kind: 'EmergencyAccess',
    place: 'emergencyAccess',
    query: 'query ($id: ID!) { emergencyAccess(id: $id) { id reason emergencyContacts { name } } }',
  },
  {
    kind: 'GuestProfile',
    place: 'openEmergencyAccess',
    query:
      'mutation ($id: ID!) { openEmergencyAccess(input: { guestProfileId: $id, reason: "Changed to look for it" }) { emergencyAccess { id } userErrors { code field message } } }',
  },
  {
    kind: 'Student',
    place: 'updateStudent',
    query:
      'mutation ($id: ID!) { updateStudent(input: { studentId: $id, preferredFirstName: "Changed" }) { student { id } userErrors { code field message } } }',
  },
  {
    kind: 'GuestProfile',
    place: 'updateGuestProfile',
    query:
      'mutation ($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, accessArrangements: [{ arrangement: READER, text: "Changed" }] }) { guestProfile { id } userErrors { code field message } } }',
  },
  {
    kind: 'GuestProfile',
    place: 'updateGuestProfile, a field above its ceiling',
    query:
      'mutation ($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, upn: null }) { guestProfile { id } userErrors { code field message } } }',
  },
  {
    kind: 'GuestProfile',
    place: 'addAbsenceNote',
    query: `mutation ($id: ID!) { addAbsenceNote(input: { guestProfileId: $id, date: "${TEST_TODAY}", text: "Changed" }) { absenceNote { id } userErrors { code field message } } }`,
  },
  {
    kind: 'Student',
    place: 'addAbsenceNote of a student',
    query: `mutation ($id: ID!) { addAbsenceNote(input: { studentId: $id, date: "${TEST_TODAY}", text: "Changed" }) { absenceNote { id } userErrors { code field message } } }`,
  },
  {
    kind: 'Student',
    place: 'pinItem',
    query:
      'mutation ($id: ID!) { pinItem(input: { studentId: $id, title: "Changed", about: "address" }) { pinnedItem { id } userErrors { code field message } } }',
  },
  {
    kind: 'PinnedItem',
    place: 'deletePinnedItem',
    query:
      'mutation ($id: ID!) { deletePinnedItem(input: { pinnedItemId: $id }) { deletedId userErrors { code field message } } }',
  },
  {
    kind: 'Student',
    place: 'setGuestFieldAccess',
    query:
      'mutation ($id: ID!) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, studentId: $id, field: "address", access: HIDDEN }) { fieldAccess { field } userErrors { code field message } } }',
  },
  {
    kind: 'Course',
    place: 'guestProfiles on a course',
    query: 'query ($id: ID!) { guestProfiles(filter: { courseId: $id }) { nodes { id } } }',
  },
  {
    kind: 'Course',
    place: 'pushCourse',
    query:
      'mutation ($id: ID!) { pushCourse(input: { courseId: $id, teachingSchoolUrn: 900002 }) { coursePush { id } userErrors { code field message } } }',
  },
  {
    kind: 'Course',
    place: 'enrolOnCourse',
    query: `mutation ($id: ID!) { enrolOnCourse(input: { courseId: $id, studentId: "${ownStudent}", startDate: "${TEST_TODAY}" }) { courseEnrolment { id } userErrors { code field message } } }`,
  },
];
