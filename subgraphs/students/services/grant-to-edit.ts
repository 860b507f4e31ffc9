import { Refused } from '../../kernel/errors.ts';
import { refusalMessage } from '../../kernel/guest-access/explanations.ts';
import type { Grant } from '../../kernel/guest-access/grant.ts';
import { atLeast } from '../../kernel/guest-access/matrix.ts';
import { decodeId } from '../../kernel/ids.ts';
import type { Context } from '../context.ts';

/**
 * The grant that came with a mutation on a guest profile, if it lets every one of these rows be changed. Throws Refused:
 * GRANT_REQUIRED, the same for a profile that is not there; GUEST_FIELD_VIEW_ONLY with every row that is refused.
 */
export function grantToEdit({ grants }: Context, guestProfileId: string, rows: readonly string[]): Grant {
  const id = decodeId('GuestProfile', guestProfileId);
  const grant = id === null ? undefined : grants.byProfile.get(id);
  if (!grant)
    throw new Refused('GRANT_REQUIRED', 'A change of a guest profile needs a grant made for it and for this caller.');
  const fields = rows.flatMap((field) => {
    const { access, reason } = grant.access.get(field) ?? { access: 'HIDDEN', reason: 'NO_AGREEMENT' };
    return atLeast(access, 'EDIT') ? [] : [{ field, access, reason }];
  });
  if (fields.length === 0) return grant;
  throw new Refused('GUEST_FIELD_VIEW_ONLY', refusalMessage(fields.map(({ field }) => field)), { fields });
}
