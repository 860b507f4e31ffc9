/** Ends the list of a version, once nobody asks by it any more. */
import type pg from 'pg';
import { listsOf, NotPublished, retireList } from '../store/publish-lists.ts';
import { dayOf } from './list.ts';
import { clientNamed } from './named-client.ts';
import type { Outcome } from './outcome.ts';
import type { RetireTask } from './task.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Throws NotPublished. */
export async function retire(
  { client, version, usedWithinDays, force }: RetireTask,
  admin: pg.Client,
  now: Date,
): Promise<Outcome> {
  await clientNamed(admin, client);
  const list = (await listsOf(admin, client)).find((each) => each.version === version && !each.retiredAt);
  const since = now.getTime() - usedWithinDays * DAY_MS;
  const used = (list?.operations ?? []).filter(({ lastUsedAt }) => lastUsedAt !== null && lastUsedAt.getTime() > since);
  if (used.length > 0 && !force) {
    const uses = used.map(({ name, lastUsedAt }) => `${name} (${lastUsedAt ? dayOf(lastUsedAt) : ''})`);
    throw new NotPublished(
      `${client} ${version} is in use. Asked for within ${usedWithinDays} days, last: ${uses.join(', ')}. Retire it when that version is gone, or with --force.`,
    );
  }
  await retireList(admin, client, version);
  const told = `${client} ${version} is retired: its ids are refused from now on, within 5 seconds by every gateway.`;
  return { told: [told], problems: [] };
}
