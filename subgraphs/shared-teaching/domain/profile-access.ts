/** What a caller's school has of every row of the matrix for one guest profile, with who set it where home did. */
import {
  type AccessAgreement,
  type AccessOverride,
  type AccessProfile,
  effectiveAccess,
  type FieldAccess,
  type GuestOfSchool,
  overrideFor,
} from '../../kernel/guest-access/effective-access.ts';
import { explain, explainAtHome } from '../../kernel/guest-access/explanations.ts';
import { type Access, GUEST_FIELDS, type GuestField, type Reason } from '../../kernel/guest-access/matrix.ts';

/** An override that holds, with the name of whoever set it. */
export interface RecordedOverride extends AccessOverride {
  setBy: string;
  setAt: Date;
}

export interface ExplainedAccess {
  field: string;
  access: Access;
  reason: Reason;
  explanation: string;
  setBy: string | null;
  setAt: Date | null;
}

export type AccessByRow = ReadonlyMap<string, FieldAccess>;

export const accessByRow = (
  profile: AccessProfile,
  callerSchool: string,
  overrides: readonly RecordedOverride[],
  agreement: AccessAgreement | null,
  today: string,
): AccessByRow =>
  new Map(
    GUEST_FIELDS.map((field) => [
      field.name,
      effectiveAccess(field, profile, callerSchool, overrides, agreement, today),
    ]),
  );

export function explainedAccess(
  field: GuestField,
  decided: FieldAccess,
  { atHome, homeTelephone, ...guest }: GuestOfSchool & { atHome: boolean; homeTelephone: string | null },
  overrides: readonly RecordedOverride[],
): ExplainedAccess {
  const override = decided.reason === 'SCHOOL_OVERRIDE' ? overrideFor(field, guest, overrides) : undefined;
  return {
    field: field.name,
    ...decided,
    explanation: atHome ? explainAtHome(field, decided) : explain(field, decided, homeTelephone),
    setBy: override?.setBy ?? null,
    setAt: override?.setAt ?? null,
  };
}
