import { expect, it } from 'vitest';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { guestFormName } from './guest-form-name.ts';

it.each<[YearGroup | null, string]>([
  ['12', 'Alder Grove School Year 12'],
  ['R', 'Alder Grove School Reception'],
  ['N2', 'Alder Grove School Nursery 2'],
  ['X', 'Alder Grove School Ungraded'],
  [null, 'Alder Grove School'],
])('S0-21 a guest form has the home school’s name and its year group (%s)', (yearGroup, name) => {
  expect(guestFormName('Alder Grove School', yearGroup, 1)).toBe(name);
});

it('S0-21 a guest form whose name is taken gets a number', () => {
  expect(guestFormName('Alder Grove School', '12', 2)).toBe('Alder Grove School Year 12 (2)');
});
