/** Three subgraphs that know nothing of schools' rules: what a gateway costs is measured, and not what a subgraph does. */
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { assessmentOf, type GuestProfile, numberOf, pageOf, profileOf, schoolOf, studentOf } from './data.ts';

export interface BenchSubgraph {
  name: string;
  /** With its own links. */
  sdl: string;
  resolvers: object;
}

interface Reference {
  id: string;
}

const FEDERATION = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])\n';

const students: BenchSubgraph = {
  name: 'students',
  sdl: `${FEDERATION}
type Query {
  roster(page: Int!): [Student!]!
  student(id: ID!): Student
}
type Student @key(fields: "id") {
  id: ID!
  name: String!
  yearGroup: String!
  form: String
  born: String!
  sessionsPossible: Int!
  attendance: Float
  isGuest: Boolean!
  languages: [String!]!
  contacts: [Contact!]!
}
type Contact {
  priority: Int!
  name: String!
  relationship: Relationship!
  phone: String!
  email: String
}
enum Relationship { MOTHER FATHER CARER }
type School @key(fields: "id") {
  id: ID!
  name: String!
  town: String
}
`,
  resolvers: {
    Query: {
      roster: (_: unknown, { page }: { page: number }) => pageOf(page),
      student: (_: unknown, { id }: Reference) => studentOf(id),
    },
    Student: { __resolveReference: ({ id }: Reference) => studentOf(id) },
    School: { __resolveReference: ({ id }: Reference) => schoolOf(id) },
  },
};

const teaching: BenchSubgraph = {
  name: 'teaching',
  sdl: `${FEDERATION}
type Student @key(fields: "id") {
  id: ID!
  guestProfile: GuestProfile
}
type GuestProfile @key(fields: "id") {
  id: ID!
  course: String!
  purpose: String!
  from: String!
  to: String
  teachingSchool: School!
}
type School @key(fields: "id", resolvable: false) {
  id: ID!
}
`,
  resolvers: {
    Student: { guestProfile: ({ id }: Reference) => profileOf(id) },
    GuestProfile: {
      __resolveReference: ({ id }: Reference) => profileOf(id),
      teachingSchool: ({ teachingSchool }: GuestProfile) => ({ id: teachingSchool }),
    },
  },
};

const assessments: BenchSubgraph = {
  name: 'assessments',
  sdl: `${FEDERATION}
type GuestProfile @key(fields: "id") {
  id: ID!
  assessments: [Assessment!]!
}
type Assessment {
  id: ID!
  subject: String!
  title: String!
  takenOn: String!
  grade: String
  mark: Int!
  outOf: Int!
  weight: Float!
  markedWith: Student
}
type Student @key(fields: "id", resolvable: false) {
  id: ID!
}
`,
  resolvers: {
    GuestProfile: {
      assessments: ({ id }: Reference) => profileOf(`student-${numberOf(id)}`).assessments.map(assessmentOf),
    },
    Assessment: { markedWith: ({ markedWith }: { markedWith: string }) => ({ id: markedWith }) },
  },
};

export const SUBGRAPHS: readonly BenchSubgraph[] = [students, teaching, assessments];

export const schemaOf = ({ sdl, resolvers }: BenchSubgraph): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);

/** The supergraph's SDL, with the address at which each subgraph answers. */
export function composeSupergraph(urls: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    SUBGRAPHS.map(({ name, sdl }) => ({ name, url: urls[name] ?? `http://${name}/graphql`, typeDefs: parse(sdl) })),
  );
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
