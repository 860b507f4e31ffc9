/** Operations of frontend teams, as they are written: what the graph must answer. */
export const GUESTS = `query Guests($first: Int = 20, $after: String) {
  viewer { name role school { urn name } }
  guestProfiles(first: $first, after: $after) {
    nodes { id displayName legalFirstName legalLastName dateOfBirth yearGroup upn uci homeSchool { urn name } registrationForm { name } schoolEnrolment { startDate endDate }
      emergencyContacts { priority name relationship phone } contactRestrictions { kind name } address { lines postcode } medicalConditions { name severity healthcarePlan { action } } otherMedicalConditions { name } dietaryRequirements { type }
      senStatus supportStrategies inCare { current } freeSchoolMeals { eligible } languages { language } accessArrangements { arrangement } pinnedItems { title pinnedUntil }
      absenceNotes { text writtenAt writtenBy { name } } sessionAttendance(last: 20) { date session presence mark } picture { url }
      fieldAccess { field access reason explanation } }
    pageInfo { hasNextPage endCursor } } }`;

export const GUEST = `query Guest($id: ID!) { guestProfile(id: $id) { id displayName address { postcode } emergencyContacts { name } } }`;

export const REFUSED = `mutation Refused($id: ID!) { updateGuestProfile(input: { guestProfileId: $id, emergencyContacts: [{ priority: 1, name: "A N Other", relationship: CARER, phone: "01632 960001" }] }) { guestProfile { id } userErrors { code field message } } }`;

export const ALLOWED = `mutation Allowed($id: ID!, $on: Date!) { addAbsenceNote(input: { guestProfileId: $id, date: $on, text: "Dentist" }) { absenceNote { id text } userErrors { code field message } } }`;

export const NARROW = `mutation Narrow { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, field: "address", access: HIDDEN }) { fieldAccess { field access reason } userErrors { code field message } } }`;

export const HOME = `query Home($after: String) { students(first: 50, after: $after) { nodes { id displayName detentions { reason } mealAccount { balance } guestProfiles { id teachingSchool { name } } } pageInfo { hasNextPage endCursor } } }`;

export const HOME_EDIT = `mutation HomeEdit($id: ID!) { updateStudent(input: { studentId: $id, emergencyContacts: [{ priority: 1, name: "A N Other", relationship: CARER, phone: "01632 960001" }] }) { student { id emergencyContacts { name } } userErrors { code field message } } }`;
