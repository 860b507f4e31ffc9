import { BREAK_GLASS } from '../../kernel/guest-access/grant.ts';
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import { accessInEmergency, isOpenTo } from '../domain/emergency-access.ts';
import { guestGrant } from './guest-grant.ts';
import type { EmergencyAccessRow } from './load-emergency-accesses.ts';

/** What an emergency access opens, signed for whoever opened it; null for everybody else, and once its time is up. */
export async function emergencyGrant(row: EmergencyAccessRow, call: Context): Promise<string | null> {
  const caller = signedIn(call);
  const guest = isOpenTo(row, caller, call.now) ? await call.loaders.emergencyGuest.load(row.guestProfileId) : null;
  if (!guest) return null;
  const { profile, access } = guest;
  const grant = {
    ...guestGrant(profile, access, call),
    access: accessInEmergency(access.byRow),
    purpose: BREAK_GLASS,
    emergencyAccess: row.id,
  };
  return call.grantSigner.sign(grant, caller, row.until);
}
