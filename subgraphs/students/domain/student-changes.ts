/** Reads a change of a student's record: what to write, or everything that is wrong with it. */
import type { UserError } from '../../kernel/errors.ts';
import { parsePostcode } from '../../kernel/identifiers/postcode.ts';
import { list, note, optional, type Place, parsed, placeAt, text } from './input.ts';
import type { StudentChanges, StudentInput } from './student-input.ts';
import * as lists from './student-list-input.ts';
import type { StudentDetails, StudentLists } from './student-record.ts';

/** What a change comes to: columns of the student's row, and lists that replace the ones there are. */
interface Patch {
  details: Partial<StudentDetails>;
  lists: Partial<StudentLists>;
}

interface FieldRule<Value> {
  read(value: Value, place: Place, today: string): Partial<Patch>;
  /** What null makes of it; a field without cannot be emptied. */
  empty?: Partial<Patch>;
}

const details = (changed: Partial<StudentDetails>): Partial<Patch> => ({ details: changed });
const NAME = text(100);

const RULES: { readonly [Field in keyof StudentInput]: FieldRule<StudentInput[Field]> } = {
  legalFirstName: { read: (value, place) => details({ legalFirstName: NAME(value, place) }) },
  legalLastName: { read: (value, place) => details({ legalLastName: NAME(value, place) }) },
  preferredFirstName: {
    read: (value, place) => details({ preferredFirstName: NAME(value, place) }),
    empty: details({ preferredFirstName: null }),
  },
  preferredLastName: {
    read: (value, place) => details({ preferredLastName: NAME(value, place) }),
    empty: details({ preferredLastName: null }),
  },
  sex: { read: (sex) => details({ sex }) },
  dateOfBirth: { read: dateOfBirth },
  upn: { read: (upn) => details({ upn }), empty: details({ upn: null }) },
  uci: { read: (uci) => details({ uci }), empty: details({ uci: null }) },
  uln: { read: (uln) => details({ uln }), empty: details({ uln: null }) },
  yearGroup: { read: (yearGroup) => details({ yearGroup }), empty: details({ yearGroup: null }) },
  registrationForm: {
    read: (value, place) => details({ registrationForm: text(50)(value, place) }),
    empty: details({ registrationForm: null }),
  },
  protectedDetails: { read: (protectedDetails) => details({ protectedDetails }) },
  address: { read: address, empty: details({ addressLines: null, postcode: null }) },
  senStatus: { read: (senStatus) => details({ senStatus }), empty: details({ senStatus: null }) },
  supportStrategies: {
    read: (values, place) => details({ supportStrategies: list(text(500), 30)(values, place) }),
    empty: details({ supportStrategies: [] }),
  },
  freeSchoolMeals: {
    read: ({ eligible }) => details({ freeSchoolMealsEligible: eligible }),
    empty: details({ freeSchoolMealsEligible: null }),
  },
  inCare: { read: ({ current }) => details({ inCareNow: current }), empty: details({ inCareNow: null }) },
  emergencyContacts: ofList('emergencyContacts', lists.emergencyContacts),
  contactRestrictions: ofList('contactRestrictions', lists.contactRestrictions),
  dietaryRequirements: ofList('dietaryRequirements', lists.dietaryRequirements),
  medicalConditions: ofList('medicalConditions', lists.medicalConditions),
  otherMedicalConditions: ofList('otherMedicalConditions', lists.otherMedicalConditions),
  languages: ofList('languages', lists.languages),
  senNeeds: ofList('senNeeds', lists.senNeeds),
  accessArrangements: ofList('accessArrangements', lists.accessArrangements),
};

export const STUDENT_FIELDS = Object.keys(RULES) as (keyof StudentInput)[];

export function readStudentChanges(changes: StudentChanges, today: string): Patch & { problems: UserError[] } {
  const patch: Patch = { details: {}, lists: {} };
  const problems: UserError[] = [];
  for (const field of STUDENT_FIELDS) {
    const read = readField(field, changes, { field, problems }, today);
    Object.assign(patch.details, read.details);
    Object.assign(patch.lists, read.lists);
  }
  return { ...patch, problems };
}

function readField<Field extends keyof StudentInput>(
  field: Field,
  changes: StudentChanges,
  place: Place,
  today: string,
): Partial<Patch> {
  const value: StudentInput[Field] | null | undefined = changes[field];
  const rule = RULES[field];
  if (value === undefined) return {};
  if (value !== null) return rule.read(value, place, today);
  if (!rule.empty) note(place, 'Expected a value: this field cannot be emptied.');
  return rule.empty ?? {};
}

function ofList<Name extends keyof StudentLists>(
  name: Name,
  read: (values: StudentInput[Name], place: Place) => StudentLists[Name],
): FieldRule<StudentInput[Name]> {
  const only = (items: StudentLists[Name]): Partial<Patch> => ({ lists: { [name]: items } as Partial<StudentLists> });
  return { read: (values, place) => only(read(values, place)), empty: { lists: { [name]: [] } } };
}

function dateOfBirth(value: string, place: Place, today: string): Partial<Patch> {
  if (value >= today) note(place, 'Expected a date in the past.');
  return details({ dateOfBirth: value });
}

function address({ lines, postcode }: StudentInput['address'], place: Place): Partial<Patch> {
  return details({
    addressLines: list(text(100), 5, 1)(lines, placeAt(place, 'lines')),
    postcode: optional(parsed(parsePostcode))(postcode, placeAt(place, 'postcode')),
  });
}

/**
 * The numbers that a student had before, after a change of the UPN. Old ones are kept so that a pupil is found again;
 * one that comes back is no longer a former one.
 */
export function formerUpnsAfter(
  before: { upn: string | null; formerUpns: readonly string[] },
  upn: string | null,
): string[] {
  const known = before.upn === null ? before.formerUpns : [...before.formerUpns, before.upn];
  return [...new Set(known)].filter((former) => former !== upn);
}
