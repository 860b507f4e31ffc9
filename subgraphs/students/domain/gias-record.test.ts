import { describe, expect, it } from 'vitest';
import type { GiasRecord } from './gias-columns.ts';
import { schoolOfRecord } from './gias-record.ts';

const RECORD = {
  URN: '900101',
  'LA (code)': '999',
  'LA (name)': 'Elmshire',
  EstablishmentNumber: '4101',
  EstablishmentName: 'Elm Tree School',
  'TypeOfEstablishment (name)': 'Academy converter',
  'EstablishmentStatus (name)': 'Open',
  OpenDate: '01-11-2011',
  CloseDate: '',
  'PhaseOfEducation (name)': 'Secondary',
  Street: '1 Elm Road',
  Locality: '',
  Address3: '',
  Town: 'Elmton',
  'County (name)': 'Elmshire',
  Postcode: 'TF3 4JA',
  'Country (name)': '',
  SchoolWebsite: 'www.elm.example',
  TelephoneNum: '1632960001',
} satisfies GiasRecord;

const map = (cells: Partial<GiasRecord> = {}) => schoolOfRecord({ ...RECORD, ...cells });

const school = (cells: Partial<GiasRecord> = {}) => {
  const mapped = map(cells);
  if (!mapped.ok) throw new Error(mapped.reason);
  return mapped.school;
};

const warnings = (cells: Partial<GiasRecord>) => {
  const mapped = map(cells);
  return mapped.ok ? mapped.warnings : null;
};

const reason = (cells: Partial<GiasRecord>) => {
  const mapped = map(cells);
  return mapped.ok ? null : mapped.reason;
};

describe('a record of the register', () => {
  it('becomes a school', () => {
    expect(map()).toEqual({
      ok: true,
      warnings: [],
      school: {
        urn: '900101',
        name: 'Elm Tree School',
        status: 'OPEN',
        openedOn: '2011-11-01',
        closedOn: null,
        localAuthorityCode: '999',
        localAuthority: 'Elmshire',
        establishmentNumber: '4101',
        phase: 'Secondary',
        establishmentType: 'Academy converter',
        addressLines: ['1 Elm Road', 'Elmton', 'Elmshire'],
        postcode: 'TF3 4JA',
        telephone: '01632960001',
        website: 'http://www.elm.example',
      },
    });
  });

  it.each([
    ['Open', 'OPEN'],
    ['Open, but proposed to close', 'OPEN_PROPOSED_TO_CLOSE'],
    ['Proposed to open', 'PROPOSED_TO_OPEN'],
    ['Closed', 'CLOSED'],
    ['CLOSED', 'CLOSED'],
  ])('with the status "%s" is %s', (name, status) => {
    expect(school({ 'EstablishmentStatus (name)': name }).status).toBe(status);
  });

  it('of a closed school has the day on which it closed', () => {
    const cells = { 'EstablishmentStatus (name)': 'Closed', OpenDate: '', CloseDate: '31-08-1992' };
    expect(school(cells)).toMatchObject({ status: 'CLOSED', openedOn: null, closedOn: '1992-08-31' });
  });

  it('keeps dates older than any pupil', () => {
    expect(school({ OpenDate: '01-01-1854' }).openedOn).toBe('1854-01-01');
  });

  it('says nothing of what its file has no column for', () => {
    const { EstablishmentNumber: _, CloseDate: __, TelephoneNum: ___, Address3: ____, ...rest } = RECORD;
    const mapped = schoolOfRecord({ ...rest, URN: '20001' });
    expect(mapped).toMatchObject({ ok: true, warnings: [], school: { urn: '20001' } });
    for (const property of ['establishmentNumber', 'closedOn', 'telephone'])
      expect(mapped.ok && mapped.school).not.toHaveProperty(property);
  });

  it.each(['Not applicable', 'Not recorded', ''])('has no phase where the register says "%s"', (phase) => {
    expect(school({ 'PhaseOfEducation (name)': phase }).phase).toBeNull();
  });
});

