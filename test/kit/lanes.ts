/**
 * The ways by which an operation comes to the gateway. Whatever a test asks for comes by each of them, and must be answered
 * the same: what is true of a right is then true by every way, and no test has to think of it.
 */
import type { OperationDefinitionNode } from 'graphql';
import { expect } from 'vitest';
import { QUERY_PLAN_HEADER } from '../../gateway/http/query-plan-header.ts';
import { onlyOperationOf, parsedText } from '../../gateway/operations/persisted/operation-text.ts';
import type { Answer, Person } from './graph.ts';

/** A text that nobody has sent before, one that somebody has, and the id of a persisted operation. */
export const LANES = ['as a new text', 'as a known text', 'by id'] as const;
export type Lane = (typeof LANES)[number];

const TEXT_LANES = LANES.filter((lane) => lane !== 'by id');

type Variables = Record<string, unknown> | undefined;

/** How one caller asks. */
export interface Door {
  sendText(query: string, variables: Variables, headers?: Record<string, string>): Promise<Answer>;
  /** Null for somebody who has no list of persisted operations. */
  sendId: ((documentId: string, variables: Variables) => Promise<Answer>) | null;
  /** Has the text in that list, and gives its id. */
  publish(text: string): string;
}

export interface LanesOptions {
  /** The place in `LANES` of that which the first operation takes; each takes them in another order than the one before. */
  first?: number;
  /** By which every change is made; by another one than the change before where it is not said. */
  changesBy?: Lane | undefined;
}

export function createLanes({ first = 0, changesBy }: LanesOptions = {}): { through(door: Door): Person } {
  const known = new Set<string>();
  let turns = first;
  let newTexts = 0;

  async function sending(lane: Lane, door: Door, text: string, variables: Variables): Promise<() => Promise<Answer>> {
    // by text, too, some callers run only what is listed
    const id = door.sendId && operationOf(text) ? door.publish(text) : null;
    if (lane === 'by id') {
      const { sendId } = door;
      if (id === null || !sendId) throw new Error('This caller has no persisted operations.');
      return () => sendId(id, variables);
    }
    if (lane === 'as a new text') {
      newTexts += 1;
      const unseen = `${text}\n# ${newTexts}`;
      return () => door.sendText(unseen, variables);
    }
    // what is only explained is not run, and is known from then on
    if (!known.has(text)) {
      const { status } = await door.sendText(text, variables, { [QUERY_PLAN_HEADER]: 'dry-run' });
      if (status === 200) known.add(text);
    }
    return () => door.sendText(text, variables);
  }

  const through = (door: Door): Person => {
    const queryEach: Person['queryEach'] = async (around, text, variables) => {
      const operation = operationOf(text);
      const answers: Answer[] = [];
      const seen = [];
      const isChange = operation?.operation === 'mutation';
      const all: readonly Lane[] = operation && door.sendId ? LANES : TEXT_LANES;
      const turn = isChange && changesBy ? all.indexOf(changesBy) : turns++;
      for (const lane of inTurn(turn, all)) {
        const send = await sending(lane, door, text, variables);
        const ask = async () => {
          const answer = await send();
          answers.push(answer);
          return answer;
        };
        seen.push(await around(ask));
        const [one, other] = [answers[0], answers.at(-1)];
        if (!one || !other) throw new Error('Expected the test to ask.');
        expect(whatIsTold(other), lane).toEqual(whatIsTold(one));
        // a change is made once
        if (isChange && !didNothing(one)) break;
      }
      return seen;
    };
    const query: Person['query'] = async (text, variables) => {
      const [answer] = await queryEach((ask) => ask(), text, variables);
      if (!answer) throw new Error('Expected an answer.');
      return answer;
    };
    return { query, queryEach };
  };

  return { through };
}

const inTurn = (turn: number, lanes: readonly Lane[]): readonly Lane[] => {
  const at = turn % lanes.length;
  return [...lanes.slice(at), ...lanes.slice(0, at)];
};

/**
 * Without what is new with each request: links of pictures, ids of internal errors. Of what was not run the places in the
 * text differ, and what is told of a text that nobody could publish.
 */
const whatIsTold = ({ status, text, body }: Answer): readonly unknown[] => [
  status,
  body.data === undefined ? 'not run' : text.replaceAll(NEW_EACH_TIME, '$<before>…'),
];

const NEW_EACH_TIME = /(?<before>\/pictures\/|"code":"INTERNAL_SERVER_ERROR","id":")[\w.-]+/g;

/** Of a mutation: whether each of its fields was refused, or says why it did nothing. */
const didNothing = ({ body: { data } }: Answer): boolean =>
  Object.values(data ?? {}).every(
    (payload) => payload === null || ((payload as { userErrors?: unknown[] }).userErrors ?? []).length > 0,
  );

/** Null for what nobody could publish. */
function operationOf(text: string): OperationDefinitionNode | null {
  const document = parsedText(text);
  return document instanceof Error ? null : onlyOperationOf(document);
}
