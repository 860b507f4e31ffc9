import { inCapitals } from './canonical-text.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';
import { weightedSum } from './weighted-sum.ts';

/*
 * Unique candidate identifier of the exam boards: centre (5), constant 0 or a board's letter, year (2), candidate (4),
 * check letter. https://www.jcq.org.uk/knowledge-hub/unique-candidate-identifiers-uci; the sum is worked through at
 * https://questionbank.wjec.co.uk/exam-officers/entries/unique-candidate-identifier.html
 */
const CHECK_LETTERS = 'ABCDEFGHKLMRTVWXY';
const BOARD_LETTERS = 'ABCDEFGHIJKLMNOP';
// Q to Z in the board's place: public calculators give them different values and no board uses them, so none is valid.
const SHAPE = /^\d{5}[\dA-P]\d{6}[A-HK-MRTVWXY]$/;
const STEM_SHAPE = /^\d{5}[\dA-P]\d{6}$/;

const EXPECTED_SHAPE =
  'Expected a UCI of 13 characters: centre number (5 digits), 0 or a board letter A to P, 6 digits and a check letter, for example "555550101234T".';
const EXPECTED_CHECK_LETTER =
  'Expected a UCI whose check letter agrees with its other characters; one of them may be mistyped.';

/** Reads a UCI. Value: 13 characters in capitals. */
export function parseUci(text: string): ParseResult<string> {
  const uci = inCapitals(text);
  if (!SHAPE.test(uci)) return refused(EXPECTED_SHAPE);
  if (uciCheckLetter(uci.slice(0, 12)) !== uci.charAt(12)) return refused(EXPECTED_CHECK_LETTER);
  return accepted(uci);
}

/**
 * The letter that must follow a stem of 12 characters.
 * @throws RangeError when the stem is not 5 digits, a digit or board letter A–P, and 6 digits.
 */
export function uciCheckLetter(stem: string): string {
  if (!STEM_SHAPE.test(stem)) throw new RangeError('Expected the 12 characters before the check letter of a UCI.');
  return CHECK_LETTERS.charAt(weightedSum(Array.from(stem, uciCharacterValue), 16, -1) % CHECK_LETTERS.length);
}

function uciCharacterValue(character: string): number {
  const board = BOARD_LETTERS.indexOf(character);
  return board >= 0 ? board + 1 : Number(character);
}
