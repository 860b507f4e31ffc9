import { describe, expect, it } from 'vitest';
import { readHeader } from './gias-columns.ts';

const CHILDRENS_CENTRES =
  'URN,LA (code),LA (name),EstablishmentName,TypeOfEstablishment (code),TypeOfEstablishment (name),EstablishmentStatus (code),EstablishmentStatus (name),PhaseOfEducation (code),PhaseOfEducation (name),Street,Locality,Town,Postcode,SchoolWebsite,DistrictAdministrative (code),DistrictAdministrative (name),OpenDate'.split(
    ',',
  );

const read = (header: string[], cells: string[]) => {
  const found = readHeader(header);
  if (!found.ok) throw new Error(found.expected);
  return found.read(cells);
};

const refusal = (header: string[]) => {
  const found = readHeader(header);
  return found.ok ? null : found.expected;
};

describe('the columns of a file', () => {
  it('are found by name, in any order and among others', () => {
    const header = ['Trusts (name)', ...CHILDRENS_CENTRES.toReversed()];
    const cells = header.map((column) => `cell of ${column}`);
    expect(read(header, cells)).toMatchObject({ URN: 'cell of URN', Town: 'cell of Town' });
  });

  it('that are not there are absent from its records, not empty', () => {
    const record = read(CHILDRENS_CENTRES, []);
    expect(record).toHaveProperty('Street', '');
    expect(record).not.toHaveProperty('TelephoneNum');
  });

  it('give text in one line without outer space', () => {
    const cells = CHILDRENS_CENTRES.map((column) => (column === 'EstablishmentName' ? ' Elm  Tree\n School ' : ''));
    expect(read(CHILDRENS_CENTRES, cells).EstablishmentName).toBe('Elm Tree School');
  });

  it('are named where some are missing, with those that were found', () => {
    expect(refusal(['URN', 'Town', 'Remarks'])).toMatch(
      /Missing columns: LA \(code\), .*OpenDate.* Found: URN, Town, Remarks\.$/,
    );
  });

  it('are asked for without repeating a first line that has none of them', () => {
    const expected = refusal(['900001', 'Elm Tree School']);
    expect(expected).toContain('must name the columns, among them URN');
    expect(expected).not.toContain('Elm Tree');
  });
});
