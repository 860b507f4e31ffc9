/**
 * Leaves as they stand in the text of an answer, as regular expressions but for floats. Each takes what `JSON.stringify`
 * writes, and nothing that it would write otherwise. There is one way only to take a text, so that none takes long to be
 * refused.
 */
import type { AskedLeaf } from '../../asked-answer.ts';
import type { Scan } from './reading.ts';

const PLAIN = String.raw`[^"\\\u0000-\u001f\ud800-\udfff]*`;
const ESCAPED_OR_PAIR = String.raw`(?:\\["\\bfnrt]|[\ud800-\udbff][\udc00-\udfff])`;
const STRING = `"${PLAIN}(?:${ESCAPED_OR_PAIR}${PLAIN})*"`;

/** Of nine digits, which are never too many; and not the zero that is below zero. */
const INT = String.raw`(?:-?[1-9]\d{0,8}|0)`;
const BOOLEAN = '(?:true|false)';

export function leafPattern(leaf: Exclude<AskedLeaf, 'float'>): string {
  if (typeof leaf === 'string') return { string: STRING, int: INT, boolean: BOOLEAN }[leaf];
  // of an enum that clients see nothing of, none
  return leaf.length > 0 ? `"(?:${leaf.join('|')})"` : '(?!)';
}

/** What is told of an entity, and no client has asked for. */
export const ANY_SCALAR = `(?:${STRING}|${INT}|${BOOLEAN}|null)`;

const NUMBER = /-?\d[\d.]*(?:e[+-]\d+)?/y;

/** How many digits a float is written with follows from its value. */
export const scanFloat: Scan = ({ text }, at) => {
  NUMBER.lastIndex = at;
  const [written] = NUMBER.exec(text) ?? [];
  return written !== undefined && String(Number(written)) === written ? at + written.length : -1;
};
