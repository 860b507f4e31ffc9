/** Which data-sharing agreement between two schools counts. */
import { type AccessAgreement, inForce } from '../../kernel/guest-access/effective-access.ts';

/** As it is kept. */
export interface AgreementTerms {
  inForceFrom: string;
  inForceTo: string;
  homeSignedOn: string | null;
  teachingSignedOn: string | null;
  fieldsCovered: readonly string[];
  leadInDays: number;
  runOutTo: string;
}

export const accessAgreement = (terms: AgreementTerms): AccessAgreement => ({
  from: terms.inForceFrom,
  to: terms.inForceTo,
  signedByBoth: terms.homeSignedOn !== null && terms.teachingSignedOn !== null,
  fieldsCovered: new Set(terms.fieldsCovered),
  leadInDays: terms.leadInDays,
  runOutTo: terms.runOutTo,
});

export const isInForce = (terms: AgreementTerms, today: string): boolean => inForce(accessAgreement(terms), today);

/**
 * The one in force today, the newest where there are two; else the last that has begun, whose lead-in and run-out still
 * count; else the next that will begin.
 */
export function agreementThatCounts<Terms extends AgreementTerms>(
  agreements: readonly Terms[],
  today: string,
): Terms | null {
  const newestFirst = [...agreements].sort((one, other) => (one.inForceFrom > other.inForceFrom ? -1 : 1));
  return (
    newestFirst.find((each) => isInForce(each, today)) ??
    newestFirst.find((each) => each.inForceFrom <= today) ??
    newestFirst.at(-1) ??
    null
  );
}
