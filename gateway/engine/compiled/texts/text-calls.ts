/** A call whose answer is read as text: what it is told of entities comes from the texts before it. */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { AskedObject } from '../../asked-answer.ts';
import type { CompileCall } from '../compile-call.ts';
import { entitiesOf, operationIn } from '../entity-selections.ts';
import type { Run } from '../run.ts';
import type { FetchStep } from '../steps.ts';
import { type OtherCalls, objectParts, type PlacedCall, type TextPath } from './compile-object.ts';
import { NotInTexts } from './not-in-texts.ts';
import { inSequence, literal, type Piece, type Reading, type Scan } from './reading.ts';
import { toldEntity } from './told-entities.ts';

/** What is known of an answer while its texts come. */
export interface Texts {
  run: Run;
  /** By place: the keys of the entities that stand there, in the order of the text. */
  keys: readonly string[][];
  /** By place, and for each of its keys: which entity of the call it is. */
  numbers: number[][];
  /** By call, and for each of its entities. */
  pieces: Piece[][][];
}

/** False where it is given up. */
export type TextStep = (texts: Texts) => Promise<boolean>;

/** Of the plan's calls, counted from the first. */
interface Numbered {
  step: FetchStep;
  number: number;
}

export interface RootCall {
  number: number;
  keys: ReadonlySet<string>;
  /** `asked`: its fields. Throws NotInTexts. */
  compile(asked: AskedObject, others: OtherCalls): TextStep;
}

export function rootCall({ step, number }: Numbered, compileCall: CompileCall): RootCall {
  if (step.paths.some((path) => path.length > 0)) throw new NotInTexts('a root that is asked for below the root');
  const { document, ask } = compileAsk({ step, number }, compileCall);
  const { selectionSet } = operationIn(document);
  return {
    number,
    keys: keysIn(selectionSet),
    compile(asked, others) {
      const object = objectParts(asked, selectionSet, [], others, true);
      const scan = inSequence([literal('{"data":'), ...object, literal('}')]);
      return (texts) =>
        ask(texts, null, (reading) => (scan(reading, 0) === reading.text.length ? [reading.pieces] : null));
    },
  };
}

export interface EntityCall extends PlacedCall {
  number: number;
  paths: readonly TextPath[];
  /** To be called once all places are known. Throws NotInTexts where one of its paths leads to none. */
  compile(): TextStep;
}

/** `newPlace`: gives back the number of a place where the call's entities stand. */
export function entityCall(
  { step, number }: Numbered,
  { compileCall, others, newPlace }: { compileCall: CompileCall; others: OtherCalls; newPlace(call: number): number },
): EntityCall {
  const told = toldEntity(step.fetch.requires ?? []);
  const { document, ask } = compileAsk({ step, number }, compileCall);
  const set = entitiesOf(operationIn(document))?.selectionSet;
  if (!set) throw new NotInTexts('a call for no entities');
  const paths = step.paths.map((path) => path.filter((key) => key !== '@'));
  const places = new Map<string, number>();
  let entity: { scan: Scan; signature: string } | null = null;
  return {
    number,
    paths,
    told,
    keys: keysIn(set),
    placeAt(path, asked) {
      if (asked.type !== told.type) throw new NotInTexts('entities behind an interface');
      const signature = JSON.stringify(asked);
      if (entity && entity.signature !== signature) throw new NotInTexts('entities of several places that differ');
      // a gap in it has one place: the call that is to fill it for a second one finds that it has none (`compile`)
      entity ??= { scan: inSequence(objectParts(asked, set, path, others, true)), signature };
      const place = newPlace(number);
      places.set(path.join(), place);
      return place;
    },
    compile() {
      const ordered = paths.map((path) => {
        const place = places.get(path.join());
        if (place === undefined) throw new NotInTexts('a call for what is read of no text');
        return place;
      });
      const scan = entity?.scan ?? (() => -1);
      return async (texts) => {
        const representations = representationsOf(texts, ordered, told.representationOf);
        if (representations.length === 0) return true;
        return ask(texts, representations, (reading) => readEntities(reading, representations.length, scan));
      };
    },
  };
}

/** Each entity once, in the order in which they stand; notes at each of their places which one it is. */
function representationsOf(
  { keys, numbers }: Texts,
  places: readonly number[],
  representationOf: (key: string) => string,
): string[] {
  const representations: string[] = [];
  const known = new Map<string, number>();
  const numberOf = (key: string): number => {
    const number = known.get(key);
    if (number !== undefined) return number;
    known.set(key, representations.length);
    return representations.push(representationOf(key)) - 1;
  };
  for (const place of places) numbers[place] = (keys[place] ?? []).map(numberOf);
  return representations;
}

const START = '{"data":{"_entities":[';
const END = ']}}';
const COMMA = 0x2c;

/** Null where they are not so many, or not as they should be. */
function readEntities(reading: Reading, count: number, scan: Scan): Piece[][] | null {
  const { text } = reading;
  if (!text.startsWith(START)) return null;
  const entities: Piece[][] = [];
  let end = START.length - 1;
  while (entities.length < count) {
    if (entities.length > 0 && text.charCodeAt(end) !== COMMA) return null;
    end = scan(reading, end + 1);
    if (end < 0) return null;
    entities.push(reading.pieces);
    reading.pieces = [];
  }
  return text.startsWith(END, end) && text.length === end + END.length ? entities : null;
}

/** Of a text. What of a longer one is held against a pattern may be more than the pattern's stack holds. */
const MOST_CHARACTERS = 1_000_000;

/** `read`: the pieces of each entity; null where the text is given up. */
function compileAsk({ step: { fetch }, number }: Numbered, compileCall: CompileCall) {
  const { document, send } = compileCall(fetch, fetch.operation);
  const ask = async (
    texts: Texts,
    representations: readonly string[] | null,
    read: (reading: Reading) => Piece[][] | null,
  ): Promise<boolean> => {
    const found: { pieces: Piece[][] | null } = { pieces: null };
    const passes = (text: string): boolean => {
      if (text.length > MOST_CHARACTERS) return false;
      found.pieces = read({ text, pieces: [], from: 0, leaf: 0, leaves: [], keys: texts.keys });
      return found.pieces !== null;
    };
    await send(texts.run, representations, passes);
    if (!found.pieces) return false;
    texts.pieces[number] = found.pieces;
    return true;
  };
  return { document, ask };
}

/** Through fragments. */
function keysIn({ selections }: SelectionSetNode): Set<string> {
  const keys = new Set<string>();
  const add = (field: FieldNode) => keys.add((field.alias ?? field.name).value);
  const walk = (inner: SelectionSetNode['selections']): void => {
    for (const each of inner) {
      if (each.kind === Kind.FIELD) add(each);
      else if (each.kind === Kind.INLINE_FRAGMENT) walk(each.selectionSet.selections);
    }
  };
  walk(selections);
  return keys;
}
