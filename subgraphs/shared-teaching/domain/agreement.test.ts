import { describe, expect, it } from 'vitest';
import { type AgreementTerms, agreementThatCounts, isInForce } from './agreement.ts';

const agreement = (inForceFrom: string, inForceTo: string, signed = true): AgreementTerms => ({
  inForceFrom,
  inForceTo,
  homeSignedOn: inForceFrom,
  teachingSignedOn: signed ? inForceFrom : null,
  fieldsCovered: ['address'],
  leadInDays: 28,
  runOutTo: '09-30',
});

const EARLIER = agreement('2024-09-01', '2025-08-31');
const CURRENT = agreement('2026-09-01', '2027-08-31');
const NEXT = agreement('2027-09-01', '2028-08-31');

describe('the agreement that counts', () => {
  it('is the one in force', () => {
    expect(agreementThatCounts([NEXT, CURRENT, EARLIER], '2026-11-18')).toBe(CURRENT);
  });

  it('is the newer of two in force', () => {
    const renewed = agreement('2026-11-01', '2027-10-31');
    expect(agreementThatCounts([CURRENT, renewed], '2026-11-18')).toBe(renewed);
  });

  it('is one in force before a newer one that is not signed', () => {
    expect(agreementThatCounts([agreement('2026-11-01', '2027-10-31', false), CURRENT], '2026-11-18')).toBe(CURRENT);
  });

  it('is the last that began where none is in force, so that its run-out still counts', () => {
    expect(agreementThatCounts([NEXT, EARLIER], '2026-08-20')).toBe(EARLIER);
  });

  it('is the first to come where none has begun', () => {
    expect(agreementThatCounts([NEXT, CURRENT], '2026-08-20')).toBe(CURRENT);
  });

  it('is none where there is none', () => {
    expect(agreementThatCounts([], '2026-08-20')).toBeNull();
  });
});

it('B-11 an agreement that has expired, or that one school has not signed, is not in force', () => {
  expect(isInForce(CURRENT, '2027-08-31')).toBe(true);
  expect(isInForce(CURRENT, '2027-09-01')).toBe(false);
  expect(isInForce(agreement('2026-09-01', '2027-08-31', false), '2026-11-18')).toBe(false);
});
