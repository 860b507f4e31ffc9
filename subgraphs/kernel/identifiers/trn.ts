import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * Teacher reference number: 7 digits, no check digit. https://www.gov.uk/guidance/teacher-reference-number-trn
 * People also write it as RP99/12345 or drop leading zeros; DfE's early careers services read those the same way
 * (DFE-Digital/early-careers-framework, app/lib/teacher_reference_number.rb).
 */
const FEWEST_DIGITS = 5;
const DIGITS = 7;

const EXAMPLE = 'for example "0012345"';
const EXPECTED_SOMETHING = `Expected a TRN of 7 digits, ${EXAMPLE}.`;
const EXPECTED_DIGITS = `Expected a TRN with digits in it, ${EXAMPLE}.`;
const EXPECTED_MORE = `Expected a TRN of 7 digits, or at least 5 where leading zeros were left out, ${EXAMPLE}.`;
const EXPECTED_FEWER = `Expected a TRN of no more than 7 digits, ${EXAMPLE}.`;

/** Reads a TRN as people write it. Value: 7 digits with their leading zeros. */
export function parseTrn(text: string): ParseResult<string> {
  if (text.trim() === '') return refused(EXPECTED_SOMETHING);
  const digits = text.replace(/\D/g, '');
  if (digits === '') return refused(EXPECTED_DIGITS);
  if (digits.length < FEWEST_DIGITS) return refused(EXPECTED_MORE);
  if (digits.length > DIGITS) return refused(EXPECTED_FEWER);
  return accepted(digits.padStart(DIGITS, '0'));
}
