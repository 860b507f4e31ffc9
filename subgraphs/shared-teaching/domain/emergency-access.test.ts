import { describe, expect, it } from 'vitest';
import { GUEST_FIELDS } from '../../kernel/guest-access/matrix.ts';
import { accessInEmergency, isOpenTo, mayBeOpened, openUntil, readReason } from './emergency-access.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
const opener = { subject: 'opener', role: 'CATERING', school: '900002' };
const opened = {
  openedBy: 'opener',
  openedByRole: 'CATERING',
  teachingSchoolUrn: '900002',
  until: openUntil(NOW),
};
const later = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);

describe('what was opened in an emergency', () => {
  it('is open to whoever opened it, for 15 minutes to the millisecond', () => {
    expect(opened.until).toEqual(new Date('2026-11-18T10:15:00Z'));
    expect(isOpenTo(opened, opener, NOW)).toBe(true);
    expect(isOpenTo(opened, opener, later(15 * 60_000 - 1))).toBe(true);
    expect(isOpenTo(opened, opener, later(15 * 60_000))).toBe(false);
  });

  it.each([{ subject: 'colleague' }, { role: 'TEACHER' }, { school: '900001' }, { school: null }])(
    'is not open to another: %j',
    (changed) => {
      expect(isOpenTo(opened, { ...opener, ...changed }, NOW)).toBe(false);
    },
  );

  it('is contacts and health as guest access decided, and no other row', () => {
    const byRow = new Map(
      GUEST_FIELDS.map(({ name, default: access, reason }, index) => [
        name,
        index % 2 === 0 ? { access, reason } : ({ access: 'HIDDEN', reason: 'NO_AGREEMENT' } as const),
      ]),
    );
    const shown = accessInEmergency(byRow);
    expect([...shown.keys()].sort()).toEqual([
      'contactRestrictions',
      'dietaryRequirements',
      'displayName',
      'emergencyContacts',
      'medicalConditions',
      'otherMedicalConditions',
    ]);
    for (const [row, decided] of shown) expect(decided).toBe(byRow.get(row));
  });
});

describe('the glass', () => {
  const guest = {
    teachingSchoolUrn: '900002',
    periods: [
      { startDate: '2026-09-01', endDate: '2026-10-31' },
      { startDate: '2026-11-16', endDate: null },
    ],
  };

  it.each([
    ['2026-08-31', false],
    ['2026-09-01', true],
    ['2026-11-02', false],
    ['2026-11-18', true],
  ])('on %s can be broken: %s', (today, may) => {
    expect(mayBeOpened(guest, '900002', today)).toBe(may);
  });

  it('is not broken at another school, the home school among them', () => {
    for (const school of ['900001', '900003']) expect(mayBeOpened(guest, school, '2026-11-18')).toBe(false);
  });

  it('asks for a reason of 10 to 500 characters', () => {
    expect(readReason(` ${'x'.repeat(10)} `)).toEqual({ ok: true, value: 'x'.repeat(10) });
    expect(readReason('x'.repeat(500)).ok).toBe(true);
    for (const text of ['x'.repeat(9), `  ${'x'.repeat(9)}  `, 'x'.repeat(501)])
      expect(readReason(text).ok).toBe(false);
  });
});
