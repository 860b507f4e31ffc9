/** Nothing is shared between callers: not by a plan, a cache, a loader or a connection of the pool. */
import { describe, expect, it, vi } from 'vitest';
import { startGraph } from '../kit/graph.ts';
import { GUESTS } from './operations.ts';

/** A busy machine is no fault: everything comes by three lanes here, and much of it at once. */
vi.setConfig({ testTimeout: 120_000 });

const EMAILS = [
  'data-lead@alder.example',
  'teacher@alder.example',
  'data-lead@birchwood.example',
  'teacher@birchwood.example',
  'data-lead@cedar.example',
  'teacher@cedar.example',
  'support@schoolgraph.example',
];
const graph = await startGraph({ poolSize: 2 });
/** A picture's link is made for the moment; everything else of an answer is the same each time. */
const steady = (text: string): string => text.replace(/\/pictures\/[\w.-]+/g, '/pictures/…');

describe('many callers at once', () => {
  it('each get what they get alone', async () => {
    const alone = new Map<string, string>();
    for (const email of EMAILS) alone.set(email, steady((await graph.as(email).query(GUESTS, { first: 5 })).text));
    expect(new Set(alone.values()).size).toBe(EMAILS.length);
    const rounds = Array.from({ length: 4 }, (_, round) =>
      EMAILS.map((_, index) => EMAILS[(index * 3 + round) % EMAILS.length] ?? ''),
    );
    await Promise.all(
      rounds.flat().map(async (email) => {
        expect(steady((await graph.as(email).query(GUESTS, { first: 5 })).text)).toBe(alone.get(email));
      }),
    );
  });

  it.each([EMAILS, [...EMAILS].reverse()])(
    'one after the other, in either order, by the same text',
    async (...order) => {
      const fresh = await startGraph();
      const seen = new Map<string, string>();
      for (const email of order) seen.set(email, steady((await fresh.as(email).query(GUESTS, { first: 3 })).text));
      for (const email of order)
        expect(steady((await fresh.as(email).query(GUESTS, { first: 3 })).text)).toBe(seen.get(email));
      expect(seen.get('teacher@birchwood.example')).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
      expect(seen.get('data-lead@birchwood.example')).not.toContain('UNAUTHORIZED_FIELD_OR_TYPE');
    },
  );
});
