import { describe, expect, it } from 'vitest';
import { inCapitals } from './canonical-text.ts';

describe('text in capitals', () => {
  it('loses its outer space, a non-breaking one too, and keeps its inner space', () => {
    expect(inCapitals(' \u00a0sw1a 1aa\n')).toBe('SW1A 1AA');
  });

  it('turns no foreign letter into one of A to Z', () => {
    expect(inCapitals('\u017f\u0131\u00df')).toBe('\u017f\u0131\u00df');
  });
});
