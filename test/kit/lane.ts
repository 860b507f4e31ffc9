/**
 * A list of operations that a test graph's people have beside the demo's, filled as a test goes: whatever is asked for by
 * text can be asked for by id, as published by the client `web`.
 */
import { Kind, parse, print } from 'graphql';
import type { FollowedLists } from '../../gateway/operations/persisted/followed-lists.ts';
import {
  createListOf,
  type OperationLists,
  type PublishedOperation,
} from '../../gateway/operations/persisted/lists.ts';
import { onlyOperationOf } from '../../gateway/operations/persisted/operation-text.ts';
import { published } from './operation-lists.ts';

/** By which an operation comes to the gateway. */
export const LANES = ['by text', 'by id'] as const;
export type Lane = (typeof LANES)[number];

/** Of the token by which a person comes down the lane of ids. */
export const LANE_CLIENT = { name: 'web', version: 'published-by-a-test' };

export interface TestLane {
  /** The given lists, and the test's. */
  lists: FollowedLists;
  /** Its id, from now on. */
  publish(text: string): string;
}

export function openLane(others: FollowedLists): TestLane {
  const known = new Map<string, PublishedOperation>();
  const listsOf = (): OperationLists =>
    new Map([
      [LANE_CLIENT.name, { mode: 'log-unknown', versions: new Map([[LANE_CLIENT.version, [...known.values()]]]) }],
    ]);
  let listOf = createListOf(listsOf());
  return {
    lists: {
      ...others,
      listOf: (caller) => (caller?.client?.version === LANE_CLIENT.version ? listOf(caller) : others.listOf(caller)),
    },
    publish(text) {
      const found = known.get(text) ?? published(LANE_CLIENT.name, `test-${known.size}`, named(text));
      if (!known.has(text)) {
        known.set(text, found);
        listOf = createListOf(listsOf());
      }
      return found.id;
    },
  };
}

/** A published operation has a name: one that has none is given one. */
function named(text: string): string {
  const document = parse(text);
  const operation = onlyOperationOf(document);
  if (!operation || operation.name) return text;
  const name = { kind: Kind.NAME, value: 'Unnamed' } as const;
  const definitions = document.definitions.map((node) => (node === operation ? { ...node, name } : node));
  return print({ ...document, definitions });
}
