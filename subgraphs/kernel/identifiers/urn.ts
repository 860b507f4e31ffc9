import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * Unique reference number of an establishment on Get Information About Schools: 5 or 6 digits, no check digit.
 * A school gets a new one when it becomes an academy. https://www.get-information-schools.service.gov.uk/glossary
 * The register holds it as a number, so one that starts with 0 is not a second spelling of it.
 */
const SHAPE = /^[1-9]\d{4,5}$/;

const EXPECTED = 'Expected a school URN of 5 or 6 digits that does not start with 0, for example "123456".';

/** Reads a URN. Value: 5 or 6 digits. */
export function parseUrn(text: string): ParseResult<string> {
  const urn = text.trim();
  return SHAPE.test(urn) ? accepted(urn) : refused(EXPECTED);
}

/** Reads a URN that came as a number, as spreadsheets and GraphQL Int literals give it. Value: 5 or 6 digits. */
export function urnFromInteger(urn: number): ParseResult<string> {
  return Number.isInteger(urn) ? parseUrn(String(urn)) : refused(EXPECTED);
}
