import { accepted, type ParseResult, refused } from './parsed.ts';
import { weightedSum } from './weighted-sum.ts';

/*
 * Unique learner number: 10 digits, the first not 0, the last a check digit.
 * Rule: https://www.hesa.ac.uk/collection/c21051/a/ULN
 */
const SHAPE = /^[1-9]\d{9}$/;
const STEM_SHAPE = /^[1-9]\d{8}$/;
/** What the Individualised Learner Record holds when a learner's number is not known. It is nobody's. */
const PLACEHOLDER = '9999999999';

const EXPECTED_SHAPE = 'Expected a ULN of 10 digits that does not start with 0, for example "1000000019".';
const EXPECTED_OWN_NUMBER =
  "Expected the learner's own ULN; ten nines stand for a number that is not known. Leave it empty instead.";
const EXPECTED_CHECK_DIGIT =
  'Expected a ULN whose last digit agrees with the nine before it; one of them may be mistyped.';

/** Reads a ULN. Value: 10 digits. */
export function parseUln(text: string): ParseResult<string> {
  const uln = text.trim();
  if (!SHAPE.test(uln)) return refused(EXPECTED_SHAPE);
  if (uln === PLACEHOLDER) return refused(EXPECTED_OWN_NUMBER);
  if (ulnCheckDigit(uln.slice(0, 9)) !== uln.charAt(9)) return refused(EXPECTED_CHECK_DIGIT);
  return accepted(uln);
}

/**
 * The digit that must follow a stem of 9 digits, or undefined for the one stem in eleven that no ULN has
 * (remainder 0 would need the digit 10).
 * @throws RangeError when the stem is not 9 digits of which the first is not 0.
 */
export function ulnCheckDigit(stem: string): string | undefined {
  if (!STEM_SHAPE.test(stem)) throw new RangeError('Expected the 9 digits before the check digit of a ULN.');
  const remainder = weightedSum(Array.from(stem, Number), 10, -1) % 11;
  return remainder === 0 ? undefined : String(10 - remainder);
}
