/** What one client asks for by id, and what another floods the gateway with. */

export const PUBLISHED = 'query Named($urn: URN!) { school(urn: $urn) { name } }';

/** Each another; of a page's size, so that it takes what a page takes to be planned. */
export const floodOperation = (index: number): string => `query Flood${index} {
  guestProfiles(first: 1) {
    nodes {
      id a${index}: displayName yearGroup registrationForm { name } schoolEnrolment { startDate endDate }
      homeSchool { name telephone } legalFirstName legalLastName dateOfBirth upn
      emergencyContacts { priority name phone } medicalConditions { name severity } address { postcode }
      fieldAccess { field access reason }
    }
  }
}`;
