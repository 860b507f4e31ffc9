/** One line of DfE's register, as a school of ours or as the reason why it cannot be one. */
import { isIsoDate } from '../../kernel/identifiers/iso-date.ts';
import { accepted, type ParseResult, refused } from '../../kernel/identifiers/parsed.ts';
import { parseUrn } from '../../kernel/identifiers/urn.ts';
import type { GiasRecord } from './gias-columns.ts';
import { readTelephone, readWebsite } from './gias-contact.ts';
import { addressLinesOf, isAbroad, readEstablishmentNumber, readLocalAuthority, readPostcode } from './gias-place.ts';
import { type Reading, stated } from './gias-reading.ts';
import type { School, SchoolStatus } from './school.ts';

type OfOptionalColumns = 'establishmentNumber' | 'closedOn' | 'telephone';

/** What a file tells of a school. A property whose column the file does not have is absent, which is not "empty". */
export type RegisteredSchool = Omit<School, 'dfeNumber' | OfOptionalColumns> & Partial<Pick<School, OfOptionalColumns>>;

type MappedRecord =
  | { readonly ok: true; readonly school: RegisteredSchool; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * A wrong URN, name, status or date refuses the record, so that a spoilt file does not empty what is known; anything
 * else that looks wrong is imported with a warning.
 */
export function schoolOfRecord(record: GiasRecord): MappedRecord {
  const identity = {
    urn: parseUrn(record.URN),
    name: record.EstablishmentName ? accepted(record.EstablishmentName) : refused('Expected a name.'),
    status: parseStatus(record['EstablishmentStatus (name)']),
    openedOn: parseDate(record.OpenDate),
    closedOn: parseDate(record.CloseDate ?? ''),
  };
  const { urn, name, status, openedOn, closedOn } = identity;
  if (!urn.ok || !name.ok || !status.ok || !openedOn.ok || !closedOn.ok)
    return { ok: false, reason: reasonOf(identity) };
  const { school, warnings } = detailsOf(record);
  const dates = { openedOn: openedOn.value, ...(record.CloseDate !== undefined && { closedOn: closedOn.value }) };
  return {
    ok: true,
    school: { urn: urn.value, name: name.value, status: status.value, ...dates, ...school },
    warnings,
  };
}

const COLUMN_OF = {
  urn: 'URN',
  name: 'EstablishmentName',
  status: 'EstablishmentStatus (name)',
  openedOn: 'OpenDate',
  closedOn: 'CloseDate',
} as const;

function reasonOf(identity: Record<keyof typeof COLUMN_OF, ParseResult<unknown>>): string {
  const properties = Object.keys(COLUMN_OF) as (keyof typeof COLUMN_OF)[];
  return properties
    .flatMap((property) => {
      const result = identity[property];
      return result.ok ? [] : `${COLUMN_OF[property]}: ${result.expected}`;
    })
    .join(' ');
}

function detailsOf(record: GiasRecord) {
  const { EstablishmentNumber, TelephoneNum } = record;
  const authority = readLocalAuthority(record);
  const number = readWhere(EstablishmentNumber, readEstablishmentNumber);
  const telephone = readWhere(TelephoneNum, (cell) => readTelephone(cell, isAbroad(record)));
  const postcode = readPostcode(record);
  const website = readWebsite(record.SchoolWebsite);
  const school = {
    localAuthorityCode: authority.value.code,
    localAuthority: authority.value.name,
    phase: stated(record['PhaseOfEducation (name)']),
    establishmentType: stated(record['TypeOfEstablishment (name)']),
    addressLines: addressLinesOf(record),
    postcode: postcode.value,
    website: website.value,
    ...(number && { establishmentNumber: number.value }),
    ...(telephone && { telephone: telephone.value }),
  };
  const warnings = [authority, number, postcode, telephone, website].flatMap((reading) => reading?.warning ?? []);
  return { school, warnings };
}

const readWhere = <Value>(cell: string | undefined, read: (cell: string) => Reading<Value>): Reading<Value> | null =>
  cell === undefined ? null : read(cell);

const STATUSES: ReadonlyMap<string, SchoolStatus> = new Map([
  ['open', 'OPEN'],
  ['open, but proposed to close', 'OPEN_PROPOSED_TO_CLOSE'],
  ['proposed to open', 'PROPOSED_TO_OPEN'],
  ['closed', 'CLOSED'],
]);

function parseStatus(cell: string): ParseResult<SchoolStatus> {
  const status = STATUSES.get(cell.toLowerCase());
  return status
    ? accepted(status)
    : refused('Expected "Open", "Open, but proposed to close", "Proposed to open" or "Closed".');
}

/** Schools are older than the dates of pupils may be, so any day of the calendar is one. */
function parseDate(cell: string): ParseResult<string | null> {
  if (cell === '') return accepted(null);
  const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(cell) ?? [];
  const date = `${year}-${month}-${day}`;
  return isIsoDate(date)
    ? accepted(date)
    : refused('Expected a date DD-MM-YYYY, for example "01-09-2024", or nothing.');
}
