import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Of } from './operation-id.ts';
import { createRegisteredTexts } from './registered-texts.ts';

const MOST = { callers: 3, texts: 2, characters: 20, allCharacters: 40 };

describe('registered texts', () => {
  it('are found by their caller, and by nobody else', () => {
    const texts = createRegisteredTexts();
    texts.keep('ann', sha256Of('{ a }'), '{ a }');
    expect([texts.get('ann', sha256Of('{ a }')), texts.get('bob', sha256Of('{ a }'))]).toEqual(['{ a }', null]);
  });

  it('are refused under another hash than their own, and leave what is there', () => {
    const texts = createRegisteredTexts();
    texts.keep('ann', sha256Of('{ a }'), '{ a }');
    expect(() => texts.keep('ann', sha256Of('{ a }'), '{ b }')).toThrow('SHA-256');
    expect(() => texts.keep('ann', 'names', '{ b }')).toThrow('SHA-256');
    expect(texts.get('ann', sha256Of('{ a }'))).toBe('{ a }');
  });

  it('of one caller make room for newer ones of the same caller, the one that was used last staying', () => {
    const texts = createRegisteredTexts(MOST);
    for (const text of ['{ a }', '{ b }']) texts.keep('ann', sha256Of(text), text);
    texts.get('ann', sha256Of('{ a }'));
    texts.keep('ann', sha256Of('{ c }'), '{ c }');
    expect(['{ a }', '{ b }', '{ c }'].map((text) => texts.get('ann', sha256Of(text)))).toEqual([
      '{ a }',
      null,
      '{ c }',
    ]);
  });

  it('never are more than there is room for, and never another’s, whatever is kept and asked for', () => {
    const step = fc.tuple(
      fc.constantFrom('ann', 'bob', 'cat', 'dan', 'eve'),
      fc.string({ minLength: 1, maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const texts = createRegisteredTexts(MOST);
        for (const [caller, text] of steps) texts.keep(caller, sha256Of(text), text);
        const found = steps.filter(([caller, text]) => texts.get(caller, sha256Of(text)) !== null);
        const distinct = [...new Map(found.map((each) => [each.join('\n'), each])).values()];
        expect(distinct.reduce((sum, [, text]) => sum + text.length, 0)).toBeLessThanOrEqual(MOST.allCharacters);
        expect(new Set(distinct.map(([caller]) => caller)).size).toBeLessThanOrEqual(MOST.callers);
        for (const [caller] of steps) {
          const own = distinct.filter(([whose]) => whose === caller);
          expect(own.length).toBeLessThanOrEqual(MOST.texts);
        }
        for (const [caller, text] of steps)
          for (const other of ['ann', 'bob', 'cat', 'dan', 'eve'])
            if (!steps.some(([whose, its]) => whose === other && its === text) && other !== caller)
              expect(texts.get(other, sha256Of(text))).toBeNull();
      }),
    );
  });
});
