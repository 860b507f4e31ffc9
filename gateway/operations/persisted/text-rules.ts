/** What holds for texts that are about to run, by whatever way they came: the last place before they do. */
import type { ExecuteOperation } from '../execute-operation.ts';
import { createRecentlyUsed } from '../recently-used.ts';
import { canonicalHash } from './canonical-text.ts';
import type { FollowedLists } from './followed-lists.ts';
import { idRequired, notInSafelist } from './persisted-refusals.ts';

/** A text in no list of its client. Its hash is that of the text in one spelling. */
export interface UnknownText {
  client: string;
  hash: string;
}

export function withTextRules(
  execute: ExecuteOperation,
  { listOf }: Pick<FollowedLists, 'listOf'>,
  tell: (unknown: UnknownText) => void,
): ExecuteOperation {
  const hashes = createRecentlyUsed<string>();
  return async (incoming) => {
    const { caller, source, document } = incoming;
    const list = listOf(caller);
    // who runs none at all, or listed ones only, is answered before a text comes here
    if (list.mode === 'require-id') return { errors: [idRequired()] };
    if (list.mode === 'safelist') return { errors: [notInSafelist()] };
    if (list.mode === 'log-unknown' && caller?.client) {
      const hash = hashes.get(source, () => canonicalHash(document));
      if (!list.byHash(hash)) tell({ client: caller.client.name, hash });
    }
    return execute(incoming);
  };
}
