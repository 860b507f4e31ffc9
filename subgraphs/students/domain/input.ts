/**
 * Reading what a person typed: each reader gives the canonical value, and notes what is wrong at its place in the input.
 * All that is wrong is noted, so that the person can put it right at once; nothing is noted with its value.
 */
import type { UserError } from '../../kernel/errors.ts';
import type { ParseResult } from '../../kernel/identifiers/parsed.ts';
import { parseText } from '../../kernel/text/text-input.ts';

/** A place in an input (`emergencyContacts.0.phone`), and the notes of the whole input. */
export interface Place {
  field: string;
  problems: UserError[];
}

export const placeAt = ({ field, problems }: Place, part: string | number): Place => ({
  field: field === '' ? String(part) : `${field}.${part}`,
  problems,
});

export function note({ field, problems }: Place, message: string, code = 'INVALID'): void {
  problems.push({ code, field: field === '' ? null : field, message });
}

export type Reader<In, Out = In> = (value: In, place: Place) => Out;

/** Canonical text of an identifier. */
export const parsed =
  (parse: (value: string) => ParseResult<string>): Reader<string> =>
  (value, place) => {
    const result = parse(value);
    if (!result.ok) note(place, result.expected);
    return result.ok ? result.value : value;
  };

/** 1 to `most` characters, without outer space. */
export const text = (most: number): Reader<string> => parsed(parseText(most));

/** As `read`; null, and text that is left out or empty, is null. */
export const optional =
  <Out>(read: Reader<string, Out>): Reader<string | null | undefined, Out | null> =>
  (value, place) =>
    value === null || value === undefined || value.trim() === '' ? null : read(value, place);

/** `fewest` to `most` items. */
export const list =
  <In, Out>(read: Reader<In, Out>, most: number, fewest = 0): Reader<readonly In[], Out[]> =>
  (values, place) => {
    if (values.length < fewest || values.length > most) note(place, `Expected ${fewest} to ${most} items.`);
    return values.map((value, index) => read(value, placeAt(place, index)));
  };

/** Notes every item whose key stands before it in the list. */
export function noteRepeated<Item>(items: readonly Item[], keyOf: (item: Item) => unknown, place: Place, part: string) {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const key = keyOf(item);
    if (seen.has(key)) note(placeAt(placeAt(place, index), part), 'Expected each one at most once in the list.');
    seen.add(key);
  }
}

/** Puts items in the order of their numbers, which must be 1, 2, 3, … without a gap. */
export function inOrder<Item>(items: readonly Item[], numberOf: (item: Item) => number, place: Place): Item[] {
  const sorted = items.toSorted((one, other) => numberOf(one) - numberOf(other));
  if (sorted.some((item, index) => numberOf(item) !== index + 1))
    note(place, 'Expected the numbers 1, 2, 3, … without a gap, each once.');
  return sorted;
}
