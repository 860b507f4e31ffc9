import { describe, expect, it } from 'vitest';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import { matrixPage } from './matrix-page.ts';

const page = matrixPage();
const rows = page.groups.flatMap((group) => group.rows.map((row) => ({ ...row, group: group.id })));
const rowOf = (label: string) => rows.find((row) => row.label === label);
const situationsOf = (label: string) =>
  Object.fromEntries((rowOf(label)?.situations ?? []).map(({ words }, at) => [page.situations[at], words]));

describe('the guest matrix as a page', () => {
  it('has every row of the matrix once', () => {
    expect(rows.map(({ label }) => label).sort()).toEqual(GUEST_FIELDS.map(({ label }) => label).sort());
  });

  it('says of emergency contacts that they are seen, why, and that nobody can hide them', () => {
    expect(rowOf('Emergency contacts')).toMatchObject({
      group: 'always',
      words: 'Sees',
      choice: 'Cannot hide it',
      why: 'Whoever teaches a child must know it to keep the child safe.',
    });
  });

  it('says of each row what holds outside the usual', () => {
    expect(situationsOf('Address')).toEqual({
      'In the 28 days before': 'Not seen',
      'After, to 30 September': 'Not seen',
      'Later on': 'Not seen',
      'If details are protected': 'Not seen',
      'If no agreement covers it': 'Not seen',
    });
    expect(situationsOf('Emergency contacts')).toMatchObject({
      'If details are protected': 'Sees, without telephone numbers',
      'If no agreement covers it': 'Sees',
    });
    expect(situationsOf('Medical conditions with an action for staff')['In the 28 days before']).toBe('Sees');
    expect(situationsOf('Unique candidate identifier')['After, to 30 September']).toBe('Sees');
    expect(situationsOf('Attendance at its lessons')['Later on']).toBe('Sees');
  });

  it('puts what the home school may hide, may let be edited, and never shares each in a part of its own', () => {
    expect(rowOf('Address')).toMatchObject({ group: 'may-hide', choice: 'May hide it' });
    expect(rowOf('Access arrangements')).toMatchObject({ group: 'may-widen', choice: 'May let it be edited' });
    expect(rowOf('Attendance at its lessons')).toMatchObject({ group: 'own', words: 'Sees and edits' });
    expect(rowOf('Detentions')).toMatchObject({ group: 'never', words: 'Not seen' });
  });
});
