/**
 * Whether the text of a subgraph's answer is, to the letter, what its client would be sent: the fields of the operation in
 * their order, values of their types, no null where none may be, nothing beside. Such a text is passed on as it came; of any
 * other it is said to be none, and it is read. Compiled once for an operation.
 */
import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type SelectionSetNode,
} from 'graphql';

/** A field that an object answers. */
export interface ExactField {
  /** As the client has it. */
  key: string;
  /** Null for the name of the object's type. */
  type: GraphQLOutputType | null;
  /** What is selected of its value. */
  below: readonly SelectionSetNode[];
}

/** Null where no text of a subgraph's can have them all. */
type ExactFields = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]) => readonly ExactField[] | null;

/** Where the value that begins at `at` ends; -1 where it is not as it should be. */
type Scan = (text: string, at: number) => number;

/** Null where no text can be: an operation with abstract places, aliases, or fields that its caller may not read. */
export function compileExactText(
  root: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  fieldsOf: ExactFields,
  inaccessible: ReadonlySet<string>,
): ((text: string) => boolean) | null {
  const scan = objectOf(root, sets);
  return (
    scan &&
    ((text) => {
      if (!text.startsWith(START)) return false;
      const end = scan(text, START.length);
      return end > 0 && text.charCodeAt(end) === BRACE && end === text.length - 1;
    })
  );

  function objectOf(type: GraphQLObjectType, inner: readonly SelectionSetNode[]): Scan | null {
    const fields = fieldsOf(type, inner);
    const scans: { start: string; scan: Scan }[] = [];
    for (const { key, type: own, below: nested } of fields ?? []) {
      const scanValue = own === null ? literal(JSON.stringify(type.name)) : anyOf(own, nested);
      if (!scanValue) return null;
      scans.push({ start: `${scans.length === 0 ? '{' : ','}${JSON.stringify(key)}:`, scan: scanValue });
    }
    if (!fields || scans.length === 0) return null;
    return (text, at) => {
      let end = at;
      for (const { start, scan: scanValue } of scans) {
        if (!text.startsWith(start, end)) return -1;
        end = scanValue(text, end + start.length);
        if (end < 0) return -1;
      }
      return text.charCodeAt(end) === BRACE ? end + 1 : -1;
    };
  }

  function anyOf(type: GraphQLOutputType, inner: readonly SelectionSetNode[]): Scan | null {
    if (isNonNullType(type)) return someOf(type.ofType, inner);
    const some = someOf(type, inner);
    return some && ((text, at) => (text.startsWith('null', at) ? at + 4 : some(text, at)));
  }

  function someOf(type: GraphQLOutputType, inner: readonly SelectionSetNode[]): Scan | null {
    if (isObjectType(type)) return objectOf(type, inner);
    if (isLeafType(type)) return leafOf(type, inaccessible);
    const item = isListType(type) ? anyOf(type.ofType, inner) : null;
    return item && listOf(item);
  }
}

const START = '{"data":';
const [QUOTE, BACKSLASH, COMMA, BRACE, BRACKET] = [0x22, 0x5c, 0x2c, 0x7d, 0x5d];

const literal =
  (written: string): Scan =>
  (text, at) =>
    text.startsWith(written, at) ? at + written.length : -1;

const listOf =
  (item: Scan): Scan =>
  (text, at) => {
    if (text[at] !== '[') return -1;
    if (text.charCodeAt(at + 1) === BRACKET) return at + 2;
    let end = at;
    do {
      end = item(text, end + 1);
      if (end < 0) return -1;
    } while (text.charCodeAt(end) === COMMA);
    return text.charCodeAt(end) === BRACKET ? end + 1 : -1;
  };

function leafOf(type: GraphQLLeafType, inaccessible: ReadonlySet<string>): Scan {
  if (isEnumType(type)) {
    const names = type.getValues().flatMap(({ name }) => (inaccessible.has(`${type.name}.${name}`) ? [] : [name]));
    const written = new Set(names.map((name) => JSON.stringify(name)));
    return (text, at) => {
      const end = scanString(text, at);
      return end > 0 && written.has(text.slice(at, end)) ? end : -1;
    };
  }
  // a scalar of the schema's own may be written in any way; as a string it is passed on
  return (isSpecifiedScalarType(type) && BUILT_IN[type.name]) || scanString;
}

const BUILT_IN: Readonly<Record<string, Scan>> = {
  Int: (text, at) => scanNumber(INT, text, at),
  Float: (text, at) => scanNumber(FLOAT, text, at),
  Boolean: (text, at) => (text.startsWith('true', at) ? at + 4 : text.startsWith('false', at) ? at + 5 : -1),
};

/** Of nine digits, which are never too many; and not the zero that is below zero. */
const INT = /-?[1-9]\d{0,8}|0/y;
const FLOAT = /(?:-?[1-9]\d{0,14}|0)(?:\.\d{1,15})?/y;

function scanNumber(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** Of characters that need no escape: what has one is read. */
function scanString(text: string, at: number): number {
  if (text.charCodeAt(at) !== QUOTE) return -1;
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === QUOTE) return end + 1;
    // control characters, escapes, and halves of pairs, which JSON.stringify escapes
    if (code < 0x20 || code === BACKSLASH || (code >= 0xd800 && code <= 0xdfff)) return -1;
  }
  return -1;
}
