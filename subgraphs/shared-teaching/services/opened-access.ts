import { holds } from '../../kernel/caller.ts';
import { decodeId } from '../../kernel/ids.ts';
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import { isOpenTo } from '../domain/emergency-access.ts';
import type { EmergencyAccessRow } from './load-emergency-accesses.ts';

/** What the caller has opened, while it is open; null for everybody else, for an id that is absent, and for none. */
export async function openedAccess(id: string, call: Context): Promise<EmergencyAccessRow | null> {
  const row = await accessWith(id, call);
  return row && isOpenTo(row, signedIn(call), call.now) ? row : null;
}

/** The same, and every one that stands in the caller's list. */
export async function listedAccess(id: string, call: Context): Promise<EmergencyAccessRow | null> {
  return holds(signedIn(call), 'sharing:manage') ? accessWith(id, call) : openedAccess(id, call);
}

async function accessWith(id: string, { loaders }: Context): Promise<EmergencyAccessRow | null> {
  const uuid = decodeId('EmergencyAccess', id);
  return uuid === null ? null : loaders.emergencyAccess.load(uuid);
}
