import { describe, expect, it } from 'vitest';
import { readTelephone, readWebsite } from './gias-contact.ts';

describe('a telephone number', () => {
  it.each([
    ['2079460000', '02079460000'],
    ['1632960001', '01632960001'],
    ['163296001', '0163296001'],
    ['1632 960001', '01632 960001'],
  ])('of the UK that lost its 0 (%s) has it again', (cell, telephone) => {
    expect(readTelephone(cell, false)).toEqual({ value: telephone });
  });

  it.each(['01632960001', '(01632) 960-001', '020 7946 0000', '+44 1632 960001', '441632960001'])(
    'of the UK that is whole (%s) stays',
    (cell) => {
      expect(readTelephone(cell, false)).toEqual({ value: cell });
    },
  );

  it.each(['971040000000', '2079460000', '+33 1 00 00 00 00'])('abroad (%s) stays', (cell) => {
    expect(readTelephone(cell, true)).toEqual({ value: cell });
  });

  it.each(['', 'n/a', 'N/A', 'Not recorded'])('that is "%s" is none', (cell) => {
    expect(readTelephone(cell, false)).toEqual({ value: null });
  });

  it.each(['12345', '4000000000', '01632 960001 or 960002', 'ask the office'])(
    'that is none of the UK (%s) is kept, with a warning',
    (cell) => {
      const { value, warning } = readTelephone(cell, false);
      expect(value).toBe(cell);
      expect(warning).toMatch(/^TelephoneNum: expected a UK number/);
      expect(warning).not.toContain(cell);
    },
  );
});

describe('a website', () => {
  it.each([
    ['www.elm.example', 'http://www.elm.example'],
    ['elm.example/what-we-do', 'http://elm.example/what-we-do'],
    ['elm.example:8080', 'http://elm.example:8080'],
    ['/www.elm.example', 'http://www.elm.example'],
    ['www.elm.example/our school', 'http://www.elm.example/our%20school'],
    ['http://www.elm.example', 'http://www.elm.example'],
    ['HTTPS://elm.example/', 'HTTPS://elm.example/'],
  ])('"%s" is %s', (cell, website) => {
    expect(readWebsite(cell)).toEqual({ value: website });
  });

  it.each(['', 'n/a', 'None'])('that is "%s" is none', (cell) => {
    expect(readWebsite(cell)).toEqual({ value: null });
  });

  it.each([
    'office@elm.example',
    'under construction',
    'via elm.example',
    'http//www.elm.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'http://',
    'elm',
    'www.',
    '2nd number: 01632 960001',
  ])('that is none (%s) is left out, with a warning', (cell) => {
    const { value, warning } = readWebsite(cell);
    expect(value).toBeNull();
    expect(warning).toMatch(/^SchoolWebsite: expected/);
  });
});
