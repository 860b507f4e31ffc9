/** Operations to try in the sandbox: the ones that the served graph has. */
import { readFileSync } from 'node:fs';
import { type GraphQLSchema, parse, validate } from 'graphql';
import { keptFor } from '../kept-for.ts';

/** Where a variable's value is read from before an example is opened, as the person whom it is for. */
interface Filling {
  variable: string;
  query: string;
  /** In its data. */
  path: readonly (string | number)[];
}

export interface Example {
  title: string;
  /** Address of the demo's person whom it is for. */
  as: string;
  /** What to look at. */
  says: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  filled: readonly Filling[];
}

const GUEST_ID: Filling = {
  variable: 'id',
  query: '{ guestProfiles(first: 1) { nodes { id } } }',
  path: ['guestProfiles', 'nodes', 0, 'id'],
};

const GUEST_DAY: Filling = {
  variable: 'on',
  query: '{ guestProfiles(first: 1) { nodes { schoolEnrolment { startDate } } } }',
  path: ['guestProfiles', 'nodes', 0, 'schoolEnrolment', 'startDate'],
};

const STUDENT_ID: Filling = {
  variable: 'id',
  query: '{ students(first: 1) { nodes { id } } }',
  path: ['students', 'nodes', 0, 'id'],
};

const BIRCHWOOD = 'data-lead@birchwood.example';
const ALDER = 'data-lead@alder.example';
const BIRCHWOOD_TEACHER = 'teacher@birchwood.example';
const ANALYST = 'analyst@schoolgraph.example';
const BIRCHWOOD_URN = '900002';

type Definition = Pick<Example, 'title' | 'as' | 'says'> & Partial<Pick<Example, 'variables' | 'filled'>>;

/** By file name. */
const DEFINITIONS: Readonly<Record<string, Definition>> = {
  guests: {
    title: 'Guests of a teaching school',
    as: BIRCHWOOD,
    says: 'Everything that a teaching school may know of its guests, and for each field whether it may be seen or edited, and why.',
    variables: { first: 20 },
  },
  guest: {
    title: 'One guest, by id',
    as: BIRCHWOOD,
    says: 'What is withheld is null without an error; extensions.guestAccess says which and why.',
    filled: [GUEST_ID],
  },
  'refused-edit': {
    title: 'An edit that is refused',
    as: BIRCHWOOD,
    says: 'Emergency contacts belong to the home school. Nothing is changed, and the answer names the field and the reason.',
    variables: { contacts: [{ priority: 1, name: 'A N Other', relationship: 'CARER', phone: '01632 960001' }] },
    filled: [GUEST_ID],
  },
  'absence-note': {
    title: 'An absence note, which is allowed',
    as: BIRCHWOOD,
    says: 'A teaching school writes absence notes of its own. The writer and her school stand on each.',
    variables: { text: 'Dentist' },
    filled: [GUEST_ID, GUEST_DAY],
  },
  narrow: {
    title: 'Narrow a field for one school',
    as: ALDER,
    says: 'The home school withholds addresses from Birchwood. Run “One guest” afterwards; put VIEW to give them back.',
    variables: { school: BIRCHWOOD_URN, field: 'address', access: 'HIDDEN' },
  },
  home: {
    title: 'Students at home',
    as: ALDER,
    says: 'The home record, with what never leaves it: detentions, meals. And where each student is a guest.',
  },
  'home-edit': {
    title: 'Edit the home record',
    as: ALDER,
    says: 'The same contacts, changed by the school that they belong to.',
    variables: { contacts: [{ priority: 1, name: 'A N Other', relationship: 'CARER', phone: '01632 960001' }] },
    filled: [STUDENT_ID],
  },
  emergency: {
    title: 'An emergency: break the glass',
    as: BIRCHWOOD_TEACHER,
    says: 'Contacts and health of a guest for 15 minutes, with a reason. The data leads of both schools read who, when and why.',
    variables: { reason: 'Collapsed in the canteen' },
    filled: [GUEST_ID],
  },
  'without-rights': {
    title: 'Somebody at no school',
    as: ANALYST,
    says: 'An analyst, as support, reads no field of a person or a school: only who she is, and the schema, which says what each field needs.',
    variables: { type: 'GuestProfile' },
  },
};

export const readExamples = (): Example[] =>
  Object.entries(DEFINITIONS).map(([name, definition]) => ({
    variables: {},
    filled: [],
    ...definition,
    query: readFileSync(new URL(`./examples/${name}.graphql`, import.meta.url), 'utf8'),
  }));

/** Of those the ones that a graph has, looked for once: a graph of somebody else's has none of them. */
export const createShownExamples = (examples: readonly Example[]): ((schema: GraphQLSchema) => Example[]) =>
  keptFor((schema) =>
    examples.filter(({ query, filled }) =>
      [query, ...filled.map((each) => each.query)].every((each) => isValid(schema, each)),
    ),
  );

export const isValid = (schema: GraphQLSchema, query: string): boolean => validate(schema, parse(query)).length === 0;
