import type { Session } from '../../kernel/database/transaction.ts';
import { type LoadedAccess, loadAccess } from './load-access.ts';
import { type GuestProfileRow, guestProfilesInEmergency } from './load-guest-profiles.ts';
import { overridesInEmergency } from './load-partnerships.ts';

export interface EmergencyGuest {
  id: string;
  profile: GuestProfileRow;
  access: LoadedAccess;
}

/** Guests of the caller's school with what it has of them, whether or not the caller teaches them. */
export async function emergencyGuests(session: Session, profileIds: readonly string[]): Promise<EmergencyGuest[]> {
  const profiles = await guestProfilesInEmergency(session, profileIds);
  const overrides = await overridesInEmergency(session, profileIds);
  const access = await loadAccess(session, profiles, async () => overrides);
  return profiles.flatMap((profile, index) => {
    const decided = access[index];
    return decided ? [{ id: profile.id, profile, access: decided }] : [];
  });
}
