/** Finds canaries in an answer: where it may hold them, and where it may not. */
import type { Caller } from '../demo-world.ts';
import type { Reply } from '../requests/client.ts';
import { mayRead } from './oracle.ts';
import { CANARY, type Canary, type Planted } from './plant.ts';

interface Sighting {
  /** Null: one that a request brought, and no record holds. */
  canary: Canary | null;
  /** Data: values of the answer. Anywhere else none may be. */
  where: 'data' | 'headers' | 'rest' | 'encoded';
}

/** Ids and cursors are base64: what they hold is looked at, too. */
const ENCODED = /[\w-]{16,}={0,2}/g;

export function createSpotter({ canaries }: Pick<Planted, 'canaries'>) {
  const byText = new Map(canaries.map((canary) => [canary.text.toLowerCase(), canary]));
  const others = canaries.filter(({ text }) => text.match(CANARY) === null).map(({ text }) => text);
  // texts that no pattern tells: the numbers of pupils
  const numbers =
    others.length > 0 ? new RegExp(others.map((text) => text.replace(/[^\w]/g, '\\$&')).join('|'), 'gi') : null;
  const find = (text: string): (Canary | null)[] =>
    [
      ...new Set(
        [...(text.match(CANARY) ?? []), ...((numbers && text.match(numbers)) ?? [])].map((each) => each.toLowerCase()),
      ),
    ].map((each) => byText.get(each) ?? null);
  const spot = (text: string, where: Sighting['where']): Sighting[] => find(text).map((canary) => ({ canary, where }));
  return {
    inText: find,
    inReply({ headers, text, body }: Reply): Sighting[] {
      const values = stringsOf(body.data);
      const { data: _data, ...rest } = body;
      const encoded = (text.match(ENCODED) ?? []).map((each) =>
        Buffer.from(each.replace(/^[a-z]{3}_/, ''), 'base64url').toString('latin1'),
      );
      return [
        ...spot(values.join('\n'), 'data'),
        ...spot(body.data === undefined ? text : JSON.stringify(rest), 'rest'),
        ...spot(JSON.stringify(headers), 'headers'),
        ...spot(encoded.join('\n'), 'encoded'),
      ];
    },
  };
}

/** The values, not the keys: a key is what the client called it. */
const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
};

/** One sentence on a sighting that should not be; null where the caller may have it there. */
export function faultOfSighting({ canary, where }: Sighting, caller: Caller): string | null {
  if (!canary) return `Expected nothing that a request brought in the answer’s ${where}.`;
  if (where !== 'data') return `Expected ${canary.place} in no ${where} of an answer.`;
  return mayRead(caller, canary.readers) ? null : `Expected ${canary.place} not to be seen by ${caller.label}.`;
}
