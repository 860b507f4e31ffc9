import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * DfE number of a school: local authority (3 digits) and establishment (4 digits, unique only within its authority).
 * Joined to 7 digits it is called LAESTAB. https://www.get-information-schools.service.gov.uk/glossary
 * Any authority from 001 to 999 has the right shape; whether it exists is for an import to warn about.
 * Authority 000 is the register's way to say that an establishment has no DfE number.
 */
const SHAPE = /^(?!000)\d{3}\/?\d{4}$/;

const EXPECTED =
  'Expected a DfE number: local authority (001 to 999), a slash and the 4 digits of the establishment, for example "123/4567".';

interface DfeNumberParts {
  /** 3 digits. */
  readonly localAuthority: string;
  /** 4 digits. */
  readonly establishment: string;
}

/** Reads `123/4567` or the joined `1234567`. Value: with the slash. */
export function parseDfeNumber(text: string): ParseResult<string> {
  const dfeNumber = text.trim();
  if (!SHAPE.test(dfeNumber)) return refused(EXPECTED);
  return accepted(`${dfeNumber.slice(0, 3)}/${dfeNumber.slice(-4)}`);
}

/** The parts of a DfE number (as `parseDfeNumber` gives it). */
export function partsOfDfeNumber(dfeNumber: string): DfeNumberParts {
  return { localAuthority: dfeNumber.slice(0, 3), establishment: dfeNumber.slice(-4) };
}

/** The 7 joined digits that files of schools and DfE call LAESTAB. */
export function laestabOf(dfeNumber: string): string {
  return dfeNumber.replace('/', '');
}
