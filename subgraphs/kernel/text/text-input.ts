/** Text that a person typed: names, notes, words to search for. */
import { accepted, type ParseResult, refused } from '../identifiers/parsed.ts';

// C0 and C1 controls but tab, line feed and carriage return: no person types them, and XML exports cannot hold them
const CONTROLS = /[^\P{Cc}\t\n\r]/u;

/** Whether the database and every export can hold it: PostgreSQL takes neither NUL nor half a surrogate pair. */
export const isWellFormed = (text: string): boolean => text.isWellFormed() && !CONTROLS.test(text);

/** Reads text of `fewest` to `most` characters. Value: without outer space. */
export const parseText =
  (most: number, fewest = 1) =>
  (text: string): ParseResult<string> => {
    const trimmed = text.trim();
    const length = [...trimmed].length;
    if (length < fewest || length > most) return refused(`Expected ${fewest} to ${most} characters.`);
    if (!isWellFormed(trimmed)) return refused('Expected text of whole characters, without control characters.');
    return accepted(trimmed);
  };
