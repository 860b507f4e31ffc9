import { inCapitals } from './canonical-text.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';
import { weightedSum } from './weighted-sum.ts';

/*
 * Unique pupil number: check letter, local authority (3), establishment (4), year (2), serial (3).
 * The last character of a temporary UPN is a letter.
 * Rule: Government Data Standards Catalogue, "Unique Pupil Number" 2.0 (18 November 2004), and the annex of
 * https://www.gov.uk/government/publications/unique-pupil-numbers
 */
const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
const SHAPE = /^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$/;
const STEM_SHAPE = /^\d{11}[\dA-HJ-NP-RT-Z]$/;

const EXPECTED_SHAPE =
  'Expected a UPN of 13 characters: a check letter and 12 digits, or 11 digits and a letter while it is temporary, for example "R999123424001".';
const EXPECTED_CHECK_LETTER =
  'Expected a UPN whose check letter agrees with its other characters; one of them may be mistyped.';

/** The two schools' parts and the year that a UPN was built from. Not where the pupil is now. */
interface UpnOrigin {
  /** 3 digits; 001–005 are pseudo authorities that exist in UPNs only. */
  readonly localAuthority: string;
  /** 4 digits, unique only within the authority. */
  readonly establishment: string;
  /** Last 2 digits of the year of allocation. */
  readonly year: string;
}

/** Reads a permanent or a temporary UPN, present or former. Value: 13 characters in capitals. */
export function parseUpn(text: string): ParseResult<string> {
  const upn = inCapitals(text);
  if (!SHAPE.test(upn)) return refused(EXPECTED_SHAPE);
  if (upnCheckLetter(upn.slice(1)) !== upn.charAt(0)) return refused(EXPECTED_CHECK_LETTER);
  return accepted(upn);
}

/**
 * The letter that must stand before a stem of 12 characters. For checking and for invented demo pupils:
 * only a pupil's home school may allocate a UPN.
 * @throws RangeError when the stem is not 12 digits, or 11 digits and a letter.
 */
export function upnCheckLetter(stem: string): string {
  if (!STEM_SHAPE.test(stem)) throw new RangeError('Expected the 12 characters that follow the check letter of a UPN.');
  return LETTERS.charAt(weightedSum(Array.from(stem, upnCharacterValue), 2, 1) % LETTERS.length);
}

/** Whether a UPN (as `parseUpn` gives it) is temporary, and so known only to the school that made it. */
export function isTemporaryUpn(upn: string): boolean {
  return /[A-Z]$/.test(upn);
}

/** The parts of a UPN (as `parseUpn` gives it). */
export function originOfUpn(upn: string): UpnOrigin {
  return { localAuthority: upn.slice(1, 4), establishment: upn.slice(4, 8), year: upn.slice(8, 10) };
}

function upnCharacterValue(character: string): number {
  const letter = LETTERS.indexOf(character);
  return letter >= 0 ? letter : Number(character);
}
