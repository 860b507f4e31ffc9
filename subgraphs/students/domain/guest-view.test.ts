import { describe, expect, it } from 'vitest';
import type { FieldAccess } from '../../kernel/guest-access/effective-access.ts';
import { GUEST_FIELDS } from '../../kernel/guest-access/matrix.ts';
import { accessTo, type GuestReading, notesShown, phonesWithheld } from './guest-view.ts';
import type { AbsenceNoteRow, EmergencyContactItem } from './student-record.ts';

const [HOME, TEACHING, OTHER] = ['900001', '900002', '900003'];
const VIEW: FieldAccess = { access: 'VIEW', reason: 'HOME_OWNED' };

const reading = (changes: Partial<GuestReading> = {}): GuestReading => ({
  grant: { homeSchool: HOME, access: new Map(GUEST_FIELDS.map(({ name }) => [name, VIEW])) },
  protectedDetails: false,
  callerSchool: TEACHING,
  ...changes,
});

describe('access to a row', () => {
  it('is the grant’s', () => {
    expect(accessTo('address', reading())).toEqual(VIEW);
  });

  it('is hidden for a row that the grant does not name', () => {
    expect(accessTo('horoscope', reading()).access).toBe('HIDDEN');
    expect(accessTo('address', reading({ grant: { homeSchool: HOME, access: new Map() } })).access).toBe('HIDDEN');
  });

  it('is hidden where the student’s details are protected, for address and picture and nothing else', () => {
    const hidden = GUEST_FIELDS.filter(
      ({ name }) => accessTo(name, reading({ protectedDetails: true })).access === 'HIDDEN',
    );
    expect(hidden.map(({ name }) => name)).toEqual(['address', 'picture']);
    expect(accessTo('address', reading({ protectedDetails: true })).reason).toBe('PROTECTED');
  });

  it('is not taken from the home school by protected details', () => {
    expect(accessTo('address', reading({ protectedDetails: true, callerSchool: HOME }))).toEqual(VIEW);
  });

  it('keeps the grant’s reason where the grant hides it already', () => {
    const access = new Map<string, FieldAccess>([['address', { access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' }]]);
    const { reason } = accessTo('address', reading({ protectedDetails: true, grant: { homeSchool: HOME, access } }));
    expect(reason).toBe('SCHOOL_OVERRIDE');
  });
});

it('phones are withheld one by one, or all where the student’s details are protected', () => {
  const contact = (protectedPhone: boolean): EmergencyContactItem => ({
    name: 'A N Other',
    relationship: 'CARER',
    phone: '01632 960001',
    protectedPhone,
  });
  const contacts = [contact(false), contact(true), contact(false)];
  expect(phonesWithheld(contacts, false)).toEqual([1]);
  expect(phonesWithheld(contacts, true)).toEqual([0, 1, 2]);
  expect(phonesWithheld([], true)).toEqual([]);
});

describe('absence notes', () => {
  const notes = [HOME, TEACHING, OTHER].map((writtenBySchool) => ({ writtenBySchool }) as AbsenceNoteRow);
  const shown = (callerSchool: string | undefined, home: boolean, own: boolean) =>
    notesShown(notes, { homeSchool: HOME ?? '', callerSchool: callerSchool ?? null, home, own }).map(
      ({ writtenBySchool }) => writtenBySchool,
    );

  it('are home’s and the caller’s own school’s, each kind where it is shown', () => {
    expect(shown(TEACHING, true, true)).toEqual([HOME, TEACHING]);
    expect(shown(OTHER, true, true)).toEqual([HOME, OTHER]);
    expect(shown(TEACHING, false, true)).toEqual([TEACHING]);
    expect(shown(TEACHING, true, false)).toEqual([HOME]);
    expect(shown(TEACHING, false, false)).toEqual([]);
  });

  it('are every school’s for the home school', () => {
    expect(shown(HOME, true, true)).toEqual([HOME, TEACHING, OTHER]);
  });

  it('are home’s alone for who is at no school', () => {
    expect(shown(undefined, true, true)).toEqual([HOME]);
  });
});
