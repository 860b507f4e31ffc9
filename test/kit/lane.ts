/**
 * A list of operations that a test graph's people have beside the demo's, filled as a test goes: whatever is asked for by
 * text can be asked for by id, as published by the client `web`.
 */
import { Kind, parse, print } from 'graphql';
import { expect } from 'vitest';
import type { FollowedLists } from '../../gateway/operations/persisted/followed-lists.ts';
import {
  createListOf,
  type OperationLists,
  type PublishedOperation,
} from '../../gateway/operations/persisted/lists.ts';
import { onlyOperationOf, parsedText } from '../../gateway/operations/persisted/operation-text.ts';
import type { Answer, Person } from './graph.ts';
import { published } from './operation-lists.ts';

/** By which an operation comes to the gateway. */
export const LANES = ['by text', 'by id'] as const;
export type Lane = (typeof LANES)[number];

/** Of the token by which a person comes down the lane of ids. */
export const LANE_CLIENT = { name: 'web', version: 'published-by-a-test' };

interface TestLane {
  /** The given lists, and the test's. */
  lists: FollowedLists;
  /** Its id, from now on; null for what is not one operation. */
  publish(text: string): string | null;
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
      const found = known.get(text) ?? publishedOf(text, `test-${known.size}`);
      if (found && !known.has(text)) {
        known.set(text, found);
        listOf = createListOf(listsOf());
      }
      return found?.id ?? null;
    },
  };
}

function publishedOf(text: string, id: string): PublishedOperation | null {
  const document = parsedText(text);
  return document instanceof Error || !onlyOperationOf(document) ? null : published(LANE_CLIENT.name, id, named(text));
}

/** Queries by both lanes, which must answer the same; mutations by id, as they are done once. */
export function byBoth({ byText, byId }: Record<'byText' | 'byId', Person['query']>): Person['query'] {
  return async (text, variables) => {
    if (/^\s*mutation/.test(text)) return byId(text, variables);
    const [one, other] = [await byText(text, variables), await byId(text, variables)];
    expect(answerOf(other)).toEqual(answerOf(one));
    return one;
  };
}

/**
 * Without what is new with each request: links of pictures, ids of internal errors. Of what was not run the places in the
 * text differ, and what is told of a text that nobody could publish.
 */
const answerOf = ({ status, text, body }: Answer) =>
  body.data === undefined ? 'not run' : [status, text.replaceAll(NEW_EACH_TIME, '$<before>…')];

const NEW_EACH_TIME = /(?<before>\/pictures\/|"code":"INTERNAL_SERVER_ERROR","id":")[\w.-]+/g;

/** A published operation has a name: one that has none is given one. */
function named(text: string): string {
  const document = parse(text);
  const operation = onlyOperationOf(document);
  if (!operation || operation.name) return text;
  const name = { kind: Kind.NAME, value: 'Unnamed' } as const;
  const definitions = document.definitions.map((node) => (node === operation ? { ...node, name } : node));
  return print({ ...document, definitions });
}
