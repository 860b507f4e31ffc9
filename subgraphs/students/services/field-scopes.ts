import type { Caller } from '../../kernel/caller.ts';
import { Refused } from '../../kernel/errors.ts';
import { unreadable } from '../domain/field-scopes.ts';

/** Nobody writes what they may not read. Throws Refused FORBIDDEN with every field that the caller's scopes leave out. */
export function requireReadable({ scopes }: Caller, fields: readonly string[]): void {
  const lacking = unreadable(scopes, fields);
  if (lacking.length > 0)
    throw new Refused(
      'FORBIDDEN',
      `The caller lacks the scope that reads ${lacking.join(', ')}. Nothing was changed.`,
      {
        fields: lacking,
      },
    );
}

/** The fields that an input gives, null included. */
export const givenFields = (input: object): string[] =>
  Object.entries(input).flatMap(([field, value]) => (value === undefined ? [] : [field]));
