import { describe, expect, it } from 'vitest';
import { parsePhone } from './phone.ts';

describe('a telephone number', () => {
  it.each([
    ['01632 960123', '01632 960123'],
    ['  01632   960 123 ', '01632 960 123'],
    ['+44 (0)1632 960123', '+44 (0)1632 960123'],
    ['01632-960-123', '01632-960-123'],
    ['01632 960123 ext 45', '01632 960123 ext 45'],
    ['01632 960123 ext. 45', '01632 960123 ext. 45'],
    ['01632 960123x4', '01632 960123x4'],
    ['123 4567', '123 4567'],
  ])('%j is read as %j', (text, value) => {
    expect(parsePhone(text)).toEqual({ ok: true, value });
  });

  it.each([
    '',
    '   ',
    '123456',
    '1234567890123456',
    'ask Gran',
    '01632 960123 or 960124',
    '++441632960123',
    '01632+960123',
    '01632 960123 ext',
    '()- ()-',
  ])('%j is none', (text) => {
    expect(parsePhone(text)).toMatchObject({ ok: false, expected: expect.not.stringContaining('Gran') });
  });
});
