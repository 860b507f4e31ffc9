/**
 * The columns of DfE's register that we read. Its downloads differ: "all data" has about 140 columns, whose names and
 * number change from year to year; the children's centres have 18, without number, telephone and closing date.
 * https://www.get-information-schools.service.gov.uk/Downloads
 */
const REQUIRED = [
  'URN',
  'LA (code)',
  'LA (name)',
  'EstablishmentName',
  'TypeOfEstablishment (name)',
  'EstablishmentStatus (name)',
  'OpenDate',
  'PhaseOfEducation (name)',
  'Street',
  'Locality',
  'Town',
  'Postcode',
  'SchoolWebsite',
] as const;

const OPTIONAL = [
  'EstablishmentNumber',
  'CloseDate',
  'Address3',
  'County (name)',
  'Country (name)',
  'TelephoneNum',
] as const;

type RequiredColumn = (typeof REQUIRED)[number];
type OptionalColumn = (typeof OPTIONAL)[number];

/** One line of the register by the names of its columns; a column that the file does not have is absent. */
export type GiasRecord = Record<RequiredColumn, string> & Partial<Record<OptionalColumn, string>>;

type Header =
  | { readonly ok: true; readonly read: (cells: readonly string[]) => GiasRecord }
  | { readonly ok: false; readonly expected: string };

/** Finds the columns in the first line of a file. */
export function readHeader(cells: readonly string[]): Header {
  const names = cells.map((cell) => cell.trim());
  const missing = REQUIRED.filter((column) => !names.includes(column));
  if (missing.length > 0) return { ok: false, expected: expectedColumns(missing, names) };
  const places = [...REQUIRED, ...OPTIONAL].flatMap((column) => {
    const place = names.indexOf(column);
    return place < 0 ? [] : [[column, place] as const];
  });
  const read = (record: readonly string[]): GiasRecord =>
    Object.fromEntries(places.map(([column, place]) => [column, oneLine(record[place] ?? '')])) as GiasRecord;
  return { ok: true, read };
}

const oneLine = (cell: string): string => cell.replace(/\s+/g, ' ').trim();

/** A first line that names no known column may be data of any kind, so it is not repeated. */
function expectedColumns(missing: readonly string[], found: readonly string[]): string {
  const wanted = 'Expected a CSV file of establishments from Get Information About Schools.';
  if (missing.length === REQUIRED.length)
    return `${wanted} Its first line must name the columns, among them ${REQUIRED.join(', ')}; it names none of them.`;
  return `${wanted} Missing columns: ${missing.join(', ')}. Found: ${found.join(', ')}.`;
}
