/**
 * What reading an identifier gives: its canonical value, or one sentence that says what was expected.
 * The sentence never repeats what came in, because a mistyped UPN or postcode is personal data all the same
 * and error text ends in logs, spreadsheets and screenshots.
 */
export type ParseResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string };

export function accepted<Value>(value: Value): ParseResult<Value> {
  return { ok: true, value };
}

/** `expected`: a whole sentence, written without the input. */
export function refused(expected: string): ParseResult<never> {
  return { ok: false, expected };
}
