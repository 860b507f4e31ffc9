import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importSchools } from '../../../subgraphs/students/services/import-schools.ts';
import { UnreadableFile } from '../../../subgraphs/students/services/register-file.ts';
import { registerSite } from '../../../subgraphs/students/services/register-site.ts';
import { callerOf } from '../../kit/callers.ts';
import { csvLine, csvOf, openSchoolDatabase, temporaryFiles } from './school-database.ts';

const REGISTER = '../shared/data/gias';
const hasRegister = existsSync(REGISTER);
if (!hasRegister) console.warn(`Skipped: the import of DfE's own files, which are not at ${REGISTER}.`);

const write = temporaryFiles();

describe.skipIf(!hasRegister)('DfE’s own files', () => {
  it.each([
    ['subset.csv', 8, 0],
    ['establishments-full-columns.csv', 4, 0],
    ['childrens-centres.csv', 2992, 21],
  ])('%s is imported whole, and changes nothing the second time', async (name, count, warnings) => {
    const { importFile, rows } = await openSchoolDatabase();
    const first = await importFile(join(REGISTER, name));
    expect(first).toMatchObject({ added: count, changed: 0, unchanged: 0, rejected: [] });
    expect(first.warnings).toHaveLength(warnings);
    const written = await rows();
    expect(written).toHaveLength(count);
    expect(await importFile(join(REGISTER, name))).toEqual({ ...first, added: 0, unchanged: count });
    expect(await rows()).toEqual(written);
  });

  it('tell of a school that closed, one that may close, one abroad and children’s centres', async () => {
    const { importFile, schools } = await openSchoolDatabase();
    await importFile(join(REGISTER, 'subset.csv'));
    await importFile(join(REGISTER, 'childrens-centres.csv'));
    const [centre, open, closed, mayClose, abroad] = await schools(
      `urn in ('20001', '100000', '100004', '126370', '150516')`,
    ).then((found) => found.toSorted((one, other) => Number(one.urn) - Number(other.urn)));
    expect(centre).toMatchObject({
      urn: '20001',
      name: "The Starship Children's Centre",
      local_authority_code: '873',
      establishment_number: null,
      dfe_number: null,
      establishment_type: "Children's centre",
      phase: null,
    });
    expect(open).toMatchObject({
      urn: '100000',
      name: 'The Aldgate School',
      dfe_number: '201/3614',
      status: 'OPEN',
      phase: 'Primary',
      address_lines: ["St James's Passage", "Duke's Place", 'London'],
      postcode: 'EC3A 5DE',
      telephone: '02072831147',
      website: 'http://www.thealdgateschool.org',
      is_site: false,
      version: 1,
    });
    expect(closed).toMatchObject({ urn: '100004', status: 'CLOSED', opened_on: null, closed_on: '1992-08-31' });
    expect(mayClose).toMatchObject({ urn: '126370', status: 'OPEN_PROPOSED_TO_CLOSE', closed_on: '2024-07-31' });
    expect(abroad).toMatchObject({
      urn: '150516',
      local_authority_code: null,
      local_authority: null,
      dfe_number: null,
      postcode: null,
      telephone: '971047069000',
    });
  });
});

describe('a file of the register', () => {
  it.each<[string, BufferEncoding, string]>([
    ['Windows-1252', 'latin1', ''],
    ['UTF-8', 'utf8', ''],
    ['UTF-8 with a byte order mark', 'utf8', '\ufeff'],
  ])('in %s is read, whatever its line breaks', async (_, encoding, mark) => {
    const { importFile, schools } = await openSchoolDatabase();
    const lines = [csvLine({ URN: '900101', EstablishmentName: "École de l'Orme" })];
    for (const lineBreak of ['\n', '\r\n', '\r'])
      await importFile(write(Buffer.from(mark + csvOf(lines, lineBreak), encoding)));
    expect(await schools()).toMatchObject([{ urn: '900101', name: "École de l'Orme", version: 1 }]);
  });

  it('brings schools up to date, and leaves those that it does not name', async () => {
    const { importFile, schools } = await openSchoolDatabase();
    await importFile(write(csvOf(['900101', '900102', '900103'].map((URN) => csvLine({ URN })))));
    const told = [csvLine({ URN: '900102', EstablishmentName: 'Elm Academy' }), csvLine({ URN: '900104' })];
    const report = await importFile(write(csvOf([...told, csvLine({ URN: '900103' })])));
    expect(report).toEqual({ added: 1, changed: 1, unchanged: 1, rejected: [], warnings: [] });
    expect((await schools()).map(({ urn, name, version }) => [urn, name, version])).toEqual([
      ['900101', 'Elm Tree School', 1],
      ['900102', 'Elm Academy', 2],
      ['900103', 'Elm Tree School', 1],
      ['900104', 'Elm Tree School', 1],
    ]);
  });

  it('has its rejected records named by line and reason, and imports the others', async () => {
    const { importFile, schools } = await openSchoolDatabase();
    const lines = [
      csvLine({ URN: '900101', Street: '"Elm House\r\n1 Elm Road"' }),
      csvLine({ URN: '900102', 'EstablishmentStatus (name)': 'Quarantine' }),
      '',
      csvLine({ URN: '900101', EstablishmentName: 'Elm Academy', Town: '"Elmton\r\n\r\n"' }),
      `${csvLine({ URN: '900103' })},one more`,
      csvLine({ URN: '12' }),
      csvLine({ URN: '900104', Postcode: 'none yet' }),
    ];
    expect(await importFile(write(csvOf(lines, '\r\n')))).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
      rejected: [
        { line: 4, reason: expect.stringMatching(/^EstablishmentStatus \(name\): Expected "Open"/) },
        { line: 6, reason: 'URN: expected each one once; line 2 has it already.' },
        { line: 9, reason: 'Expected 13 columns, as in the first line; there are 14.' },
        { line: 10, reason: expect.stringMatching(/^URN: Expected a school URN/) },
      ],
      warnings: [{ line: 11, reason: expect.stringMatching(/^Postcode: Expected a UK postcode/) }],
    });
    expect(await schools()).toMatchObject([
      { urn: '900101', name: 'Elm Tree School', address_lines: ['Elm House 1 Elm Road'] },
      { urn: '900104' },
    ]);
  });

  it('of many parts is read without a seam', async () => {
    const { importFile, schools } = await openSchoolDatabase();
    const lines = Array.from({ length: 2500 }, (_, index) =>
      csvLine({ URN: `${910000 + index}`, EstablishmentName: `Éöü ${'x'.repeat(index % 97)}`, Locality: '"a\r\nb"' }),
    );
    const report = await importFile(write(csvOf([...lines, csvLine({ URN: '1' })], '\r\n')));
    expect(report).toMatchObject({ added: 2500, warnings: [], rejected: [{ line: 5002 }] });
    expect(await schools(`name !~ '^Éöü ?x*$' or address_lines <> array['a b']`)).toEqual([]);
  });
});

