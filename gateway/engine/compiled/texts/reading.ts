/** Reads the text of an answer from its beginning to its end, and keeps of it what is written on, in pieces. */

/** Where the fields of another call stand: those of the entity that is asked for by the key of this number. */
export interface Gap {
  place: number;
  index: number;
}

export type Piece = string | Gap;

/** One answer while it is read. */
export interface Reading {
  text: string;
  pieces: Piece[];
  /** What stands before it is in the pieces, or left out. */
  from: number;
  /** Where the leaf begins that is read. */
  leaf: number;
  /** Leaves by which entities are told, of the objects that are read. */
  leaves: string[];
  /** By place the keys of entities, as often as they stand there. */
  keys: readonly string[][];
}

/** Where what begins at `at` ends; -1 where it is not as it should be. */
export type Scan = (reading: Reading, at: number) => number;

/** Done when the text was read up to `at`. */
type Act = (reading: Reading, at: number) => void;

export type Part =
  /** A regular expression; `length` where all that it takes is as long. */
  | { kind: 'pattern'; pattern: string; length: number | null }
  | { kind: 'act'; act: Act }
  | { kind: 'scan'; scan: Scan };

export const pattern = (source: string): Part => ({ kind: 'pattern', pattern: source, length: null });
export const literal = (text: string): Part => ({
  kind: 'pattern',
  pattern: text.replace(/[{}[\]]/g, '\\$&'),
  length: text.length,
});
export const act = (done: Act): Part => ({ kind: 'act', act: done });

/** What was read since is kept. */
export const keep = act((reading, at) => {
  if (at > reading.from) reading.pieces.push(reading.text.slice(reading.from, at));
  reading.from = at;
});
/** What was read since is left out. */
export const leaveOut = act((reading, at) => {
  reading.from = at;
});
export const say = (text: string): Part => act(({ pieces }) => pieces.push(text));

/** One after the other. Patterns that follow each other are one: that is several times as fast as one for each field. */
export function inSequence(parts: readonly Part[]): Scan {
  const scans: Scan[] = [];
  let source = '';
  let acts: { act: Act; back: number }[] = [];
  const end = (): void => {
    if (source !== '' || acts.length > 0) scans.push(matching(source, acts));
    [source, acts] = ['', []];
  };
  for (const part of parts) {
    if (part.kind === 'act') acts.push({ act: part.act, back: 0 });
    else if (part.kind === 'scan') {
      end();
      scans.push(part.scan);
    } else {
      // an act may wait for as long as it is known how far back its place is
      if (part.length === null && acts.length > 0) end();
      source += part.pattern;
      for (const each of acts) each.back += part.length ?? 0;
    }
  }
  end();
  const [only] = scans;
  if (only && scans.length === 1) return only;
  return (reading, at) => {
    let end = at;
    for (const scan of scans) {
      end = scan(reading, end);
      if (end < 0) return -1;
    }
    return end;
  };
}

function matching(source: string, acts: readonly { act: Act; back: number }[]): Scan {
  if (source === '')
    return (reading, at) => {
      for (const each of acts) each.act(reading, at);
      return at;
    };
  const expression = new RegExp(source, 'y');
  return (reading, at) => {
    expression.lastIndex = at;
    if (!expression.test(reading.text)) return -1;
    const end = expression.lastIndex;
    for (const each of acts) each.act(reading, end - each.back);
    return end;
  };
}

const [COMMA, BRACKET, SMALL_N] = [0x2c, 0x5d, 0x6e];

export const orNull =
  (scan: Scan): Scan =>
  (reading, at) =>
    reading.text.charCodeAt(at) === SMALL_N && reading.text.startsWith('null', at) ? at + 4 : scan(reading, at);

export const listOf =
  (item: Scan): Scan =>
  (reading, at) => {
    const { text } = reading;
    if (text[at] !== '[') return -1;
    if (text.charCodeAt(at + 1) === BRACKET) return at + 2;
    let end = at;
    do {
      end = item(reading, end + 1);
      if (end < 0) return -1;
    } while (text.charCodeAt(end) === COMMA);
    return text.charCodeAt(end) === BRACKET ? end + 1 : -1;
  };
