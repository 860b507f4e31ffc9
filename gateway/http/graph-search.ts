/** What a GET says in its address, before either lane reads it. */
import { HttpRefused, refusal } from './http-answer.ts';

const EMPTY_NAME = /[?&]operationName=?(&|$)/;

/**
 * Without an `operationName` that is empty, which is none (https://graphql.github.io/graphql-over-http/draft/#sec-GET).
 * Throws HttpRefused for what is no UTF-8 in escapes: each of its bytes would become U+FFFD, and two names that differ one.
 */
export function readSearch(search: string): string {
  if (search === '') return search;
  if (!isEscapedUtf8(search)) throw new HttpRefused(refusal(400, { message: ESCAPED }));
  if (!EMPTY_NAME.test(search)) return search;
  const params = new URLSearchParams(search);
  params.delete('operationName', '');
  return `?${params}`;
}

const ESCAPED =
  'Expected the parameters of the address in UTF-8, with "%" and two hex digits for what is no plain ASCII.';

function isEscapedUtf8(search: string): boolean {
  try {
    return decodeURIComponent(search) !== '' && /^[\x21-\x7e]*$/.test(search);
  } catch {
    return false;
  }
}