describe('a file that is not the register’s', () => {
  const many = Array.from({ length: 1500 }, (_, index) => csvLine({ URN: `${910000 + index}` }));

  it.each<[string, string | Uint8Array, RegExp]>([
    ['is empty', '', /^The file is empty/],
    ['has empty lines only', '\n\n', /^The file is empty/],
    ['has other columns', 'URN,Town,Remarks\n1,2,3\n', /Missing columns: LA \(code\), .* Found: URN, Town, Remarks\.$/],
    ['has no header', csvLine({ URN: '900101' }), /first line must name the columns, among them URN/],
    ['is a zip archive', Buffer.from('PK\u0003\u0004...'), /zip archive or a spreadsheet/],
    ['is in UTF-16', Buffer.from(`\ufeff${csvOf(many)}`, 'utf16le'), /UTF-8 or Windows-1252/],
    ['has a quotation mark that is never closed', csvOf([...many, '900101,"Elm']), /begins on line 1502 or soon after/],
    ['has a quotation mark inside a cell', csvOf([...many, '900101,Elm "Tree"']), /begins on line 1502 or soon after/],
    [
      'has a quotation mark that swallows lines',
      csvOf([...many, '900101,"Elm', '900102,Elm"', '900103']),
      /line 1502 runs over 2 lines: a quotation mark in it is wrong/,
    ],
  ])('because it %s changes nothing', async (_, content, message) => {
    const { importFile, schools } = await openSchoolDatabase();
    const refusal = await importFile(write(content)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UnreadableFile);
    expect(refusal).toHaveProperty('message', expect.stringMatching(message));
    expect(await schools()).toEqual([]);
  });

  it.each([
    ['is not there', '/nowhere/schools.csv', /cannot be opened/],
    ['is a folder', '.', /this is none/],
  ])('because it %s is refused', async (_, file, message) => {
    const { importFile } = await openSchoolDatabase();
    await expect(importFile(file)).rejects.toThrow(message);
  });
});

describe('an import', () => {
  it('leaves a school a site of this graph, and tells when its name or its telephone number changes', async () => {
    const { transaction, importFile, schools, events } = await openSchoolDatabase();
    await transaction((session) =>
      registerSite(session, {
        urn: '900101',
        dfeNumber: '999/4101',
        name: 'Elm Tree School',
        phase: null,
        telephone: '01632 960001',
        addressLines: [],
        postcode: null,
      }),
    );
    await importFile(write(csvOf([csvLine({ URN: '900101', Town: 'Elmton' }), csvLine({ URN: '900102' })])));
    await importFile(
      write(csvOf(['900101', '900102'].map((URN) => csvLine({ URN, EstablishmentName: 'Elm Academy' })))),
    );
    const renumbered = `${csvLine({ URN: '900101', EstablishmentName: 'Elm Academy' })},01632960002`;
    await importFile(write(csvOf([renumbered]).replace('\n', ',TelephoneNum\n')));
    expect(await schools()).toMatchObject([
      {
        urn: '900101',
        name: 'Elm Academy',
        dfe_number: '999/4101',
        telephone: '01632960002',
        is_site: true,
        version: 4,
      },
      { urn: '900102', name: 'Elm Academy', is_site: false, version: 2 },
    ]);
    expect(await events()).toMatchObject([
      { aggregateId: '900101', version: 1, name: 'Elm Tree School' },
      { aggregateId: '900101', version: 3, name: 'Elm Academy', telephone: '01632 960001' },
      { aggregateId: '900101', version: 4, name: 'Elm Academy', telephone: '01632960002' },
    ]);
  });

  it('is not a person’s to make', async () => {
    const { transaction, schools } = await openSchoolDatabase();
    const file = write(csvOf([csvLine({ URN: '900101' })]));
    const attempt = transaction((session) => importSchools(session, file), callerOf('data-lead@alder.example'));
    await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await schools()).toEqual([]);
  });
});
