import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { parseDfeNumber } from '../identifiers/dfe-number.ts';
import { parseInstant, parseStoredInstant } from '../identifiers/instant.ts';
import { parseIsoDate } from '../identifiers/iso-date.ts';
import type { ParseResult } from '../identifiers/parsed.ts';
import { parseStoredTimeOfDay, parseTimeOfDay } from '../identifiers/time-of-day.ts';
import { parseTrn } from '../identifiers/trn.ts';
import { parseUci } from '../identifiers/uci.ts';
import { parseUln } from '../identifiers/uln.ts';
import { parseUpn } from '../identifiers/upn.ts';
import { parseUrn, urnFromInteger } from '../identifiers/urn.ts';

interface CheckedText {
  readonly name: string;
  /** Markdown, for the person in the sandbox. */
  readonly description: string;
  readonly specifiedByURL?: string;
  readonly parse: (text: string) => ParseResult<string>;
  /** Where a whole number, unquoted, is accepted as well as text. */
  readonly parseInteger?: (value: number) => ParseResult<string>;
  /** Where the database writes the value in another form than the API. */
  readonly parseStored?: (value: string | Date) => ParseResult<string>;
}

/**
 * A scalar that is canonical text in the API and in our code, and checks what it holds in both directions.
 * Its errors say what was expected and never print the value, as graphql's own would: it may identify a child.
 */
function checkedScalar(scalar: CheckedText): GraphQLScalarType<string, string> {
  const { name, description, specifiedByURL = null, parse, parseInteger } = scalar;
  const notText = () => parse('');

  const read = (value: unknown): ParseResult<string> => {
    if (typeof value === 'string') return parse(value);
    return typeof value === 'number' && parseInteger ? parseInteger(value) : notText();
  };
  const readLiteral = (node: ValueNode): ParseResult<string> => {
    if (node.kind === Kind.STRING) return parse(node.value);
    return node.kind === Kind.INT ? read(Number(node.value)) : notText();
  };
  const readStored = (value: unknown): ParseResult<string> => {
    if (!scalar.parseStored) return read(value);
    return typeof value === 'string' || value instanceof Date ? scalar.parseStored(value) : notText();
  };

  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    parseValue: (value) => valueOrBadInput(name, read(value)),
    parseLiteral: (node) => valueOrBadInput(name, readLiteral(node), node),
    serialize: (value) => valueOrFault(name, readStored(value)),
  });
}

function valueOrBadInput(name: string, result: ParseResult<string>, node?: ValueNode): string {
  if (result.ok) return result.value;
  throw new GraphQLError(`${name}: ${result.expected}`, {
    nodes: node ?? null,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** What we hold ourselves is wrong: no fault of the caller, so no BAD_USER_INPUT. */
function valueOrFault(name: string, result: ParseResult<string>): string {
  if (result.ok) return result.value;
  throw new Error(`${name}: a stored value cannot be shown. ${result.expected}`);
}

/** A date column is text; a JS Date stands for a date only at midnight UTC, else a time zone has moved it. */
function parseStoredDate(value: string | Date): ParseResult<string> {
  if (typeof value === 'string') return parseIsoDate(value);
  const [date = '', time] = isoTextOf(value).split('T');
  return parseIsoDate(time === '00:00:00.000Z' ? date : '');
}

function isoTextOf(value: Date): string {
  return Number.isNaN(value.getTime()) ? '' : value.toISOString();
}

const RFC_3339 = 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6';

/**
 * One scalar per name in the SDL. A subgraph may spread them all: names that its SDL lacks are left aside. Composition
 * reads the SDL as text, so a description reaches the sandbox only from there; `printType(scalarResolvers.URN)` writes it.
 */
export const scalarResolvers = {
  URN: checkedScalar({
    name: 'URN',
    description:
      'Unique reference number of a school on Get Information About Schools: 5 or 6 digits, `"123456"`. Answers are text; a number without quotes, `123456`, is accepted as well.',
    parse: parseUrn,
    parseInteger: urnFromInteger,
  }),
  UPN: checkedScalar({
    name: 'UPN',
    description:
      'Unique pupil number, permanent or temporary: a check letter and 12 digits, `"R999123424001"`; the last character of a temporary one is a letter. The check letter is verified. Confidential.',
    specifiedByURL: 'https://www.gov.uk/government/publications/unique-pupil-numbers',
    parse: parseUpn,
  }),
  UCI: checkedScalar({
    name: 'UCI',
    description:
      'Unique candidate identifier of the exam boards: 12 characters and a check letter, `"555550101234T"`. The check letter is verified.',
    specifiedByURL: 'https://www.jcq.org.uk/knowledge-hub/unique-candidate-identifiers-uci',
    parse: parseUci,
  }),
  ULN: checkedScalar({
    name: 'ULN',
    description:
      'Unique learner number: 10 digits, `"1000000019"`. The last digit is verified. Ten nines, the placeholder for an unknown number, are refused: leave the field out instead.',
    specifiedByURL: 'https://www.hesa.ac.uk/collection/c21051/a/ULN',
    parse: parseUln,
  }),
  TRN: checkedScalar({
    name: 'TRN',
    description:
      'Teacher reference number: 7 digits with their leading zeros, `"0012345"`. Input may leave leading zeros out or hold other characters, as in `"RP99/12345"`.',
    specifiedByURL: 'https://www.gov.uk/guidance/teacher-reference-number-trn',
    parse: parseTrn,
  }),
  DfENumber: checkedScalar({
    name: 'DfENumber',
    description:
      'DfE number of a school: local authority and establishment, `"123/4567"`. The joined form (LAESTAB), `"1234567"`, is accepted as well.',
    parse: parseDfeNumber,
  }),
  Date: checkedScalar({
    name: 'Date',
    description: 'A calendar date without time or zone, `"2024-09-01"`, in the years 1900 to 2199.',
    specifiedByURL: RFC_3339,
    parse: parseIsoDate,
    parseStored: parseStoredDate,
  }),
  DateTime: checkedScalar({
    name: 'DateTime',
    description:
      'A moment in time. Answers are in UTC, `"2024-09-02T09:30:00.000Z"`; input needs Z or an offset, `"2024-09-02T10:30:00+01:00"`, and is kept to the millisecond.',
    specifiedByURL: RFC_3339,
    parse: parseInstant,
    parseStored: (value) => parseStoredInstant(typeof value === 'string' ? value : isoTextOf(value)),
  }),
  Time: checkedScalar({
    name: 'Time',
    description: 'A time of day on the school\'s own clock, 24 hours, `"09:05"`, the same in winter and in summer.',
    parse: parseTimeOfDay,
    parseStored: (value) => parseStoredTimeOfDay(typeof value === 'string' ? value : ''),
  }),
};
