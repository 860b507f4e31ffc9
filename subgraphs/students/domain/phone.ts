import { accepted, type ParseResult, refused } from '../../kernel/identifiers/parsed.ts';

/*
 * A telephone number as people write it, in the UK or abroad, with an extension if need be. Up to 15 digits
 * (https://www.itu.int/rec/T-REC-E.164); whether anybody answers it cannot be told from its digits.
 */
const SHAPE = /^\+?[\d ()-]+(?: ?(?:ext\.?|x) ?\d{1,6})?$/;

const EXPECTED = 'Expected a telephone number of 7 to 15 digits, for example "01632 960123" or "+44 1632 960123".';

/** Reads a telephone number. Value: as it was written, with single spaces. */
export function parsePhone(text: string): ParseResult<string> {
  const phone = text.trim().replace(/\s+/g, ' ');
  const digits = phone.replace(/ ?(?:ext|x).*$/, '').replace(/\D/g, '').length;
  return SHAPE.test(phone) && digits >= 7 && digits <= 15 ? accepted(phone) : refused(EXPECTED);
}
