/** Where a school is: its local authority and number, its address, and whether that is abroad. */
import { parsePostcode } from '../../kernel/identifiers/postcode.ts';
import type { GiasRecord } from './gias-columns.ts';
import { type Reading, stated } from './gias-reading.ts';

/** Countries whose schools have UK postcodes and UK telephone numbers. */
const HOME_COUNTRIES = new Set([
  'united kingdom',
  'great britain',
  'england',
  'wales',
  'scotland',
  'northern ireland',
  'isle of man',
  'jersey',
  'guernsey',
]);

/** The register gives a country to schools abroad; without one, local authority 0 ("Does not apply") says the same. */
export function isAbroad(record: GiasRecord): boolean {
  const country = stated(record['Country (name)'] ?? '');
  return country ? !HOME_COUNTRIES.has(country.toLowerCase()) : /^0+$/.test(record['LA (code)']);
}

interface LocalAuthority {
  /** 3 digits; null where the register has none. */
  code: string | null;
  name: string | null;
}

export function readLocalAuthority(record: GiasRecord): Reading<LocalAuthority> {
  const name = stated(record['LA (name)']);
  const { value: code, warning } = readNumber(record['LA (code)'], 3);
  if (warning) return { value: { code, name }, warning: `LA (code): ${warning}` };
  if (code && !name) return { value: { code, name }, warning: 'LA (name): expected the name of the local authority.' };
  return { value: { code, name } };
}

export function readEstablishmentNumber(cell: string): Reading<string | null> {
  const { value, warning } = readNumber(cell, 4);
  return warning ? { value, warning: `EstablishmentNumber: ${warning}` } : { value };
}

/** Spreadsheets take leading zeros away, so they are given back. The register's 0 means that there is no number. */
function readNumber(cell: string, digits: 3 | 4): Reading<string | null> {
  if (/^0*$/.test(cell)) return { value: null };
  if (/^\d+$/.test(cell) && cell.length <= digits) return { value: cell.padStart(digits, '0') };
  return { value: null, warning: `expected up to ${digits} digits; imported without a DfE number.` };
}

/** The lines of a letter's address, without the postcode. A country stands in the last one only where it is abroad. */
export function addressLinesOf(record: GiasRecord): string[] {
  const { Street, Locality, Address3 = '', Town, 'County (name)': county = '' } = record;
  const country = isAbroad(record) ? (record['Country (name)'] ?? '') : '';
  return [Street, Locality, Address3, Town, county, country].flatMap((line) => stated(line) ?? []);
}

/** In capitals and with its space; one that is none of the UK's is kept as it stands. */
export function readPostcode(record: GiasRecord): Reading<string | null> {
  const text = stated(record.Postcode);
  if (text === null) return { value: null };
  const postcode = parsePostcode(text);
  if (postcode.ok) return { value: postcode.value };
  if (isAbroad(record)) return { value: text };
  return { value: text, warning: `Postcode: ${postcode.expected} Imported as it stands.` };
}
