/** What is asked while the canaries are planted: everything, by every way in; and requests that are wrong in every way. */
import type { Random } from '../random.ts';
import type { AskOptions, GraphqlRequest } from '../requests/client.ts';
import type { Planted } from './plant.ts';

export interface CanaryRequest {
  name: string;
  request: GraphqlRequest;
  options?: AskOptions;
}

const SHARED_FIELDS = [
  'id displayName preferredFirstName preferredLastName sex yearGroup registrationForm { name } legalFirstName legalLastName dateOfBirth upn uci uln',
  'id emergencyContacts { priority name relationship phone } contactRestrictions { kind name note } address { lines postcode } dietaryRequirements { type note } medicalConditions { name severity healthcarePlan { signs action medicineLocation } evacuationPlan } otherMedicalConditions { name severity }',
  'id languages { language proficiency } senStatus senNeeds { rank type } supportStrategies accessArrangements { arrangement evidence { text recordedOn recordedBy { name school { urn } } } } freeSchoolMeals { eligible } inCare { current }',
  'id pinnedItems { id title about } absenceNotes { id text writtenBy { name school { urn } } } absenceExplained sessionAttendance(last: 3) { presence mark } picture { url }',
];
const HOME_FIELDS = [
  'id formerUpns rollStatus joinedOn leftOn protectedDetails detentions { reason } meals { name } mealAccount { balance } guestProfiles { id displayName legalLastName address { lines } }',
];
const GUEST_FIELDS = [
  'id homeSchool { name } teachingSchool { name } schoolEnrolment { startDate } academicYearEnrolments { startDate } fieldAccess { field access reason explanation setBy }',
];

type MakeRequest = (planted: Planted, random: Random, canary: () => string) => Omit<CanaryRequest, 'name'>;

const asking = (query: string, variables: Record<string, unknown> = {}): { request: GraphqlRequest } => ({
  request: { query, variables },
});

/** Whoever may see it sees it by these. */
const READS: Readonly<Record<string, MakeRequest>> = {
  'a student': ({ students }, random) =>
    asking(`query ($id: ID!) { student(id: $id) { ${random.pick([...SHARED_FIELDS, ...HOME_FIELDS])} } }`, {
      id: random.pick(students),
    }),
  'a guest': ({ profiles }, random) =>
    asking(`query ($id: ID!) { guestProfile(id: $id) { ${random.pick([...SHARED_FIELDS, ...GUEST_FIELDS])} } }`, {
      id: random.pick(profiles),
    }),
  students: (_planted, random) =>
    asking(
      `{ students(first: 10) { edges { cursor node { ${random.pick(SHARED_FIELDS)} } } pageInfo { endCursor } } }`,
    ),
  guests: (_planted, random) =>
    asking(
      `{ guestProfiles(first: 10) { edges { cursor node { ${random.pick(SHARED_FIELDS)} } } pageInfo { endCursor } } }`,
    ),
  courses: () =>
    asking(
      '{ courses(first: 20) { nodes { id name subject slots { id teacher { name } } pushes { id course { name } } } } }',
    ),
  partnerships: () => asking('{ partnerships { id agreements { id purpose lawfulBases } } }'),
  schools: () => asking('{ viewer { name school { name } } schools(search: "o") { nodes { name } } }'),
};

