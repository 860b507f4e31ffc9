import { inCapitals } from './canonical-text.ts';
import { parseIsoDate } from './iso-date.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * A moment in time: RFC 3339 date-time, https://www.rfc-editor.org/rfc/rfc3339#section-5.6. An offset or Z is
 * required, because "09:00" alone is two different moments in a British winter and summer. Leap seconds (:60) are
 * refused: neither JavaScript nor PostgreSQL can hold one.
 */
const SHAPE = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const EXPECTED =
  'Expected a date and time with Z or an offset (RFC 3339), for example "2024-09-02T09:30:00Z" or "2024-09-02T10:30:00+01:00".';

/** Reads an instant. Value: in UTC to the millisecond, `2024-09-02T09:30:00.000Z`, so instants sort as text. */
export function parseInstant(text: string): ParseResult<string> {
  const instant = inCapitals(text);
  const date = SHAPE.exec(instant)?.[1];
  if (date === undefined || !parseIsoDate(date).ok) return refused(EXPECTED);
  return accepted(new Date(instant).toISOString());
}

/** Reads what PostgreSQL writes for a timestamptz, `2024-09-02 09:30:00.123+00`, as well as RFC 3339. */
export function parseStoredInstant(text: string): ParseResult<string> {
  return parseInstant(text.replace(' ', 'T').replace(/(:\d{2}(?:\.\d+)?[+-]\d{2})$/, '$1:00'));
}
