import { describe, expect, it } from 'vitest';
import type { RegisteredSchool } from './gias-record.ts';
import { updateSchool } from './update-school.ts';

const REGISTERED: RegisteredSchool = {
  urn: '900101',
  name: 'Elm Tree School',
  status: 'OPEN',
  openedOn: null,
  closedOn: null,
  localAuthorityCode: '999',
  localAuthority: 'Elmshire',
  establishmentNumber: '4101',
  phase: null,
  establishmentType: null,
  addressLines: ['1 Elm Road', 'Elmton'],
  postcode: 'TF3 4JA',
  telephone: '01632960001',
  website: null,
};

const { establishmentNumber: _, closedOn: __, telephone: ___, ...WITHOUT_OPTIONAL } = REGISTERED;

const added = (registered: RegisteredSchool) => {
  const update = updateSchool(null, registered);
  if (update.kind === 'unchanged') throw new Error('A school that nobody knew is added.');
  return update.school;
};

describe('a line of the register', () => {
  it('adds a school that nobody knew, with its DfE number', () => {
    expect(updateSchool(null, REGISTERED)).toMatchObject({ kind: 'added', school: { dfeNumber: '999/4101' } });
  });

  it('changes nothing when it says what is known', () => {
    expect(updateSchool(added(REGISTERED), structuredClone(REGISTERED))).toEqual({ kind: 'unchanged' });
  });

  it.each<[string, Partial<RegisteredSchool>]>([
    ['a name', { name: 'Elm Tree Academy' }],
    ['a line of the address', { addressLines: ['2 Elm Road', 'Elmton'] }],
    ['one line of the address fewer', { addressLines: ['1 Elm Road'] }],
    ['a telephone number that is gone', { telephone: null }],
    ['a closing', { status: 'CLOSED', closedOn: '2024-08-31' }],
  ])('changes the school when it tells of %s', (_title, told) => {
    expect(updateSchool(added(REGISTERED), { ...REGISTERED, ...told })).toMatchObject({
      kind: 'changed',
      school: told,
    });
  });

  it('leaves what its file has no column for', () => {
    const update = updateSchool(added(REGISTERED), { ...WITHOUT_OPTIONAL, name: 'Elm Tree Academy' });
    expect(update).toMatchObject({ school: { telephone: '01632960001', dfeNumber: '999/4101' } });
  });

  it('adds a school without what its file has no column for', () => {
    expect(added(WITHOUT_OPTIONAL)).toMatchObject({ telephone: null, establishmentNumber: null, dfeNumber: null });
  });

  it.each([{ localAuthorityCode: null }, { establishmentNumber: null }])('gives no DfE number where %o', (told) => {
    expect(added({ ...REGISTERED, ...told }).dfeNumber).toBeNull();
  });
});
