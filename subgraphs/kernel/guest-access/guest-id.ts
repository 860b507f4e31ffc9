import { encodeId } from '../ids.ts';
import type { Grant } from './grant.ts';

/** The id, as in the graph, under which a grant's guest is read: a guest profile's, or an emergency access's. */
export const guestId = ({ profile, emergencyAccess }: Pick<Grant, 'profile' | 'emergencyAccess'>): string =>
  emergencyAccess === undefined ? encodeId('GuestProfile', profile) : encodeId('EmergencyAccess', emergencyAccess);
