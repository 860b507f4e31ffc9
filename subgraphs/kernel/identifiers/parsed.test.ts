import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAcademicYear } from './academic-year.ts';
import { parseDfeNumber } from './dfe-number.ts';
import { parseInstant } from './instant.ts';
import { parseIsoDate } from './iso-date.ts';
import type { ParseResult } from './parsed.ts';
import { parsePostcode } from './postcode.ts';
import { parseTimeOfDay } from './time-of-day.ts';
import { parseTrn } from './trn.ts';
import { parseUci } from './uci.ts';
import { parseUln } from './uln.ts';
import { parseUpn } from './upn.ts';
import { parseUrn } from './urn.ts';
import { parseYearGroup } from './year-group.ts';

const parsers: Record<string, (text: string) => ParseResult<unknown>> = {
  parseAcademicYear,
  parseDfeNumber,
  parseInstant,
  parseIsoDate,
  parsePostcode,
  parseTimeOfDay,
  parseTrn,
  parseUci,
  parseUln,
  parseUpn,
  parseUrn,
  parseYearGroup,
};

/** Text near enough to identifiers to get past the first check of some parser. */
const nearlyAnIdentifier = fc.stringMatching(/^[A-Z0-9]{1,6}[/: -]?[A-Z0-9]{4,9}$/);

describe.each(Object.entries(parsers))('%s', (_name, parse) => {
  it('refuses an empty text with a sentence that gives an example', () => {
    expect(parse('')).toMatchObject({ ok: false, expected: expect.stringMatching(/^Expected .*for example .*\.$/) });
  });

  it('never repeats what it refused', () => {
    fc.assert(
      fc.property(nearlyAnIdentifier, (text) => {
        const result = parse(text);
        return result.ok || !result.expected.includes(text);
      }),
    );
  });

  it('gives an answer, not an exception, for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof parse(text).ok === 'boolean'));
  });
});
