/** Why an override is refused: the bounds of the row, and the reason that stands in the matrix. */
import type { UserError } from '../../kernel/errors.ts';
import type { overrideProblem } from '../../kernel/guest-access/effective-access.ts';
import type { GuestField } from '../../kernel/guest-access/matrix.ts';

type OverrideProblem = NonNullable<ReturnType<typeof overrideProblem>>;

export function overrideRefusal({ name, floor, ceiling, reason }: GuestField, problem: OverrideProblem): UserError {
  const bounds =
    floor === ceiling
      ? `"${name}" is ${ceiling} for every teaching school and cannot be overridden`
      : `"${name}" can be set from ${floor} to ${ceiling}`;
  return {
    code: problem,
    field: problem === 'NOT_OVERRIDABLE' ? 'field' : 'access',
    message: `${bounds} (${reason}). Nothing was changed.`,
  };
}
