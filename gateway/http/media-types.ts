/** Which of the two media types of a GraphQL answer a client takes (RFC 9110, 12.5.1). */

export const JSON_TYPE = 'application/json';
const GRAPHQL_TYPE = 'application/graphql-response+json';

/** In the order in which they are preferred where a client does not care. */
const SERVED = [JSON_TYPE, GRAPHQL_TYPE] as const;

export type AnswerType = (typeof SERVED)[number];

interface Range {
  type: string;
  quality: number;
}

/** Null where it takes neither. */
export function answerTypeFor(accept: string | undefined): AnswerType | null {
  if (!accept || accept === '*/*' || accept === JSON_TYPE) return JSON_TYPE;
  const ranges = accept.split(',').map(readRange);
  const [best] = SERVED.map((type) => ({ type, ...preference(ranges, type) }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || one.place - other.place);
  return best?.type ?? null;
}

function readRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((each) => each.trim().toLowerCase());
  const q = parameters.find((each) => each.startsWith('q='));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { type, quality: quality >= 0 && quality <= 1 ? quality : 0 };
}

/** The most specific range that fits decides; `place` is where that stands. */
function preference(ranges: readonly Range[], type: AnswerType): { quality: number; place: number } {
  for (const range of [type, 'application/*', '*/*']) {
    const place = ranges.findIndex((each) => each.type === range);
    const found = ranges[place];
    if (found) return { quality: found.quality, place };
  }
  return { quality: 0, place: ranges.length };
}
