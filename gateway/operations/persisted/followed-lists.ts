/** The lists as they are now. What changed takes their place as a whole, once the graph knows what is new in them. */
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { createListOf, type ListedOperation, type ListOfCaller, type OperationLists } from './lists.ts';

export interface FollowedLists {
  lists(): OperationLists;
  listOf(caller: Caller | null): ListOfCaller;
  /** To be told of new lists before they count. */
  beforeChange(learn: (next: OperationLists) => Promise<void>): void;
  /** To be told of each request for a listed operation. */
  used(listed: ListedOperation): void;
}

/** Of a graph that keeps none: every text runs, no id does. */
export const NO_LISTS: FollowedLists = {
  lists: () => new Map(),
  listOf: createListOf(null),
  beforeChange() {},
  used() {},
};

interface OperationLibrary extends FollowedLists {
  /** Reads them anew. Throws where they could not be read; then those before hold on. */
  refresh(): Promise<void>;
}

interface LibraryDeps {
  /** Gives back the lists that it is given where nothing has changed, and operations of those that are the same. */
  read(before: OperationLists): Promise<OperationLists>;
  used(listed: ListedOperation): void;
}

export async function followLists({ read, used }: LibraryDeps): Promise<OperationLibrary> {
  let lists = await read(new Map());
  let listOf = createListOf(lists);
  let learn: (next: OperationLists) => Promise<void> = async () => {};
  return {
    lists: () => lists,
    listOf: (caller) => listOf(caller),
    beforeChange(told) {
      learn = told;
    },
    used,
    async refresh() {
      const next = await read(lists);
      if (next === lists) return;
      await learn(next);
      lists = next;
      listOf = createListOf(next);
    },
  };
}
