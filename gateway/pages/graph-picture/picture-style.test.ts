import { describe, expect, it } from 'vitest';
import { COLOURS, codeOf, marksOf, PAPER, PICTURE_STYLE } from './picture-style.ts';

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((each) => each + each).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = (digits.match(/../g) ?? []).map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the colours of the picture', () => {
  it.each(COLOURS)('$light on white and $dark on black are read', ({ light, dark }) => {
    expect(contrast(light, PAPER.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, PAPER.dark)).toBeGreaterThanOrEqual(4.5);
  });

  it('stand in its style', () => {
    const named = COLOURS.flatMap(({ light, dark }) => [light, dark]);
    expect(named.filter((colour) => !PICTURE_STYLE.includes(colour))).toEqual([]);
  });
});

describe('subgraphs', () => {
  const many = Array.from({ length: 60 }, (_, at) => `s${at}`);

  it('are told apart by letters of their own, however many there are', () => {
    expect(new Set(many.map((name) => codeOf(name, many))).size).toBe(60);
    expect(many.slice(24, 28).map((name) => codeOf(name, many))).toEqual(['Y', 'Z', 'A2', 'B2']);
  });

  it('are told from their neighbours by colour and by dash', () => {
    expect(marksOf('s0', many)).not.toBe(marksOf('s1', many));
    expect(marksOf('s0', many).split(' ')[1]).not.toBe(marksOf('s1', many).split(' ')[1]);
  });
});