describe('a record is rejected, with what was expected and without what came,', () => {
  it.each<[string, Partial<GiasRecord>, RegExp]>([
    ['for a URN of 7 digits', { URN: '9001010' }, /^URN: Expected a school URN of 5 or 6 digits/],
    ['for an empty URN', { URN: '' }, /^URN: Expected/],
    ['without a name', { EstablishmentName: '' }, /^EstablishmentName: Expected a name\.$/],
    [
      'for an unknown status',
      { 'EstablishmentStatus (name)': 'Quarantine' },
      /^EstablishmentStatus \(name\): Expected "Open"/,
    ],
    ['for a date of another form', { OpenDate: '2011-11-01' }, /^OpenDate: Expected a date DD-MM-YYYY/],
    ['for a day that no month has', { CloseDate: '31-02-2011' }, /^CloseDate: Expected a date DD-MM-YYYY/],
  ])('%s', (_, cells, expected) => {
    expect(reason(cells)).toMatch(expected);
    const came = Object.values(cells).join();
    if (came) expect(reason(cells)).not.toContain(came);
  });

  it('with every reason there is', () => {
    expect(reason({ URN: 'x', EstablishmentName: '', OpenDate: 'x' })).toMatch(
      /^URN: .* EstablishmentName: .* OpenDate: /,
    );
  });
});

describe('a school abroad', () => {
  const ABROAD = {
    'LA (code)': '0',
    'LA (name)': 'Does not apply',
    Address3: 'Al Elm',
    'County (name)': '',
    Postcode: '',
    'Country (name)': 'United Arab Emirates',
    TelephoneNum: '971040000000',
  };

  it('has no local authority, no postcode, and its telephone number as it is', () => {
    expect(map(ABROAD)).toMatchObject({
      ok: true,
      warnings: [],
      school: {
        localAuthorityCode: null,
        localAuthority: null,
        establishmentNumber: '4101',
        postcode: null,
        telephone: '971040000000',
      },
    });
  });

  it('has its country in its address', () => {
    expect(school(ABROAD).addressLines).toEqual(['1 Elm Road', 'Al Elm', 'Elmton', 'United Arab Emirates']);
  });

  it('keeps the postcode of its own country', () => {
    expect(map({ ...ABROAD, Postcode: '00000' })).toMatchObject({ warnings: [], school: { postcode: '00000' } });
  });

  it('is one without a country too where local authority 0 says so', () => {
    expect(school({ ...ABROAD, 'Country (name)': '', TelephoneNum: '2079460000' }).telephone).toBe('2079460000');
  });

  it('is not one in a country of the UK numbering plan', () => {
    expect(school({ 'Country (name)': 'Jersey' })).toMatchObject({
      telephone: '01632960001',
      addressLines: { length: 3 },
    });
  });
});

describe('numbers', () => {
  it.each([
    ['1', '1', '001', '0001'],
    ['999', '4101', '999', '4101'],
  ])('that lost their zeros (%s, %s) have them again', (la, establishment, code, number) => {
    expect(school({ 'LA (code)': la, EstablishmentNumber: establishment })).toMatchObject({
      localAuthorityCode: code,
      establishmentNumber: number,
    });
  });

  it.each(['', '0', '000'])('of a local authority that are "%s" are none', (la) => {
    expect(school({ 'LA (code)': la }).localAuthorityCode).toBeNull();
    expect(warnings({ 'LA (code)': la })).toEqual([]);
  });

  it.each(['1000', '-1', '20A', '2.01'])(
    'of a local authority outside 001 to 999 (%s) are none, with a warning',
    (la) => {
      expect(school({ 'LA (code)': la }).localAuthorityCode).toBeNull();
      expect(warnings({ 'LA (code)': la })).toEqual([expect.stringMatching(/^LA \(code\): expected/)]);
    },
  );

  it('of an establishment that are no number are none, with a warning', () => {
    expect(school({ EstablishmentNumber: '41O1' }).establishmentNumber).toBeNull();
    expect(warnings({ EstablishmentNumber: '41O1' })).toEqual([
      expect.stringMatching(/^EstablishmentNumber: expected/),
    ]);
  });

  it('of a local authority that the register does not name are kept, with a warning', () => {
    expect(school({ 'LA (name)': '' }).localAuthorityCode).toBe('999');
    expect(warnings({ 'LA (name)': '' })).toEqual([expect.stringMatching(/^LA \(name\): expected/)]);
  });
});

describe('a postcode', () => {
  it('is given its capitals and its space', () => {
    expect(school({ Postcode: 'tf34ja' }).postcode).toBe('TF3 4JA');
  });

  it('that is none is kept, with a warning', () => {
    expect(school({ Postcode: 'TF3' }).postcode).toBe('TF3');
    expect(warnings({ Postcode: 'TF3' })).toEqual([
      expect.stringMatching(/^Postcode: Expected a UK postcode.*stands\.$/),
    ]);
  });

  it('that is empty is none', () => {
    expect(map({ Postcode: '' })).toMatchObject({ warnings: [], school: { postcode: null } });
  });
});