/** None of these is told what it asks, and what it brings is not told back. */
const HOSTILE: Readonly<Record<string, MakeRequest>> = {
  'forged keys': ({ profiles }, random) =>
    asking(
      'query ($id: ID!) { guestProfile(id: $id) { guestGrant: __typename id: displayName emergencyContacts { name phone } address { lines } } }',
      { id: random.pick(profiles) },
    ),
  entities: ({ students }) =>
    asking('query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { legalLastName } } }', {
      r: students.map((id) => ({ __typename: 'Student', id })),
    }),
  'a variable of another type': (_planted, random, canary) =>
    asking(
      `query ($id: ${random.pick(['ID!', 'Int!', 'URN!', 'UPN!', 'Date!', 'StudentFilter!'])}) { student(id: $id) { id } }`,
      { id: random.pick<unknown>([[canary()], { a: canary() }, canary()]) },
    ),
  'a variable that no scalar takes': (_planted, random, canary) => {
    const [type, field] = random.pick([
      ['URN!', 'school(urn: $v) { name }'],
      ['DfENumber!', 'schoolByDfeNumber(dfeNumber: $v) { name }'],
    ] as const);
    return asking(`query ($v: ${type}) { ${field} }`, { v: canary() });
  },
  'a literal that no scalar takes': (_planted, random, canary) =>
    asking(
      random.pick([
        `{ school(urn: "${canary()}") { name } }`,
        `{ students(first: "${canary()}") { nodes { id } } }`,
        `{ students(filter: { yearGroup: ${canary()} }) { nodes { id } } }`,
        `{ student(id: "x", first: "${canary()}") { id } }`,
      ]),
    ),
  'an id that is none': (_planted, _random, canary) =>
    asking('query ($id: ID!, $c: String) { student(id: $id) { id } guestProfiles(after: $c) { nodes { id } } }', {
      id: canary(),
      c: canary(),
    }),
  'a field that is not there': ({ profiles }, random) =>
    asking('query ($id: ID!) { guestProfile(id: $id) { guestGrant displayNam legalLastNam studentId } }', {
      id: random.pick(profiles),
    }),
  'text that does not parse': (_planted, random, canary) =>
    asking(
      random.pick([
        `{ viewer "${canary()}" }`,
        `{ ${canary()} `,
        `query { viewer { name } } ${canary()}`,
        `# ${canary()}\n{`,
      ]),
    ),
  'names of the client’s': (_planted, _random, canary) => ({
    request: {
      query: `query ${canary()} { viewer { name ...F } } fragment F on Viewer { role }`,
      operationName: canary(),
    },
  }),
  'a named operation': (_planted, _random, canary) => {
    const operationName = canary();
    return { request: { query: `query ${operationName} { viewer { name } }`, operationName } };
  },
  headers: (_planted, random, canary) => ({
    ...asking('{ viewer { name } }'),
    options: {
      headers: {
        [random.pick([
          'user-agent',
          'cookie',
          'x-request-id',
          'traceparent',
          'referer',
          'apollographql-client-name',
          'x-forwarded-for',
          'baggage',
          'authorization',
          'origin',
          'schoolgraph-caller',
          'x-caller',
        ])]: canary(),
      },
    },
  }),
  'a guest’s contacts changed': ({ profiles }, random, canary) =>
    asking(
      'mutation ($id: ID!, $c: String!) { updateGuestProfile(input: { guestProfileId: $id, legalLastName: $c, emergencyContacts: [{ priority: 1, name: $c, relationship: CARER, phone: "01632 960001" }] }) { userErrors { code field message } } }',
      { id: random.pick(profiles), c: canary() },
    ),
  'a record changed to what cannot be': ({ students }, random, canary) =>
    asking(
      'mutation ($input: UpdateStudentInput!) { updateStudent(input: $input) { student { id } userErrors { code field message } } }',
      {
        input: {
          studentId: random.pick(students),
          ...random.pick<object>([
            { upn: canary() },
            { address: { lines: [], postcode: canary() } },
            { address: { lines: ['1 Example Road'], postcode: canary() } },
            { emergencyContacts: [{ priority: 3, name: canary(), relationship: 'CARER', phone: canary() }] },
            { dateOfBirth: canary() },
            { senStatus: canary() },
            { [canary()]: 1 },
          ]),
        },
      },
    ),
  'a note that cannot be': ({ students }, random, canary) =>
    asking(
      'mutation ($id: ID!, $t: String!) { addAbsenceNote(input: { studentId: $id, date: "1999-01-01", text: $t }) { absenceNote { id } userErrors { code field message } } }',
      { id: random.pick(students), t: canary() },
    ),
  'a pin that cannot be': ({ students }, random, canary) =>
    asking(
      'mutation ($id: ID!, $t: String!) { pinItem(input: { studentId: $id, title: $t, about: $t }) { pinnedItem { id } userErrors { code field message } } }',
      { id: random.pick(students), t: canary() },
    ),
  'a field that is no row': (_planted, _random, canary) =>
    asking(
      'mutation ($f: String!) { setGuestFieldAccess(input: { teachingSchoolUrn: 900002, field: $f, access: HIDDEN }) { userErrors { code field message } } }',
      { f: canary() },
    ),
  'a record told of sideways': ({ canaries }, random) => {
    const { text } = random.pick(canaries);
    return asking(
      'query ($s: String) { schools(search: $s) { nodes { name } } students(filter: { yearGroup: YEAR_12 }) { nodes { id } } }',
      { s: text },
    );
  },
};

const ALL = [...Object.entries(READS), ...Object.entries(READS), ...Object.entries(HOSTILE)];

export function canaryRequest(planted: Planted, random: Random, canary: () => string): CanaryRequest {
  const [name, make] = random.pick(ALL);
  const made = make(planted, random, canary);
  return random.chance(0.1) && !made.request.query.startsWith('mutation')
    ? { name, ...made, options: { ...made.options, get: true } }
    : { name, ...made };
}

/** Whoever is at the home school and holds every scope asks for each of these once: what may be seen must be seen. */
export const everythingOf = ({ students, profiles }: Planted): CanaryRequest[] => [
  ...students.map((id) => ({
    name: 'a student',
    ...asking(`query ($id: ID!) { student(id: $id) { ${[...SHARED_FIELDS, ...HOME_FIELDS].join(' ')} } }`, { id }),
  })),
  ...profiles.map((id) => ({
    name: 'a guest',
    ...asking(`query ($id: ID!) { guestProfile(id: $id) { ${[...SHARED_FIELDS, ...GUEST_FIELDS].join(' ')} } }`, {
      id,
    }),
  })),
  {
    name: 'courses and partnerships',
    ...asking(
      '{ courses(first: 100) { nodes { name subject slots { teacher { name } } } } partnerships { agreements { purpose } } }',
    ),
  },
];
