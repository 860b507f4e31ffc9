/** The guest matrix as a head teacher reads it: every word follows from the matrix and from the rules that decide. */
import {
  type AccessAgreement,
  type AccessProfile,
  effectiveAccess,
} from '../../../subgraphs/kernel/guest-access/effective-access.ts';
import { because } from '../../../subgraphs/kernel/guest-access/explanations.ts';
import {
  type Access,
  canOverride,
  GUEST_FIELDS,
  type GuestField,
} from '../../../subgraphs/kernel/guest-access/matrix.ts';

interface Level {
  access: Access;
  words: string;
}

interface MatrixRow extends Level {
  label: string;
  choice: string;
  why: string;
  /** In the order of the page's situations. */
  situations: Level[];
}

interface MatrixGroup {
  id: string;
  title: string;
  says: string;
  /** Nothing differs between its rows but their names. */
  isList: boolean;
  rows: MatrixRow[];
}

interface MatrixPage {
  situations: string[];
  groups: MatrixGroup[];
  notes: { when: string; says: string }[];
}

const WORDS: Record<Access, string> = { HIDDEN: 'Not seen', VIEW: 'Sees', EDIT: 'Sees and edits' };

const leveled = (access: Access): Level => ({ access, words: WORDS[access] });

const HOME = 'home';
const TEACHING = 'teaching';

const PROFILE: AccessProfile = {
  homeSchool: HOME,
  teachingSchool: TEACHING,
  studentId: 'student',
  startsOn: '2030-01-07',
  endsOn: '2030-07-19',
  protectedDetails: false,
  taughtToday: true,
};

/** The lengths that an agreement has where nothing else is agreed. */
const AGREEMENT: AccessAgreement = {
  from: '2029-09-01',
  to: '2031-08-31',
  signedByBoth: true,
  fieldsCovered: new Set(GUEST_FIELDS.map(({ name }) => name)),
  leadInDays: 28,
  runOutTo: '09-30',
};

const DURING = '2030-03-01';

interface Situation {
  heading: string;
  today: string;
  profile?: Partial<AccessProfile>;
  agreement?: null;
}

const SITUATIONS: readonly Situation[] = [
  { heading: 'In the 28 days before', today: '2029-12-20' },
  { heading: 'After, to 30 September', today: '2030-08-22' },
  { heading: 'Later on', today: '2030-11-01' },
  { heading: 'If details are protected', today: DURING, profile: { protectedDetails: true } },
  { heading: 'If no agreement covers it', today: DURING, agreement: null },
];

const accessIn = (field: GuestField, { today, profile, agreement }: Situation): Access =>
  effectiveAccess(field, { ...PROFILE, ...profile }, TEACHING, [], agreement === null ? null : AGREEMENT, today).access;

/** What holds for a part of a field: protected details take the telephone numbers out of the contacts. */
function levelIn(field: GuestField, situation: Situation): Level {
  const level = leveled(accessIn(field, situation));
  const withoutPhones = field.name === 'emergencyContacts' && situation.profile?.protectedDetails === true;
  return withoutPhones ? { ...level, words: 'Sees, without telephone numbers' } : level;
}

const GROUPS: readonly (Omit<MatrixGroup, 'rows' | 'isList'> & { has(field: GuestField): boolean })[] = [
  {
    id: 'always',
    title: 'Always seen while the student is a guest',
    says: 'A teaching school needs these to know, teach and keep safe its guest. The home school cannot hide them.',
    has: (field) => !field.own && field.reason !== 'NOT_SYNCED' && !canOverride(field),
  },
  {
    id: 'may-hide',
    title: 'Seen, unless the home school hides it',
    says: 'The home school may hide each of these from one teaching school, or for one student there.',
    has: (field) => canOverride(field) && field.ceiling !== 'EDIT',
  },
  {
    id: 'may-widen',
    title: 'Seen, and the home school may let it be edited',
    says: 'The teaching school then adds its own evidence of the student’s normal way of working. It never makes or changes an approved arrangement.',
    has: (field) => canOverride(field) && field.ceiling === 'EDIT',
  },
  {
    id: 'own',
    title: 'The teaching school’s own records',
    says: 'What the teaching school writes down itself. The home school sees it too, and the teaching school always keeps sight of it.',
    has: (field) => field.own === true,
  },
  {
    id: 'never',
    title: 'Never leaves the home school',
    says: 'These are not part of a guest profile at all.',
    has: (field) => field.reason === 'NOT_SYNCED',
  },
];

const NOTES: MatrixPage['notes'] = [
  {
    when: 'Before the first day',
    says: 'The teaching school sees the student’s name and dates. For 28 days before (or as long as the agreement says) it also sees what a teacher prepares with: the year group and form, diet, medical conditions that staff must act on, who may collect, and the support to give.',
  },
  {
    when: 'After the last day',
    says: 'The teaching school keeps the name, the dates and its own records, to read. Until 30 September (or the date in the agreement) it also sees what exam entries and results need.',
  },
  {
    when: 'Protected details',
    says: 'Where a court order or a refuge protects a student, the address, the picture and every contact’s telephone number are withheld, and the teaching school is told to call the home school. Where it protects one contact, that contact’s number is withheld.',
  },
  {
    when: 'No data-sharing agreement',
    says: 'Nothing is shared, except what keeps a child safe who is taught there today: name, dates, emergency contacts, who may collect, diet, and medical conditions that staff must act on.',
  },
  {
    when: 'A change that is not the teaching school’s to make',
    says: 'It is refused whole, with the fields and the reasons. Nothing is changed.',
  },
];

export const matrixPage = (fields: readonly GuestField[] = GUEST_FIELDS): MatrixPage => ({
  situations: SITUATIONS.map(({ heading }) => heading),
  groups: GROUPS.map(({ has, ...group }) => ({
    ...group,
    isList: group.id === 'never',
    rows: fields.filter(has).map(rowOf),
  })),
  notes: NOTES,
});

function rowOf(field: GuestField): MatrixRow {
  const why = because(field.reason);
  return {
    ...leveled(field.default),
    label: field.label,
    choice: choiceOf(field),
    why: `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
    situations: SITUATIONS.map((situation) => levelIn(field, situation)),
  };
}

function choiceOf(field: GuestField): string {
  if (!canOverride(field)) return 'Cannot hide it';
  if (field.ceiling === 'EDIT') return 'May let it be edited';
  return field.floor === 'HIDDEN' ? 'May hide it' : 'May narrow it';
}
