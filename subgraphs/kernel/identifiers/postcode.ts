import { inCapitals } from './canonical-text.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * The format of BS 7666 as the Cabinet Office's address types (PostCodeType 2.0) write it. It says that a postcode is
 * well formed, not that it is in use; "BFPO 123" of the forces' post does not follow it, their "BF1 3AA" does.
 */
const OUTWARD = [
  '[A-PR-UWYZ][0-9]{1,2}',
  '[A-PR-UWYZ][A-HK-Y][0-9]{1,2}',
  '[A-PR-UWYZ][0-9][A-HJKPSTUW]',
  '[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]',
].join('|');
const FORMAT = new RegExp(`^(?:GIR 0AA|(?:${OUTWARD}) [0-9][ABD-HJLNP-UW-Z]{2})$`);

const EXPECTED = 'Expected a UK postcode, for example "SW1A 1AA".';

/** Whether the text is a postcode in its canonical form: capitals, one space before the last 3 characters. */
export function isPostcode(text: string): boolean {
  return FORMAT.test(text);
}

/** Reads a postcode in any case and spacing. Value: as `isPostcode` wants it. */
export function parsePostcode(text: string): ParseResult<string> {
  const joined = inCapitals(text).replace(/\s/g, '');
  const postcode = `${joined.slice(0, -3)} ${joined.slice(-3)}`;
  return isPostcode(postcode) ? accepted(postcode) : refused(EXPECTED);
}
