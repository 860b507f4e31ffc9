import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createClientThrottles } from '../policy/throttles/client-throttles.ts';
import type { GraphRequest } from './graph-request.ts';
import { createKnownTexts } from './known-texts.ts';
import { createNewTexts } from './new-texts.ts';

const RATES = { budget: { signedIn: 1, strangers: 1 }, planning: { signedIn: 3, strangers: 1 } };

/** Requests of clients, of which a turn comes when it is told to. */
function front() {
  const known = createKnownTexts();
  const turns: (() => void)[] = [];
  const spareTime = () => new Promise<void>((resolve) => turns.push(resolve));
  const inTurn = createNewTexts(known, createClientThrottles(RATES, () => 0, { spareTime })('enforce'));
  const read: string[] = [];
  const { signal } = new AbortController();
  return {
    known,
    read,
    async turn(): Promise<void> {
      turns.shift()?.();
      for (let each = 0; each < 10; each += 1) await Promise.resolve();
    },
    ask(client: string, query: string): Promise<string> {
      const payer = { key: client, isSignedIn: true };
      const own: GraphRequest['own'] = { caller: null, signal, payer, charged() {}, explain: undefined };
      return inTurn({ method: 'POST', pathId: undefined, search: '', headers: {}, body: { query }, own }, async () => {
        read.push(query);
        return 'read';
      });
    },
  };
}

const refused = { extensions: { code: 'LIMIT_PLANNING' }, retryAfterSeconds: 20 };

describe('texts that are new', () => {
  it('are refused as they come where they are too many, some in a turn, and nothing of them is read', async () => {
    const { ask, read, turn } = front();
    for (const name of ['a', 'b', 'c']) ask('una', `{ ${name} }`);
    const answers = Promise.allSettled(['{ d }', '{ is no text'].map((text) => ask('una', text)));
    for (let each = 0; each < 4; each += 1) await turn();
    expect(await answers).toMatchObject([{ reason: refused }, { reason: refused }]);
    expect(read).toEqual(['{ a }', '{ b }', '{ c }']);
  });

  it('are read one in a turn', async () => {
    const { ask, read, turn } = front();
    for (const name of ['a', 'b']) ask('una', `{ ${name} }`);
    await turn();
    expect(read).toEqual(['{ a }']);
    await turn();
    expect(read).toEqual(['{ a }', '{ b }']);
  });

  it('are each counted for whoever sends it', async () => {
    const { ask, turn } = front();
    for (const name of ['a', 'b', 'c']) ask('una', `{ ${name} }`);
    const other = ask('ben', '{ d }');
    for (let each = 0; each < 4; each += 1) await turn();
    expect(await other).toBe('read');
  });

  it('are counted once where they are sent several times at once', async () => {
    const { ask, turn } = front();
    const answers = ['{ a }', '{ a }', '{ a }', '{ a }', '{ b }', '{ c }'].map((text) => ask('una', text));
    for (const _each of answers) await turn();
    expect(await Promise.all(answers)).toHaveLength(6);
    const one = expect(ask('una', '{ d }')).rejects.toMatchObject(refused);
    await turn();
    await one;
  });

  it('are new no more where they are known: those are read at once, and not counted', async () => {
    const { ask, known } = front();
    known.add('{ known }', parse('{ known }'));
    for (const name of ['a', 'b', 'c']) ask('una', `{ ${name} }`);
    expect(await ask('una', '{ known }')).toBe('read');
  });
});
