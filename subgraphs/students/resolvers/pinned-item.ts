import { encodeId } from '../../kernel/ids.ts';
import type { PinnedItemResolvers } from './types.generated.ts';

export const PinnedItem: PinnedItemResolvers = {
  id: ({ id }) => encodeId('PinnedItem', id),
};
