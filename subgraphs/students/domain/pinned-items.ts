import { mayRead } from './field-scopes.ts';
import type { PinnedItemRow } from './student-record.ts';

interface PinReading {
  today: string;
  scopes: readonly string[];
  /** On a guest profile: whether the grant shows the row that an item is about. */
  shows?: (row: string) => boolean;
}

/** An item shows what it is about by its title alone, so it is seen by those who may see that; to its last day. */
export const pinnedItemsShown = (
  items: readonly PinnedItemRow[],
  { today, scopes, shows = () => true }: PinReading,
): PinnedItemRow[] =>
  items.filter(
    ({ about, pinnedUntil }) =>
      (pinnedUntil === null || pinnedUntil >= today) && mayRead(scopes, about) && shows(about),
  );
