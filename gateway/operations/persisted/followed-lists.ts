/** The lists as they are now: what changed takes their place as a whole, at once. */
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { createListOf, type ListedOperation, type ListOfCaller, type OperationLists } from './lists.ts';

export interface FollowedLists {
  lists(): OperationLists;
  listOf(caller: Caller | null): ListOfCaller;
  /** To be told when others have taken their place. */
  whenChanged(tell: (now: OperationLists) => void): void;
  /** To be told of each request for a listed operation. */
  used(listed: ListedOperation): void;
}

/** Of a graph that keeps none: every text runs, no id does. */
export const NO_LISTS: FollowedLists = {
  lists: () => new Map(),
  listOf: createListOf(null),
  whenChanged() {},
  used() {},
};

interface OperationLibrary extends FollowedLists {
  /** Takes up what was read since: for when nobody asks. */
  look(): void;
}

interface LibraryDeps {
  /** What was read last: the same whole while nothing has changed, and the same operations where others have. */
  last(): OperationLists;
  used(listed: ListedOperation): void;
}

export function followLists({ last, used }: LibraryDeps): OperationLibrary {
  let lists = last();
  let listOf = createListOf(lists);
  let tell: (now: OperationLists) => void = () => {};
  const look = (): void => {
    const now = last();
    if (now === lists) return;
    lists = now;
    listOf = createListOf(now);
    tell(now);
  };
  return {
    lists() {
      look();
      return lists;
    },
    listOf(caller) {
      look();
      return listOf(caller);
    },
    whenChanged(told) {
      tell = told;
    },
    used,
    look,
  };
}
