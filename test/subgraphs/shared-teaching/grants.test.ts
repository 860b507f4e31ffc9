import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { createGrantVerifier } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import { callerAs } from '../../kit/callers.ts';
import { ALDER, ALDER_LEAD, BIRCHWOOD, BIRCHWOOD_LEAD, openSharedTeaching, type SharedTeaching } from './arrange.ts';

let schools: SharedTeaching;
let student: string;

beforeAll(async () => {
  schools = await openSharedTeaching();
  await schools.agreement(ALDER, BIRCHWOOD);
  [student] = [await schools.student(ALDER)];
  const course = await schools.course(ALDER_LEAD);
  await schools.push(ALDER_LEAD, course, BIRCHWOOD, [{}]);
  await schools.enrol(ALDER_LEAD, course, student);
});

/** The grant that a caller is given for the one guest, as another subgraph would read it for `reader`. */
async function grantOf(caller: Caller, reader = caller) {
  const [profile] = await schools.profiles(caller);
  if (!profile) throw new Error('The caller sees no guest.');
  const verifier = createGrantVerifier(schools.graph.grantSecret, schools.graph.clock.now);
  return { profile, grant: verifier.verify(profile.guestGrant, reader) };
}

describe('a guest grant', () => {
  it('names profile, student, both schools and the agreement, and says every row as fieldAccess does', async () => {
    const { profile, grant } = await grantOf(BIRCHWOOD_LEAD);
    const [agreement] = await schools.asAdministrator<{ id: string }>('select id from shared_teaching.agreement');
    expect(grant).toMatchObject({
      homeSchool: ALDER,
      teachingSchool: BIRCHWOOD,
      agreement: agreement?.id,
      purpose: 'Teaching shared courses',
    });
    expect(encodeId('GuestProfile', grant?.profile ?? '')).toBe(profile.id);
    expect(encodeId('Student', grant?.student ?? '')).toBe(student);
    expect([...(grant?.access ?? [])].map(([row]) => row).sort()).toEqual(GUEST_FIELDS.map(({ name }) => name).sort());
    for (const { field, access, reason } of profile.fieldAccess)
      expect(grant?.access.get(field)).toEqual({ access, reason });
  });

  it('at home lets every synced row be seen, under no agreement', async () => {
    const { grant } = await grantOf(ALDER_LEAD);
    expect(grant).toMatchObject({ agreement: null, purpose: 'The home school’s own record' });
    for (const { name, reason } of GUEST_FIELDS)
      expect(grant?.access.get(name)?.access).toBe(reason === 'NOT_SYNCED' ? 'HIDDEN' : 'VIEW');
  });

  it('is for the caller that asked, not for a colleague, another role or another school', async () => {
    const { subject } = BIRCHWOOD_LEAD;
    for (const reader of [
      callerAs('DATA_LEAD', BIRCHWOOD),
      callerAs('SENCO', BIRCHWOOD, subject),
      callerAs('DATA_LEAD', ALDER, subject),
    ])
      expect((await grantOf(BIRCHWOOD_LEAD, reader)).grant).toBeNull();
  });

  it('says what home set at the next request', async () => {
    await schools.override(ALDER_LEAD, { teachingSchoolUrn: BIRCHWOOD, field: 'address', access: 'HIDDEN' });
    const { grant } = await grantOf(BIRCHWOOD_LEAD);
    expect(grant?.access.get('address')).toEqual({ access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' });
  });

  it('B-11 without an agreement in force names none', async () => {
    await schools.asAdministrator("update shared_teaching.agreement set in_force_to = '2026-11-17'");
    const { grant } = await grantOf(BIRCHWOOD_LEAD);
    expect(grant?.agreement).toBeNull();
    expect(grant?.purpose).toContain('vital interests');
    expect(grant?.access.get('upn')).toEqual({ access: 'HIDDEN', reason: 'NO_AGREEMENT' });
    expect(grant?.access.get('medicalConditions')).toEqual({ access: 'VIEW', reason: 'VITAL_INTERESTS' });
  });
});
