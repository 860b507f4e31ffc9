import { describe, expect, it } from 'vitest';
import { keepProtection } from './contact-protection.ts';

const current = [
  { name: 'Maren Demoparent', phone: '01632 960001', protectedPhone: true },
  { name: 'Paval Demoparent', phone: '01632 960002', protectedPhone: false },
];
const kept = (input: { name: string; phone: string; protectedPhone?: boolean | null }) =>
  keepProtection([input], current)[0]?.protectedPhone;

describe('the protection of a contact’s phone', () => {
  it.each([
    ['the same contact', { name: 'Maren Demoparent', phone: '01632 960001' }, true],
    ['another spelling of the number', { name: 'Maren Sampleby', phone: '01632960001' }, true],
    ['another number of the same contact', { name: ' maren demoparent', phone: '01632 960009' }, true],
    ['a contact without it', { name: 'Paval Demoparent', phone: '01632 960002' }, false],
    ['a new contact', { name: 'Granna Demoparent', phone: '01632 960003' }, false],
    ['null said', { name: 'Maren Demoparent', phone: '01632 960001', protectedPhone: null }, true],
    ['false said', { name: 'Maren Demoparent', phone: '01632 960001', protectedPhone: false }, false],
    ['true said', { name: 'Granna Demoparent', phone: '01632 960003', protectedPhone: true }, true],
  ])('%s', (_case, input, expected) => {
    expect(kept(input)).toBe(expected);
  });
});
